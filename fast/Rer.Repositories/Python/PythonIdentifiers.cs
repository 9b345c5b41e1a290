using System.Globalization;

namespace Rer.Repositories.Python;

/// <summary>Which characters names may contain, and which names are certainly in normal form.</summary>
internal static class PythonIdentifiers
{
    // Characters that Python accepts in a name although their category says otherwise (Other_ID_Start,
    // Other_ID_Continue). IsNormal leaves all of them to Python.
    private const string Others =
        "\u00b7\u0387\u1369\u136a\u136b\u136c\u136d\u136e\u136f\u1370\u1371\u19da\u1885\u1886\u200c\u200d\u2118\u212e\u30fb\uff65";

    // Letters that NFKC leaves unchanged in every context.
    private static readonly (char First, char Last)[] s_normal =
    [
        ('\u00c0', '\u00d6'),
        ('\u00d8', '\u00f6'),
        ('\u00f8', '\u0131'),
        ('\u0134', '\u013e'),
        ('\u0141', '\u0148'),
        ('\u014a', '\u017e'),
        ('\u0180', '\u01c3'),
        ('\u01cd', '\u01f0'),
        ('\u01f4', '\u02af'),
        ('\u0388', '\u03ce'),
        ('\u0400', '\u0481'),
        ('\u048a', '\u052f'),
        ('\u05d0', '\u05ea'),
        ('\u0620', '\u064a'),
        ('\u3041', '\u3096'),
        ('\u30a1', '\u30fa'),
        ('\u4e00', '\u9fff'),
        ('\uac00', '\ud7a3'),
    ];

    /// <summary>Whether a name may start with the character at a position.</summary>
    public static bool IsStart(string text, int at)
    {
        char c = text[at];
        return char.IsAsciiLetter(c) || c == '_' || (c >= 128 && (IsLetter(text, at) || Others.Contains(c)));
    }

    /// <summary>Whether a name may continue with the character at a position.</summary>
    public static bool IsPart(string text, int at)
    {
        char c = text[at];
        return char.IsAsciiLetterOrDigit(c)
            || c == '_'
            || (
                c >= 128
                && (
                    IsLetter(text, at)
                    || Others.Contains(c)
                    || CharUnicodeInfo.GetUnicodeCategory(text, at)
                        is UnicodeCategory.NonSpacingMark
                            or UnicodeCategory.SpacingCombiningMark
                            or UnicodeCategory.DecimalDigitNumber
                            or UnicodeCategory.ConnectorPunctuation
                )
            );
    }

    /// <summary>
    /// Whether a name is certainly unchanged by NFKC, by which Python compares names: <c>ｒequires</c> is
    /// <c>requires</c>. The command is built without the tables that would decide this for every name.
    /// </summary>
    public static bool IsNormal(ReadOnlySpan<char> name)
    {
        foreach (char c in name)
        {
            if (c >= 128 && !Array.Exists(s_normal, range => c >= range.First && c <= range.Last))
            {
                return false;
            }
        }
        return true;
    }

    private static bool IsLetter(string text, int at) =>
        CharUnicodeInfo.GetUnicodeCategory(text, at)
            is UnicodeCategory.UppercaseLetter
                or UnicodeCategory.LowercaseLetter
                or UnicodeCategory.TitlecaseLetter
                or UnicodeCategory.ModifierLetter
                or UnicodeCategory.OtherLetter
                or UnicodeCategory.LetterNumber;
}
