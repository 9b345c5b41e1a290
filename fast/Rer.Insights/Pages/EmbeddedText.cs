using System.Reflection;

namespace Rer.Insights.Pages;

/// <summary>Texts that an assembly carries along: templates of pages.</summary>
internal static class EmbeddedText
{
    /// <summary>The text of a resource.</summary>
    /// <param name="resource">Its name.</param>
    /// <param name="assembly">What carries it; null for this library.</param>
    public static string Read(string resource, Assembly? assembly = null)
    {
        using Stream stream =
            (assembly ?? typeof(EmbeddedText).Assembly).GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"the resource {resource} is missing from the build");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
