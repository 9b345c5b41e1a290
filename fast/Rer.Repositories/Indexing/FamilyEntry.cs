using System.Collections;
using Rer.Compiling;
using Rer.Repositories.Definitions;
using Rer.Repositories.Disk;
using Rer.Repositories.Layout;

namespace Rer.Repositories.Indexing;

/// <summary>A family in an index: its listing, its definitions, and its compiled form.</summary>
/// <remarks>
/// The layout: a table of strings; the file state for which the family is valid; the offsets of its versions; the versions,
/// each with the file state for which its definition is valid and the number of the definition's contents; the contents;
/// the compiled family (see <see cref="FamilyFormat"/>). A version is read when it is needed: a solve that has the compiled
/// family needs few. Immutable.
/// </remarks>
internal sealed class FamilyEntry
{
    private readonly FormatBytes _bytes;
    private readonly IdentityUse _use;
    private readonly FormatStrings _strings;
    private readonly FamilyTraits _traits;
    private readonly int _count;
    private readonly int _places;
    private readonly int _versions;
    private readonly int _contents;
    private readonly int _compiled;
    private Dictionary<string, int>? _byVersion;
    private DefinitionContents? _read;

    private FamilyEntry(FormatBytes bytes, IdentityUse use)
    {
        (_bytes, _use) = (bytes, use);
        FormatReader reader = new(bytes, 0);
        _strings = new FormatStrings(bytes, ref reader);
        Name = _strings.Read(ref reader);
        Kind = (FamilyKind)reader.ReadInt();
        _traits = (FamilyTraits)reader.ReadInt();
        Seen = reader.ReadSigned();
        Identity = FamilyEntryFormat.ReadIdentity(ref reader, use);
        _count = reader.ReadCount();
        _places = reader.At;
        reader.SkipPlaces(_count);
        int length = reader.ReadCount();
        _versions = reader.At;
        reader.Skip(length);
        length = reader.ReadCount();
        _contents = reader.At;
        reader.Skip(length);
        _compiled = reader.ReadInt() == 0 ? -1 : reader.At;
        Versions = new ListedVersions(this);
    }

    /// <summary>The family's name.</summary>
    public string Name { get; }

    /// <inheritdoc cref="FamilyContent.Kind" />
    public FamilyKind Kind { get; }

    /// <inheritdoc cref="FamilyContent.IsListed" />
    public bool IsListed => (_traits & FamilyTraits.Listed) != 0;

    /// <inheritdoc cref="FamilyContent.IsSteady" />
    public bool IsSteady => (_traits & FamilyTraits.Steady) != 0;

    /// <inheritdoc cref="FamilyContent.Identity" />
    public FileIdentity Identity { get; }

    /// <inheritdoc cref="FamilyContent.Seen" />
    public long Seen { get; }

    /// <inheritdoc cref="FamilyContent.Versions" />
    public IReadOnlyList<string> Versions { get; }

    /// <summary>The index that it is in.</summary>
    public FormatOrigin Origin => _bytes.Origin;

    /// <summary>Whether the entry contains the compiled family.</summary>
    public bool HasCompiled => _compiled >= 0;

    /// <summary>Whether Python has evaluated any of it.</summary>
    public bool IsEvaluated => (_traits & FamilyTraits.Evaluated) != 0;

    /// <summary>The number of definitions that Python has evaluated.</summary>
    public int EvaluatedDefinitions => Enumerable.Range(0, _count).Count(IsEvaluatedAt);

    /// <summary>The number of known definitions.</summary>
    public int KnownDefinitions => Enumerable.Range(0, _count).Count(IsKnownAt);

    /// <summary>
    /// Creates a family from its bytes, whose checksum was verified; null if they are damaged nevertheless.
    /// </summary>
    public static FamilyEntry? Parse(FormatBytes bytes, IdentityUse use)
    {
        try
        {
            return new FamilyEntry(bytes, use);
        }
        catch (PackageDataException)
        {
            return null;
        }
    }

    /// <summary>The position of a version whose definition is known; -1 if there is none.</summary>
    public int Find(string version)
    {
        int place = (_traits & FamilyTraits.InOrder) != 0 ? Search(version) : FindByName(version);
        return place >= 0 && IsKnownAt(place) ? place : -1;
    }

    /// <summary>Whether the definition at a position is known.</summary>
    public bool IsKnownAt(int place) => (StateAt(place) & DefinitionState.Known) != 0;

    /// <summary>Whether Python has evaluated the definition at a position.</summary>
    public bool IsEvaluatedAt(int place) => (StateAt(place) & DefinitionState.Evaluated) != 0;

