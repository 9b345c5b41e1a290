using System.Globalization;
using System.Text;
using Rer.Versions;

namespace Rer.Policies;

/// <summary>The character classes that Python's patterns have escapes for, with Python's meaning of each.</summary>
internal enum CharacterClass
{
    /// <summary><c>\d</c></summary>
    Digit,

    /// <summary><c>\D</c></summary>
    NotDigit,

    /// <summary><c>\s</c></summary>
    Space,

    /// <summary><c>\S</c></summary>
    NotSpace,

    /// <summary><c>\w</c></summary>
    Word,

    /// <summary><c>\W</c></summary>
    NotWord,
}

/// <summary>The code points that one position of a pattern accepts.</summary>
internal sealed class CharacterSet
{
    // GetNumericValue returns this if a character has no numeric value. Tibetan half zero is -0.5, so "negative" is not
    // enough.
    private const double NoNumber = -1;

    private readonly List<(int First, int Last)> _ranges = [];
    private readonly List<CharacterClass> _classes = [];

    /// <summary>Creates an empty set; if negated, the set of everything.</summary>
    public CharacterSet(bool negated = false) => Negated = negated;

    /// <summary>Creates a set of one code point.</summary>
    public CharacterSet(int codePoint)
        : this() => Add(codePoint, codePoint);

    /// <summary>Creates a set of one class.</summary>
    public CharacterSet(CharacterClass characterClass)
        : this() => Add(characterClass);

    /// <summary>Whether the set contains exactly what was not added.</summary>
    public bool Negated { get; }

    /// <summary>Whether nothing was added.</summary>
    public bool IsBlank => _ranges.Count == 0 && _classes.Count == 0;

    /// <summary>
    /// Whether a code point belongs to Python's <c>\w</c>: alphanumeric characters and the underscore.
    /// </summary>
    public static bool IsWord(int codePoint) =>
        codePoint == '_'
        || (
            Rune.TryCreate(codePoint, out Rune rune)
            && (Rune.IsLetter(rune) || CharUnicodeInfo.GetNumericValue(rune.ToString(), 0) != NoNumber)
        );

    /// <summary>Adds a range of code points, both ends included.</summary>
    public void Add(int first, int last) => _ranges.Add((first, last));

    /// <summary>Adds a class.</summary>
    public void Add(CharacterClass characterClass) => _classes.Add(characterClass);

    /// <summary>Whether the set contains a code point.</summary>
    public bool Contains(int codePoint) => HasAdded(codePoint) != Negated;

    private bool HasAdded(int codePoint)
    {
        foreach ((int first, int last) in _ranges)
        {
            if (codePoint >= first && codePoint <= last)
            {
                return true;
            }
        }

        foreach (CharacterClass characterClass in _classes)
        {
            if (IsOf(characterClass, codePoint))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOf(CharacterClass characterClass, int codePoint) =>
        characterClass switch
        {
            CharacterClass.Digit => IsDigit(codePoint),
            CharacterClass.NotDigit => !IsDigit(codePoint),
            CharacterClass.Space => PythonText.IsSpace(codePoint),
            CharacterClass.NotSpace => !PythonText.IsSpace(codePoint),
            CharacterClass.Word => IsWord(codePoint),
            _ => !IsWord(codePoint),
        };

    private static bool IsDigit(int codePoint) =>
        Rune.TryCreate(codePoint, out Rune rune) && Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber;
}
