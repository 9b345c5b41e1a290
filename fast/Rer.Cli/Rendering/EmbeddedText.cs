namespace Rer.Cli.Rendering;

/// <summary>Texts that <c>rer</c> carries along: templates of pages.</summary>
internal static class EmbeddedText
{
    /// <summary>The text of a resource.</summary>
    public static string Read(string resource)
    {
        using Stream stream =
            typeof(EmbeddedText).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"the resource {resource} is missing from the build");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
