using Rer.Compiling;
using Rer.Repositories.Definitions;
using Rer.Repositories.Disk;
using Rer.Repositories.Layout;

namespace Rer.Repositories.Indexing;

/// <summary>A family in an index: its listing, its definitions, and its compiled form.</summary>
/// <remarks>
/// The layout: a table of strings; the file states for which the family is valid; its versions, each with the file
/// state for which its definition is valid and the position of the definition's contents in a table; the compiled
/// family (see <see cref="FamilyFormat"/>). Immutable.
/// </remarks>
internal sealed class FamilyEntry
{
    private readonly ArraySegment<byte> _data;
    private readonly IdentityUse _use;
    private readonly FormatStrings _strings;
    private readonly int[] _definitions;
    private readonly long[] _timestamps;
    private readonly DefinitionState[] _states;
    private readonly Dictionary<string, int>? _byVersion;
    private readonly int[] _contents;
    private readonly Content?[] _read;
    private readonly int _compiled;

    private FamilyEntry(ArraySegment<byte> data, IdentityUse use)
    {
        (_data, _use) = (data, use);
        FormatReader reader = new(data, 0);
        _strings = new FormatStrings(data, ref reader);
        Name = _strings.Read(ref reader);
        Kind = (FamilyKind)reader.ReadInt();
        int flags = reader.ReadInt();
        IsListed = (flags & 1) != 0;
        IsSteady = (flags & 2) != 0;
        Seen = reader.ReadSigned();
        Identity = FamilyEntryFormat.ReadIdentity(ref reader, use);
        string[] versions = new string[reader.ReadCount()];
        _definitions = new int[versions.Length];
        _timestamps = new long[versions.Length];
        _states = new DefinitionState[versions.Length];
        bool inOrder = true;
        for (int i = 0; i < versions.Length; i++)
        {
            versions[i] = _strings.Read(ref reader);
            inOrder &= i == 0 || string.CompareOrdinal(versions[i - 1], versions[i]) < 0;
            _states[i] = (DefinitionState)reader.ReadInt();
            if ((_states[i] & DefinitionState.Known) != 0)
            {
                _timestamps[i] = reader.ReadSigned();
                _definitions[i] = reader.At;
                FamilyEntryFormat.SkipDefinition(ref reader, use, _states[i]);
            }
        }
        Versions = versions;
        _byVersion = inOrder ? null : NumberOf(versions);
        _contents = new int[reader.ReadCount()];
        _read = new Content?[_contents.Length];
        for (int i = 0; i < _contents.Length; i++)
        {
            int length = reader.ReadCount();
            _contents[i] = reader.At;
            reader.Skip(length);
        }
        _compiled = reader.ReadInt() == 0 ? -1 : reader.At;
    }

    /// <summary>The family's name.</summary>
    public string Name { get; }

    /// <inheritdoc cref="FamilyContent.Kind" />
    public FamilyKind Kind { get; }

    /// <inheritdoc cref="FamilyContent.IsListed" />
    public bool IsListed { get; }

    /// <inheritdoc cref="FamilyContent.IsSteady" />
    public bool IsSteady { get; }

    /// <inheritdoc cref="FamilyContent.Identity" />
    public FileIdentity Identity { get; }

    /// <inheritdoc cref="FamilyContent.Seen" />
    public long Seen { get; }

    /// <inheritdoc cref="FamilyContent.Versions" />
    public IReadOnlyList<string> Versions { get; }

    /// <summary>Whether the entry contains the compiled family.</summary>
    public bool HasCompiled => _compiled >= 0;

    /// <summary>Whether Python has evaluated any of it.</summary>
    public bool IsEvaluated => EvaluatedDefinitions > 0;

    /// <summary>The number of definitions that Python has evaluated.</summary>
    public int EvaluatedDefinitions => _states.Count(state => (state & DefinitionState.Evaluated) != 0);

    /// <summary>The number of known definitions.</summary>
    public int KnownDefinitions => _states.Count(state => (state & DefinitionState.Known) != 0);

