using Rer.Repositories.Python;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Rer.Repositories.Definitions;

/// <summary>Builds values from YAML events, with the types that PyYAML's <c>FullLoader</c> gives them.</summary>
/// <param name="path">The file's name in errors.</param>
/// <param name="text">The file.</param>
internal sealed class YamlReader(string path, string text)
{
    private const string TagPrefix = "tag:yaml.org,2002:";

    /// <summary>PyYAML may reject deeper nesting. The scanner's time grows with the square of the depth.</summary>
    private const int MaxDepth = 400;

    /// <summary>The limit on entries in a file after aliases are merged. No package comes near it.</summary>
    private const int MaxEntries = 1 << 20;

    private readonly Parser _parser = new(new StringReader(text));

    // Where quoted texts and blocks of text are; null if the file contains no tab.
    private readonly List<(long Start, long End)>? _texts = text.Contains('\t', StringComparison.Ordinal) ? [] : null;

    private readonly Dictionary<AnchorName, PythonValue> _anchors = [];
    private readonly Dictionary<PythonValue, int> _keyLines = new(ReferenceEqualityComparer.Instance);
    private int _depth;
    private int _flowDepth;
    private long _entries;

    /// <summary>The line of a mapping's key, from 1.</summary>
    public int LineOf(PythonValue key) => _keyLines.GetValueOrDefault(key, 1);

    /// <summary>The one document of a file.</summary>
    public PythonValue ReadDocument()
    {
        Next(); // the start of the stream
        PythonValue value = PythonNone.Instance;
        if (Next() is not StreamEnd)
        {
            value = ReadNode(Next());
            Next(); // the end of the document
            if (Next() is { } more and not StreamEnd)
            {
                throw Error(more, "expected a single document");
            }
        }
        else
        {
            YamlText.CheckEmpty(path, text);
        }
        if (_texts is not null)
        {
            YamlText.CheckTabs(path, text, _texts);
        }
        return value;
    }

    private ParsingEvent Next()
    {
        _parser.MoveNext();
        return _parser.Current!;
    }

    private PythonValue ReadNode(ParsingEvent start)
    {
        if (_depth == MaxDepth)
        {
            throw DefinitionError.NeedsPython(path, (int)start.Start.Line, "nested very deeply");
        }
        _depth++;
        PythonValue value = ReadContent(start);
        _depth--;
        return value;
    }

    private PythonValue ReadContent(ParsingEvent start)
    {
        switch (start)
        {
            case AnchorAlias alias:
                return _anchors.TryGetValue(alias.Value, out PythonValue? known)
                    ? known
                    : throw Error(alias, $"undefined alias '{alias.Value}'");
            case Scalar scalar:
                CheckTag(scalar, "str");
                if (scalar.Style == ScalarStyle.Plain)
                {
                    YamlText.CheckPlain(path, scalar, _flowDepth > 0);
                }
                else
                {
                    YamlText.CheckQuoted(path, text, scalar);
                    _texts?.Add((scalar.Start.Index, scalar.End.Index));
                }
                return Anchored(scalar, ScalarOf(scalar));
            case SequenceStart sequence:
                CheckTag(sequence, "seq");
                int sequenceFlow = sequence.Style == SequenceStyle.Flow ? 1 : 0;
                _flowDepth += sequenceFlow;
                PythonSequence items = new(PythonSequenceKind.List, []);
                Anchored(sequence, items);
                for (ParsingEvent item = Next(); item is not SequenceEnd; item = Next())
                {
                    items.Items.Add(ReadNode(item));
                }
                _flowDepth -= sequenceFlow;
                return items;
            case MappingStart mapping:
                CheckTag(mapping, "map");
                int mappingFlow = mapping.Style == MappingStyle.Flow ? 1 : 0;
                _flowDepth += mappingFlow;
                PythonDictionary entries = new([]);
                Anchored(mapping, entries);
                ReadEntries(entries.Entries);
                _flowDepth -= mappingFlow;
                return entries;
            default:
                throw Error(start, "expected a value");
        }
    }