    /// <summary>When the package at a position was released; 0 if unknown.</summary>
    /// <exception cref="PackageDataException">The entry is damaged.</exception>
    public long TimestampAt(int place)
    {
        FormatReader reader = ReadVersion(place, out _, out DefinitionState state);
        return (state & DefinitionState.Known) != 0 ? reader.ReadSigned() : 0;
    }

    /// <summary>The file state for which the definition at a position is valid.</summary>
    /// <exception cref="PackageDataException">The entry is damaged.</exception>
    public DefinitionIdentity ReadIdentity(int place)
    {
        FormatReader reader = ReadVersion(place, out _, out DefinitionState state);
        reader.ReadSigned();
        return FamilyEntryFormat.ReadDefinitionIdentity(ref reader, _use, state);
    }

    /// <summary>The definition at a position.</summary>
    /// <param name="place">The position.</param>
    /// <param name="readBuildRequires">Reads its build requirements if they are not known.</param>
    /// <exception cref="PackageDataException">The entry is damaged.</exception>
    public PackageDefinition ReadDefinition(int place, Func<IReadOnlyList<string>> readBuildRequires)
    {
        FormatReader reader = ReadVersion(place, out _, out DefinitionState state);
        long timestamp = reader.ReadSigned();
        FamilyEntryFormat.ReadDefinitionIdentity(ref reader, _use, state);
        _read ??= new DefinitionContents(_bytes, _contents, _strings);
        DefinitionContent content = _read.Read(reader.ReadNumber());
        bool isDeferred = (state & DefinitionState.DefersBuildRequires) != 0;
        return new PackageDefinition(
            content.Requires,
            content.Variants,
            isDeferred ? new DeferredList(readBuildRequires) : content.BuildRequires
        )
        {
            Timestamp = timestamp,
        };
    }

    /// <summary>The compiled family.</summary>
    /// <exception cref="PackageDataException">The entry is damaged.</exception>
    public CompiledFamily ReadCompiled(FamilySlot slot, SlotTable slots, CompilingLimits limits)
    {
        FormatReader reader = new(_bytes, _compiled);
        return FamilyFormat.Read(ref reader, _strings, slot, slots, limits, Versions);
    }

    /// <summary>Everything that is known.</summary>
    /// <exception cref="PackageDataException">The entry is damaged.</exception>
    public FamilyContent ToContent()
    {
        Dictionary<string, IndexedDefinition> definitions = new(StringComparer.Ordinal);
        for (int place = 0; place < _count; place++)
        {
            if (IsKnownAt(place))
            {
                definitions[Versions[place]] = new IndexedDefinition(
                    ReadIdentity(place),
                    ReadDefinition(place, static () => []),
                    IsEvaluatedAt(place)
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

    private int Search(string version)
    {
        int low = 0;
        int high = _count - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            int order = string.CompareOrdinal(Versions[middle], version);
            if (order == 0)
            {
                return middle;
            }
            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }
        return -1;
    }

    private int FindByName(string version)
    {
        // If two threads create it, either may be kept.
        return (_byVersion ??= NumberOf(Versions)).GetValueOrDefault(version, -1);
    }

    private static Dictionary<string, int> NumberOf(IReadOnlyList<string> versions)
    {
        Dictionary<string, int> numbers = new(StringComparer.Ordinal);
        for (int i = 0; i < versions.Count; i++)
        {
            numbers.TryAdd(versions[i], i);
        }
        return numbers;
    }

    private DefinitionState StateAt(int place)
    {
        ReadVersion(place, out _, out DefinitionState state);
        return state;
    }

    /// <summary>Reads the start of a version, up to its timestamp.</summary>
    private FormatReader ReadVersion(int place, out long text, out DefinitionState state)
    {
        FormatReader reader = new(_bytes, _places + (place * sizeof(int)));
        reader = new FormatReader(_bytes, _versions + reader.ReadPlace());
        text = reader.ReadNumber();
        state = (DefinitionState)reader.ReadInt();
        return reader;
    }

    /// <summary>The versions. Each string is created when it is first needed.</summary>
    private sealed class ListedVersions(FamilyEntry entry) : IReadOnlyList<string>
    {
        public int Count => entry._count;

        public string this[int index]
        {
            get
            {
                ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
                entry.ReadVersion(index, out long text, out _);
                return entry._strings[text];
            }
        }

        public IEnumerator<string> GetEnumerator()
        {
            for (int i = 0; i < Count; i++)
            {
                yield return this[i];
            }
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
