using Rer.Books;
#if RER_AHEAD_OF_TIME
using Rer.Cli.Reference;
#else
using System.Reflection;
#endif

namespace Rer.Cli.Input;

/// <summary>
/// The reference engine, loaded on demand. In a clone, the command is built without it, because compiling F# takes long
/// and a solve does not need it. An installed or ahead-of-time compiled command always contains it.
/// </summary>
internal static class ReferenceEngine
{
#if RER_AHEAD_OF_TIME
    /// <summary>The engine.</summary>
    public static IResolver CreateResolver() => Entry.CreateResolver();

    /// <summary>Its versions, ranges and requirements.</summary>
    public static IVersionAlgebra CreateAlgebra() => Entry.CreateAlgebra();
#else
    private const string Adapter = "Rer.Cli.Reference";
    private const string Contracts = "Rer.Abstractions.dll";

    private static readonly Lazy<Assembly> s_adapter = new(Load);

    /// <summary>The engine.</summary>
    /// <exception cref="BadInputException">The reference was not built.</exception>
    public static IResolver CreateResolver() => (IResolver)Entry("CreateResolver");

    /// <summary>Its versions, ranges and requirements.</summary>
    /// <exception cref="BadInputException">The reference was not built.</exception>
    public static IVersionAlgebra CreateAlgebra() => (IVersionAlgebra)Entry("CreateAlgebra");

    private static object Entry(string name) =>
        s_adapter.Value.GetType("Rer.Cli.Reference.Entry", throwOnError: true)!.GetMethod(name)!.Invoke(null, null)!;

    private static Assembly Load()
    {
        try
        {
            return Assembly.Load(Adapter); // this program is linked to it
        }
        catch (FileNotFoundException)
        {
            return LoadBeside(AppContext.BaseDirectory);
        }
    }

    private static Assembly LoadBeside(string command)
    {
        string folder = Path.Combine(command, "reference");
        string adapter = Path.Combine(folder, Adapter + ".dll");
        if (!File.Exists(adapter))
        {
            throw NotThere(command, "is not built");
        }
        // An outdated build would fail in the middle of a solve.
        ReadOnlySpan<byte> contracts = File.ReadAllBytes(Path.Combine(command, Contracts));
        if (!contracts.SequenceEqual(File.ReadAllBytes(Path.Combine(folder, Contracts))))
        {
            throw NotThere(command, "was built for another version of this command");
        }
        return Assembly.LoadFrom(adapter);
    }

    private static BadInputException NotThere(string command, string problem)
    {
        string configuration = Directory.GetParent(Path.TrimEndingDirectorySeparator(command))?.Name ?? "Release";
        return new BadInputException(
            $"the reference engine {problem}; build it with 'dotnet build fast/Rer.Cli.Reference -c {configuration}'"
        );
    }
#endif
}
