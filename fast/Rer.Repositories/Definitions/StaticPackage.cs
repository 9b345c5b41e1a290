using System.Text;
using Rer.Repositories.Disk;
using Rer.Repositories.Python;

namespace Rer.Repositories.Definitions;

/// <summary>
/// A <c>package.py</c> that can be read without rez: its four fields are literals, and nothing else in the file can
/// change them. The caller lets rez evaluate every other file.
/// </summary>
/// <remarks>
/// As in the Rust port, other fields and functions need not be understood. The file is assumed to load, because rez
/// itself loads the packages that are chosen. If it loads, rez reads the same four fields.
/// </remarks>
/// <param name="Name">The name in the file.</param>
/// <param name="Version">The version in the file.</param>
/// <param name="Requires">The requirements. A tuple counts as a list.</param>
/// <param name="Variants">The requirements of each variant.</param>
internal sealed record StaticPackage(
    string Name,
    string Version,
    IReadOnlyList<string> Requires,
    IReadOnlyList<IReadOnlyList<string>> Variants
)
{
    // A longer file is a mistake.
    private const int MaxLength = 32 << 20;

    private static readonly UTF8Encoding s_strictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>
    /// Reads the text of a <c>package.py</c>; null if rez has to read it. It does not throw on any text.
    /// </summary>
    public static StaticPackage? TryParse(string text)
    {
        if (text.Length > MaxLength || text.AsSpan().ContainsAny('\0', '\ufeff'))
        {
            return null;
        }
        if (text.Contains('\r', StringComparison.Ordinal))
        {
            text = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        }
        PythonSource source = new("package.py", text);
        try
        {
            List<PythonToken> tokens = [];
            PythonLexer.Tokenize(source, tokens, 0, 1);
            return new StaticShape(text, tokens).IsStatic()
                ? Read(PythonInterpreter.Run(source, assumesLoading: true))
                : null;
        }
        catch (PackageDataException)
        {
            return null;
        }
    }

    /// <summary>Reads a file; null if it cannot be read, is not UTF-8, or rez has to evaluate it.</summary>
    public static StaticPackage? TryRead(string path)
    {
        try
        {
            string full = Path.GetFullPath(path);
            if (Path.GetDirectoryName(full) is not { } directory)
            {
                return null;
            }
            DirectoryRoot root = new(directory, new DiskCalls(TimeSpan.Zero));
            using FileContent content = root.Read(directory, Path.GetFileName(full), MaxLength);
            return content.Status == ReadStatus.Read ? TryParse(s_strictUtf8.GetString(content.Bytes)) : null;
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static StaticPackage? Read(PythonInterpreter module) =>
        TextOf(module.Find("name")?.Value) is { } name
        && TextOf(module.Find("version")?.Value) is { } version
        && TextsOf(module.Find("requires")?.Value) is { } requires
        && ListsOf(module.Find("variants")?.Value) is { } variants
            ? new StaticPackage(name, version, requires, variants)
            : null;

    // Python allows half of a surrogate pair in a text. JSON and UTF-8 do not.
    private static string? TextOf(PythonValue? value) =>
        value is PythonString { Text: var text } && IsUnicode(text) ? text : null;

    private static bool IsUnicode(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && !(i + 1 < text.Length && char.IsSurrogatePair(text[i], text[++i])))
            {
                return false;
            }
        }
        return true;
    }

    private static string[]? TextsOf(PythonValue? value) => All(value, TextOf);

    private static string[][]? ListsOf(PythonValue? value) => All(value, TextsOf);

    private static T[]? All<T>(PythonValue? value, Func<PythonValue?, T?> read)
        where T : class
    {
        if (value is null)
        {
            return [];
        }
        if (value is not PythonSequence { Changed: null, Kind: not PythonSequenceKind.Set } sequence)
        {
            return null;
        }
        T[] items = new T[sequence.Items.Count];
        for (int i = 0; i < items.Length; i++)
        {
            if (read(sequence.Items[i]) is not { } item)
            {
                return null;
            }
            items[i] = item;
        }
        return items;
    }
}
