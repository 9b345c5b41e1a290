using Rer.Compiling;

namespace Rer.Repositories.Indexing;

/// <summary>The requirements of a definition.</summary>
internal sealed record DefinitionContent(string[] Requires, string[][] Variants, string[] BuildRequires);

/// <summary>
/// The requirements of a family's definitions. Equal requirements are stored once, and read when they are first needed.
/// Safe for concurrent callers: if two read the same, either result may be kept.
/// </summary>
internal sealed class DefinitionContents
{
    private readonly FormatBytes _bytes;
    private readonly FormatStrings _strings;
    private readonly int[] _places;
    private readonly DefinitionContent?[] _read;

    /// <summary>Reads their offsets.</summary>
    /// <param name="bytes">The family's bytes.</param>
    /// <param name="at">The offset of their table.</param>
    /// <param name="strings">The family's strings.</param>
    /// <exception cref="PackageDataException">The table is damaged.</exception>
    public DefinitionContents(FormatBytes bytes, int at, FormatStrings strings)
    {
        (_bytes, _strings) = (bytes, strings);
        FormatReader reader = new(bytes, at);
        _places = new int[reader.ReadCount()];
        _read = new DefinitionContent?[_places.Length];
        for (int i = 0; i < _places.Length; i++)
        {
            int length = reader.ReadCount();
            _places[i] = reader.At;
            reader.Skip(length);
        }
    }

    /// <summary>The requirements with a number.</summary>
    /// <exception cref="PackageDataException">They are damaged.</exception>
    public DefinitionContent Read(long number)
    {
        if ((ulong)number >= (ulong)_places.Length)
        {
            throw _bytes.Origin.Damaged();
        }
        return _read[number] ??= ReadAt(_places[number]);
    }

    private DefinitionContent ReadAt(int place)
    {
        FormatReader reader = new(_bytes, place);
        string[] requires = ReadStrings(ref reader);
        string[][] variants = new string[reader.ReadCount()][];
        for (int i = 0; i < variants.Length; i++)
        {
            variants[i] = ReadStrings(ref reader);
        }
        return new DefinitionContent(requires, variants, ReadStrings(ref reader));
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
}
