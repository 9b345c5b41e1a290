using Rer.Books;

namespace Rer.Cli.Input;

/// <summary>The invented studio repository, with requests and rez's answers, that <c>rer</c> carries along.</summary>
internal static class EmbeddedStudio
{
    /// <summary>The name by which users ask for it.</summary>
    public const string Name = "studio";

    /// <summary>What its configuration adds to every request: its machines run Linux, whatever this one runs.</summary>
    public static IReadOnlyList<string> ImplicitPackages { get; } =
    ["~platform==linux", "~arch==x86_64", "~os==CentOS-7"];

    private const string Resource = "studio.json.gz";

    /// <summary>Reads it: 20 ms or so.</summary>
    public static Book Read()
    {
        using Stream stream =
            typeof(EmbeddedStudio).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"the resource {Resource} is missing from the build");
        return BookFile.Read(stream, Resource)[0];
    }
}
