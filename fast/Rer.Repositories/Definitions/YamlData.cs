using Rer.Repositories.Python;
using YamlDotNet.Core;

namespace Rer.Repositories.Definitions;

/// <summary>
/// The data of a <c>package.yaml</c>, read as PyYAML does: YAML 1.1, the last of equal keys wins, <c>&lt;&lt;</c>
/// merges. Corresponds to <c>rez.serialise.load_yaml</c>.
/// </summary>
internal sealed class YamlData : IDefinitionData
{
    private readonly Dictionary<string, DefinitionField> _fields = [];

    private YamlData(string path) => Path = path;

    public string Path { get; }

    /// <exception cref="PackageDataException">The file is not YAML, or not a mapping.</exception>
    public static YamlData Parse(string path, ReadOnlySpan<byte> content)
    {
        YamlData data = new(path);
        string text = YamlText.Decode(path, content);
        YamlText.CheckDirectives(path, text);
        YamlText.CheckCommas(path, text);
        try
        {
            data.Read(new YamlReader(path, text));
        }
        catch (YamlException e)
        {
            throw YamlText.MayBeRead(text, e)
                ? DefinitionError.NeedsPython(path, (int)e.Start.Line, e.Message.TrimEnd('.'))
                : DefinitionError.At(path, (int)e.Start.Line, e.Message);
        }
        catch (Exception e)
            when (e is InvalidOperationException or NullReferenceException or ArgumentException or FormatException)
        {
            // YamlDotNet's scanner crashes on some unclosed brackets and directives before it can report where they
            // are.
            throw DefinitionError.NeedsPython(path, 1, "an unclosed bracket or quote, or half a directive");
        }
        return data;
    }

    public DefinitionField? Find(string name) => _fields.TryGetValue(name, out DefinitionField field) ? field : null;

    private void Read(YamlReader reader)
    {
        switch (reader.ReadDocument())
        {
            case PythonDictionary mapping:
                foreach ((PythonValue key, PythonValue value) in mapping.Entries)
                {
                    if (key is PythonString name)
                    {
                        _fields[name.Text] = new DefinitionField(value, reader.LineOf(key));
                    }
                }
                break;
            case PythonNone:
            case PythonSequence { Items.Count: 0 }:
            case PythonString { Text: "" }:
            case PythonInteger { Value.IsZero: true }:
            case PythonFloat { Value: 0 }:
            case PythonBoolean { Value: false }:
                break; // rez treats anything falsy as an empty file
            case { } other:
                throw DefinitionError.At(Path, 1, $"expected a mapping of fields, found {other.TypeName}");
        }
    }
}
