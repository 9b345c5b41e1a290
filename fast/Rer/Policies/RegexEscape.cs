using System.Globalization;

namespace Rer.Policies;

/// <summary>Interprets a backslash and the characters after it in a Python regular expression.</summary>
internal static class RegexEscape
{
    private const int MaxOctal = 0xFF;
    private const int MaxCodePoint = 0x10FFFF;

    /// <summary>A code point or a character class.</summary>
    public readonly record struct SetItem(int CodePoint, CharacterClass? Class = null)
    {
        /// <summary>Adds it to a set.</summary>
        public void AddTo(CharacterSet set)
        {
            if (Class is { } characterClass)
            {
                set.Add(characterClass);
            }
            else
            {
                set.Add(CodePoint, CodePoint);
            }
        }
    }

    /// <summary>Reads the rest of an escape outside a set.</summary>
    public static PatternPart ReadOutsideSet(RegexReader reader, int[] escape)
    {
        int code = escape[1];
        PatternPartKind? anchor = code switch
        {
            'A' => PatternPartKind.Start,
            'b' => PatternPartKind.WordBoundary,
            'B' => PatternPartKind.NotWordBoundary,
            'Z' => PatternPartKind.End,
            _ => null,
        };
        if (anchor is { } kind)
        {
            return new(kind);
        }

        if (ClassOf(code) is { } characterClass)
        {
            return new(PatternPartKind.Characters, new CharacterSet(characterClass));
        }

        int codePoint = code is >= '0' and <= '9' ? ReadNumber(reader, (char)code) : ReadCharacter(reader, code);
        return new(PatternPartKind.Characters, new CharacterSet(codePoint));
    }

    /// <summary>Reads the rest of an item of a set, which may be an escape.</summary>
    public static SetItem ReadInSet(RegexReader reader, int[] item)
    {
        if (item is not ['\\', var code])
        {
            return new(item[0]);
        }

        if (ClassOf(code) is { } characterClass)
        {
            return new(0, characterClass);
        }

        return code switch
        {
            'b' => new('\b'),
            >= '0' and <= '7' => new(ReadOctal(reader, "\\" + (char)code + reader.GetWhile(2, IsOctal))),
            _ => new(ReadCharacter(reader, code)),
        };
    }

    private static CharacterClass? ClassOf(int code) =>
        code switch
        {
            'd' => CharacterClass.Digit,
            'D' => CharacterClass.NotDigit,
            's' => CharacterClass.Space,
            'S' => CharacterClass.NotSpace,
            'w' => CharacterClass.Word,
            'W' => CharacterClass.NotWord,
            _ => null,
        };

    private static int ReadCharacter(RegexReader reader, int code)
    {
        switch (code)
        {
            case 'a':
                return '\a';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'v':
                return '\v';
            case 'x':
                return ReadHex(reader, "\\x", 2);
            case 'u':
                return ReadHex(reader, "\\u", 4);
            case 'U':
                return ReadHex(reader, "\\U", 8);
            case 'N':
                if (!reader.Accept('{'))
                {
                    reader.Fail("missing {", 0);
                }

                reader.Fail("named characters are not supported", 3);
                return 0;
            case <= char.MaxValue when char.IsAsciiLetterOrDigit((char)code):
                reader.Fail($"bad escape \\{(char)code}", 2);
                return 0;
            default:
                return code;
        }
    }

    private static int ReadHex(RegexReader reader, string prefix, int count)
    {
        string digits = reader.GetWhile(count, char.IsAsciiHexDigit);
        string escape = prefix + digits;
        if (digits.Length != count)
        {
            reader.Fail($"incomplete escape {escape}", escape.Length);
        }

        uint codePoint = uint.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        if (codePoint > MaxCodePoint)
        {
            reader.Fail($"bad escape {escape}", escape.Length);
        }

        return (int)codePoint;
    }

    /// <summary>
    /// Reads a numeric escape. Three octal digits are a character, and so are the digits after 0. Anything else would
    /// refer to a group.
    /// </summary>
    private static int ReadNumber(RegexReader reader, char first)
    {
        if (first == '0')
        {
            return Convert.ToInt32("0" + reader.GetWhile(2, IsOctal), 8);
        }

        string escape = "\\" + first + reader.GetWhile(1, char.IsAsciiDigit);
        if (escape.Length == 3 && IsOctal(first) && IsOctal(escape[2]))
        {
            string third = reader.GetWhile(1, IsOctal);
            if (third.Length != 0)
            {
                return ReadOctal(reader, escape + third);
            }
        }

        reader.Fail($"invalid group reference {escape[1..]}", escape.Length - 1);
        return 0;
    }

    private static int ReadOctal(RegexReader reader, string escape)
    {
        int codePoint = Convert.ToInt32(escape[1..], 8);
        if (codePoint > MaxOctal)
        {
            reader.Fail($"octal escape value {escape} outside of range 0-0o377", escape.Length);
        }

        return codePoint;
    }

    private static bool IsOctal(char c) => c is >= '0' and <= '7';
}