    /// <summary>
    /// Creates a family from its bytes, whose checksum was verified; null if they are damaged nevertheless.
    /// </summary>
    public static FamilyEntry? Parse(ArraySegment<byte> data, IdentityUse use)
    {
        try
        {
            return new FamilyEntry(data, use);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>The position of a version whose definition is known; -1 if there is none.</summary>
    public int Find(string version)
    {
        int place =
            _byVersion is null ? Array.BinarySearch((string[])Versions, version, StringComparer.Ordinal)
            : _byVersion.TryGetValue(version, out int known) ? known
            : -1;
        return place >= 0 && IsKnownAt(place) ? place : -1;
    }

    /// <summary>Whether the definition at a position is known.</summary>
    public bool IsKnownAt(int place) => (_states[place] & DefinitionState.Known) != 0;

    /// <summary>Whether Python has evaluated the definition at a position.</summary>
    public bool IsEvaluatedAt(int place) => (_states[place] & DefinitionState.Evaluated) != 0;

    /// <summary>The file state for which the definition at a position is valid.</summary>
    /// <exception cref="InvalidDataException">The entry is damaged.</exception>
    public DefinitionIdentity ReadIdentity(int place)
    {
        FormatReader reader = new(_data, _definitions[place]);
        return FamilyEntryFormat.ReadDefinitionIdentity(ref reader, _use, _states[place]);
    }

    /// <summary>The definition at a position.</summary>
    /// <param name="place">The position.</param>
    /// <param name="readBuildRequires">Reads its build requirements if they are not known.</param>
    /// <exception cref="InvalidDataException">The entry is damaged.</exception>
    public PackageDefinition ReadDefinition(int place, Func<IReadOnlyList<string>> readBuildRequires)
    {
        FormatReader reader = new(_data, _definitions[place]);
        FamilyEntryFormat.ReadDefinitionIdentity(ref reader, _use, _states[place]);
        Content content = ReadContent(reader.ReadNumber());
        bool isDeferred = (_states[place] & DefinitionState.DefersBuildRequires) != 0;
        return new PackageDefinition(
            content.Requires,
            content.Variants,
            isDeferred ? new DeferredList(readBuildRequires) : content.BuildRequires
        )
        {
            Timestamp = _timestamps[place],
        };
    }

    /// <summary>The compiled family.</summary>
    /// <exception cref="InvalidDataException">The entry is damaged.</exception>
    public CompiledFamily ReadCompiled(FamilySlot slot, SlotTable slots, CompilingLimits limits)
    {
        FormatReader reader = new(_data, _compiled);
        return FamilyFormat.Read(ref reader, _strings, slot, slots, limits, Versions, _timestamps);
    }

    /// <summary>Everything that is known.</summary>
    /// <exception cref="InvalidDataException">The entry is damaged.</exception>
    public FamilyContent ToContent()
    {
        Dictionary<string, IndexedDefinition> definitions = new(StringComparer.Ordinal);
        for (int place = 0; place < Versions.Count; place++)
        {
            if (IsKnownAt(place))
            {
                definitions.Add(
                    Versions[place],
                    new IndexedDefinition(
                        ReadIdentity(place),
                        ReadDefinition(place, static () => []),
                        IsEvaluatedAt(place)
                    )
                );
            }
        }
        return new FamilyContent(Name)
        {
            Kind = Kind,
            IsListed = IsListed,
            IsSteady = IsSteady,
            Identity = Identity,
            Seen = Seen,
            Versions = Versions,
            Definitions = definitions,
        };
    }

    private static Dictionary<string, int> NumberOf(string[] versions)
    {
        Dictionary<string, int> numbers = new(StringComparer.Ordinal);
        for (int i = 0; i < versions.Length; i++)
        {
            numbers.TryAdd(versions[i], i);
        }
        return numbers;
    }

    private Content ReadContent(long place)
    {
        if ((ulong)place >= (ulong)_contents.Length)
        {
            throw new InvalidDataException();
        }
        if (_read[place] is { } known)
        {
            return known;
        }
        FormatReader reader = new(_data, _contents[place]);
        string[] requires = ReadStrings(ref reader);
        string[][] variants = new string[reader.ReadCount()][];
        for (int i = 0; i < variants.Length; i++)
        {
            variants[i] = ReadStrings(ref reader);
        }
        // If two threads read the same definition, either result may be kept.
        return _read[place] = new Content(requires, variants, ReadStrings(ref reader));
    }

    private string[] ReadStrings(ref FormatReader reader)
    {
        int count = reader.ReadCount();
        string[] strings = count == 0 ? [] : new string[count];
        for (int i = 0; i < count; i++)
        {
            strings[i] = _strings.Read(ref reader);
        }
        return strings;
    }

    /// <summary>The requirements of definitions.</summary>
    private sealed record Content(string[] Requires, string[][] Variants, string[] BuildRequires);
}
