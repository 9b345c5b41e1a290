using Rer.Repositories.Python;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Rer.Repositories.Definitions;

/// <summary>Builds values from YAML events, with the types that PyYAML's <c>FullLoader</c> gives them.</summary>
internal sealed class YamlReader(string path, IParser parser)
{
    private const string TagPrefix = "tag:yaml.org,2002:";

    /// <summary>Deeper is no package. The scanner's time grows with the square of the depth.</summary>
    private const int MaxDepth = 500;

    private readonly Dictionary<AnchorName, PythonValue> _anchors = [];
    private readonly Dictionary<PythonValue, int> _keyLines = new(ReferenceEqualityComparer.Instance);
    private int _depth;

    /// <summary>The line of a mapping's key, from 1.</summary>
    public int LineOf(PythonValue key) => _keyLines.GetValueOrDefault(key, 1);

    /// <summary>The one document of a file.</summary>
    public PythonValue ReadDocument()
    {
        Next(); // the stream starts
        if (Next() is StreamEnd)
        {
            return PythonNone.Instance;
        }
        PythonValue value = ReadNode(Next());
        Next(); // the document ends
        return Next() is { } more and not StreamEnd ? throw Error(more, "expected a single document") : value;
    }

    private ParsingEvent Next()
    {
        parser.MoveNext();
        return parser.Current!;
    }

    private PythonValue ReadNode(ParsingEvent start)
    {
        if (_depth == MaxDepth)
        {
            throw Error(start, "nested too deeply");
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
                return Anchored(scalar, ScalarOf(scalar));
            case SequenceStart sequence:
                PythonSequence items = new(PythonSequenceKind.List, []) { Changed = Untold(sequence, "seq") };
                Anchored(sequence, items);
                for (ParsingEvent item = Next(); item is not SequenceEnd; item = Next())
                {
                    items.Items.Add(ReadNode(item));
                }
                return items;
            case MappingStart mapping:
                PythonDictionary entries = new([]) { Changed = Untold(mapping, "map") };
                Anchored(mapping, entries);
                ReadEntries(entries.Entries);
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
            bool merge = start is Scalar { Style: ScalarStyle.Plain, Value: "<<", Tag.IsEmpty: true };
            PythonValue key = merge ? PythonNone.Instance : ReadNode(start);
            PythonValue value = ReadNode(Next());
            if (!merge)
            {
                _keyLines[key] = (int)start.Start.Line;
                entries.Add(new(key, value));
                continue;
            }
            // What is merged in comes before the mapping's own keys, of which the last wins.
            foreach (PythonDictionary source in MergedInto(start, value))
            {
                entries.InsertRange(merged, source.Entries);
                merged += source.Entries.Count;
            }
        }
    }

    /// <summary>What <c>&lt;&lt;</c> names, the least important first.</summary>
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
        if (!node.Anchor.IsEmpty)
        {
            _anchors[node.Anchor] = value;
        }
        return value;
    }

    private static PythonUnknown? Untold(NodeEvent node, string type) =>
        node.Tag.IsEmpty || node.Tag.IsNonSpecific || node.Tag.Value == TagPrefix + type
            ? null
            : new PythonUnknown((int)node.Start.Line, $"has the tag '{node.Tag.Value}'");

    private PythonValue ScalarOf(Scalar scalar)
    {
        if (scalar.Tag.IsEmpty)
        {
            if (scalar is { Style: ScalarStyle.Plain, Value: "=" or "<<" })
            {
                throw Error(scalar, $"'{scalar.Value}' means nothing here: quote it if it is a string");
            }
            return scalar.Style == ScalarStyle.Plain
                ? YamlScalars.Resolve(scalar.Value)
                : new PythonString(scalar.Value);
        }
        return scalar.Tag.IsNonSpecific || scalar.Tag.Value == TagPrefix + "str"
            ? new PythonString(scalar.Value)
            : new PythonUnknown((int)scalar.Start.Line, $"has the tag '{scalar.Tag.Value}'");
    }

    private PackageDataException Error(ParsingEvent at, string message) =>
        DefinitionError.At(path, (int)at.Start.Line, message);
}
