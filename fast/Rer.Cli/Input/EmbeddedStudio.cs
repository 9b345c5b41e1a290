using Rer.Books;

namespace Rer.Cli.Input;

/// <summary>The invented studio repository, with requests and rez's answers, that <c>rer</c> carries along.</summary>
internal static class EmbeddedStudio
{
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
