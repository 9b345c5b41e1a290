using System.Reflection;

namespace Rer.Insights.Pages;

/// <summary>Reads the texts embedded in an assembly, such as page templates.</summary>
internal static class EmbeddedText
{
    /// <summary>The text of a resource.</summary>
    /// <param name="resource">The name of the resource.</param>
    /// <param name="assembly">The assembly that contains it; null for this library.</param>
    public static string Read(string resource, Assembly? assembly = null)
    {
        using Stream stream =
            (assembly ?? typeof(EmbeddedText).Assembly).GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"the resource {resource} is missing from the build");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
