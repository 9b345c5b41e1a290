using Rer.Books;

namespace Rer.Cli.Input;

/// <summary>An invented studio repository, with requests and rez's answers, embedded in <c>rer</c>.</summary>
internal static class EmbeddedStudio
{
    /// <summary>Its name for users.</summary>
    public const string Name = "studio";

    /// <summary>
    /// The implicit packages of its configuration. The studio's machines run Linux, whatever this machine runs.
    /// </summary>
    public static IReadOnlyList<string> ImplicitPackages { get; } =
    ["~platform==linux", "~arch==x86_64", "~os==CentOS-7"];

    private const string Resource = "studio.json.gz";

    /// <summary>Reads it, which takes about 20 ms.</summary>
    public static Book Read()
    {
        using Stream stream =
            typeof(EmbeddedStudio).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"the resource {Resource} is missing from the build");
        return BookFile.Read(stream, Resource)[0];
    }
}
