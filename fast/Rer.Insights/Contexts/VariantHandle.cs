using System.Text.Json;

namespace Rer.Insights.Contexts;

/// <summary>How rez names a variant on disk in order to find it again.</summary>
/// <param name="Package">The variant.</param>
/// <param name="Location">The package path that contains it, with symbolic links resolved.</param>
/// <param name="Extension">The extension of the file that contains its whole family; null if each version has a
/// directory.</param>
/// <remarks>Corresponds to <c>ResourceHandle.to_dict</c> of <c>filesystem.variant</c> and
/// <c>filesystem.variant.combined</c>.</remarks>
internal sealed record VariantHandle(ResolvedPackage Package, string Location, string? Extension)
{
    /// <summary>Creates the handle of a variant.</summary>
    /// <param name="package">The variant.</param>
    /// <param name="place">The directory of its package, or the file that contains its whole family.</param>
    public static VariantHandle Of(ResolvedPackage package, string place)
    {
        string inFamily = Path.GetDirectoryName(place) ?? "";
        bool isCombined =
            Path.GetFileNameWithoutExtension(place) == package.Name
            && Path.GetExtension(place) is ".py" or ".yaml"
            && File.Exists(place);
        string root = isCombined || package.Version.Length == 0 ? inFamily : Path.GetDirectoryName(inFamily) ?? "";
        return new VariantHandle(package, Canonical(root), isCombined ? Path.GetExtension(place)[1..] : null);
    }

    /// <summary>Writes the handle.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("key", Extension is null ? "filesystem.variant" : "filesystem.variant.combined");
        writer.WriteStartObject("variables");
        if (Extension is not null)
        {
            writer.WriteString("ext", Extension);
        }
        if (Package.VariantIndex is { } index)
        {
            writer.WriteNumber("index", index);
        }
        else
        {
            writer.WriteNull("index");
        }
        writer.WriteString("location", Location);
        writer.WriteString("name", Package.Name);
        writer.WriteString("repository_type", "filesystem");
        if (Package.Version.Length > 0)
        {
            writer.WriteString("version", Package.Version);
        }
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>
    /// A path with symbolic links resolved: <c>os.path.realpath</c>, as called by
    /// <c>rez.utils.filesystem.canonical_path</c>. A link that cannot be followed is left unchanged.
    /// </summary>
    private static string Canonical(string path)
    {
        string full = Path.GetFullPath(path);
        if (Path.GetDirectoryName(full) is not { } parent)
        {
            return full;
        }
        string here = Path.Combine(Canonical(parent), Path.GetFileName(full));
        try
        {
            return new DirectoryInfo(here).ResolveLinkTarget(returnFinalTarget: false) is { } target
                ? Canonical(target.FullName)
                : here;
        }
        catch (IOException)
        {
            return here;
        }
    }
}