    private void ReadEntries(List<KeyValuePair<PythonValue, PythonValue>> entries)
    {
        int merged = 0;
        for (ParsingEvent start = Next(); start is not MappingEnd; start = Next())
        {
            if (start is Scalar { Style: ScalarStyle.Plain, Value: "", Tag.IsEmpty: true, Anchor.IsEmpty: true })
            {
                throw DefinitionError.NeedsPython(path, (int)start.Start.Line, "a key is empty");
            }
            bool merge = IsSpecial(start, "<<");
            PythonValue key =
                merge ? PythonNone.Instance
                : IsSpecial(start, "=") ? new PythonString("=")
                : ReadNode(start);
            if (key is PythonContainer)
            {
                throw Error(start, $"a {key.TypeName} cannot be a key");
            }
            PythonValue value = ReadNode(Next());
            if (!merge)
            {
                _keyLines[key] = (int)start.Start.Line;
                entries.Add(new(key, value));
                continue;
            }
            // Merged entries come before the mapping's own keys, of which the last wins.
            foreach (PythonDictionary source in MergedInto(start, value))
            {
                _entries += source.Entries.Count;
                if (_entries > MaxEntries)
                {
                    throw DefinitionError.NeedsPython(
                        path,
                        (int)start.Start.Line,
                        $"the merged mappings have more than {MaxEntries} entries"
                    );
                }
                entries.InsertRange(merged, source.Entries);
                merged += source.Entries.Count;
            }
        }
    }

    /// <summary>The mappings that <c>&lt;&lt;</c> names, the least important first.</summary>
    private IEnumerable<PythonDictionary> MergedInto(ParsingEvent at, PythonValue value) =>
        value switch
        {
            PythonDictionary one => [one],
            PythonSequence many when many.Items.TrueForAll(item => item is PythonDictionary) => many
                .Items.Cast<PythonDictionary>()
                .Reverse(),
            _ => throw Error(at, "expected a mapping or list of mappings for merging"),
        };

    private PythonValue Anchored(NodeEvent node, PythonValue value)
    {
        YamlText.CheckAnchor(path, node, node.Anchor);
        if (!node.Anchor.IsEmpty && !_anchors.TryAdd(node.Anchor, value))
        {
            throw Error(node, $"duplicate anchor '{node.Anchor.Value}'");
        }
        return value;
    }

    /// <summary>Accepts only tags that change nothing.</summary>
    /// <param name="node">The node.</param>
    /// <param name="kind">The default tag of the node's kind.</param>
    private void CheckTag(NodeEvent node, string kind)
    {
        if (node.Tag.IsEmpty || node.Tag.IsNonSpecific || node.Tag.Value == TagPrefix + kind)
        {
            return;
        }
        string tag = node.Tag.Value;
        string name = tag.StartsWith(TagPrefix, StringComparison.Ordinal) ? tag[TagPrefix.Length..] : "";
        // The tag of a merged mapping does not matter.
        bool mayMerge = text.Contains("<<", StringComparison.Ordinal);
        throw mayMerge || Array.IndexOf(s_tags, name) >= 0 || name.StartsWith("python/", StringComparison.Ordinal)
            ? DefinitionError.NeedsPython(path, (int)node.Start.Line, $"a value has the tag '{tag}'")
            : Error(node, $"unknown tag '{tag}'");
    }

    // The tags of PyYAML's FullLoader.
    private static readonly string[] s_tags =
    [
        "null",
        "bool",
        "int",
        "float",
        "binary",
        "timestamp",
        "omap",
        "pairs",
        "set",
        "str",
        "seq",
        "map",
    ];

    /// <summary>
    /// Whether a key is <c>&lt;&lt;</c>, which merges, or <c>=</c>, which is text. Elsewhere PyYAML has no value for these.
    /// </summary>
    private bool IsSpecial(ParsingEvent key, string text)
    {
        if (key is not Scalar { Style: ScalarStyle.Plain } scalar || scalar.Value != text)
        {
            return false;
        }
        if (!scalar.Anchor.IsEmpty)
        {
            // An alias may name it before PyYAML has looked at the mapping.
            throw DefinitionError.NeedsPython(path, (int)key.Start.Line, $"the key '{text}' has an anchor");
        }
        return scalar.Tag.IsEmpty || scalar.Tag.IsNonSpecific;
    }

    private PythonValue ScalarOf(Scalar scalar)
    {
        // In PyYAML, the tag "!" turns any scalar into plain text.
        bool isPlain = scalar.Tag.IsNonSpecific || (scalar.Tag.IsEmpty && scalar.Style == ScalarStyle.Plain);
        if (!isPlain)
        {
            return new PythonString(scalar.Value);
        }
        if (scalar.Value is "=" or "<<")
        {
            throw Error(scalar, $"'{scalar.Value}' has no meaning here; quote it if it is a string");
        }
        return YamlScalars.Resolve(scalar.Value)
            ?? throw Error(scalar, $"'{scalar.Value}' is not a valid date, time or number");
    }

    private PackageDataException Error(ParsingEvent at, string message) =>
        DefinitionError.At(path, (int)at.Start.Line, message);
}
