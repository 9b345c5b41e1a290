namespace Rer.Compiling;

/// <summary>The strings of an index, each stored once and created on first use.</summary>
/// <remarks>Safe for concurrent callers. Two that create the same string may each get their own.</remarks>
internal sealed class FormatStrings
{
    private readonly FormatBytes _bytes;
    private readonly int[] _places;
    private readonly string?[] _made;

    /// <summary>Reads the positions of the strings, and skips the table.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="reader">Reads these bytes, and is positioned at the table.</param>
    /// <exception cref="PackageDataException">The data is damaged.</exception>
    internal FormatStrings(FormatBytes bytes, ref FormatReader reader)
    {
        _bytes = bytes;
        _places = new int[reader.ReadCount()];
        _made = new string?[_places.Length];
        for (int i = 0; i < _places.Length; i++)
        {
            _places[i] = reader.At;
            reader.ReadBytes();
        }
    }

    /// <summary>The string at a position.</summary>
    /// <exception cref="PackageDataException">There is none.</exception>
    internal string this[long place] =>
        (ulong)place < (ulong)_places.Length
            ? _made[place] ??= new FormatReader(_bytes, _places[place]).ReadText()
            : throw _bytes.Origin.Damaged();

    /// <summary>The string whose position is read here.</summary>
    /// <exception cref="PackageDataException">There is none.</exception>
    internal string Read(ref FormatReader reader) => this[reader.ReadNumber()];

    /// <summary>Writes a table.</summary>
    internal static void Write(FormatWriter writer, List<string> strings)
    {
        writer.WriteNumber(strings.Count);
        strings.ForEach(writer.WriteText);
    }
}
