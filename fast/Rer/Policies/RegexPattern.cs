using System.Globalization;
using Rer.Versions;

namespace Rer.Policies;

/// <summary>Parses a Python regular expression without parentheses, which a rule cannot contain.</summary>
/// <remarks>
/// What remains of the language is alternatives of sequences of characters, sets, classes and anchors, each possibly
/// repeated. Errors are Python 3.13's. Named characters (<c>\N{...}</c>) are not supported.
/// </remarks>
internal readonly struct RegexPattern
{
    // The largest repetition count in Python.
    private const uint MaxRepeat = uint.MaxValue;

    private readonly RegexReader _reader;

    private RegexPattern(string pattern) => _reader = new(pattern);

    /// <summary>Parses an expression.</summary>
    /// <exception cref="PolicySyntaxException">The expression is invalid. The message is the name of Python's
    /// exception, a colon, and that exception's text.</exception>
    public static NamePattern Parse(string pattern)
    {
        RegexPattern parser = new(pattern);
        List<IReadOnlyList<PatternPart>> alternatives = [];
        do
        {
            alternatives.Add(parser.ReadSequence());
        } while (parser._reader.Accept('|'));

        return new(alternatives);
    }

    private List<PatternPart> ReadSequence()
    {
        List<PatternPart> parts = [];
        bool isRepeated = false; // whether the last part already has a repetition count
        while (!_reader.AtEnd && !_reader.IsNext('|'))
        {
            int start = _reader.Position;
            int[] item = _reader.Get();
            if (item is ['*' or '+' or '?' or '{'] && TryReadCount((char)item[0], out int min, out int max))
            {
                if (parts.Count == 0 || parts[^1].Kind != PatternPartKind.Characters)
                {
                    _reader.Fail("nothing to repeat", _reader.Position - start);
                }

                if (isRepeated)
                {
                    _reader.Fail("multiple repeat", _reader.Position - start);
                }

                // Whether few or many are tried first does not change whether there is a match.
                bool possessive = !_reader.Accept('?') && _reader.Accept('+');
                parts[^1] = parts[^1] with { Min = min, Max = max, Possessive = possessive };
                isRepeated = true;
                continue;
            }

            parts.Add(
                item switch
                {
                    ['\\', _] => RegexEscape.ReadOutsideSet(_reader, item),
                    ['['] => Take(ReadSet(start)),
                    ['^'] => new(PatternPartKind.Start),
                    ['$'] => new(PatternPartKind.EndOrFinalNewline),
                    ['.'] => Take(AllButNewline()),
                    _ => Take(new CharacterSet(item[0])),
                }
            );
            isRepeated = false;
        }

        return parts;
    }

    private static PatternPart Take(CharacterSet set) => new(PatternPartKind.Characters, set);

    private static CharacterSet AllButNewline()
    {
        CharacterSet set = new(negated: true);
        set.Add('\n', '\n');
        return set;
    }

    /// <summary>
    /// Reads the repetition count of the last part. A brace that does not start a count is a plain character.
    /// </summary>
    private bool TryReadCount(char quantifier, out int min, out int max)
    {
        (min, max) = quantifier switch
        {
            '?' => (0, 1),
            '+' => (1, int.MaxValue),
            _ => (0, int.MaxValue),
        };
        return quantifier != '{' || TryReadBraces(ref min, ref max);
    }

    private bool TryReadBraces(ref int min, ref int max)
    {
        if (_reader.IsNext('}'))
        {
            return false;
        }

        int start = _reader.Position;
        string low = _reader.GetWhile(int.MaxValue, char.IsAsciiDigit);
        string high = _reader.Accept(',') ? _reader.GetWhile(int.MaxValue, char.IsAsciiDigit) : low;
        if (!_reader.Accept('}'))
        {
            _reader.Seek(start);
            return false;
        }

        long least = low.Length == 0 ? 0 : ReadCount(low);
        long most = high.Length == 0 ? MaxRepeat : ReadCount(high);
        if (most < least)
        {
            _reader.Fail("min repeat greater than max repeat", _reader.Position - start);
        }

        min = (int)Math.Min(least, int.MaxValue);
        max = (int)Math.Min(most, int.MaxValue);
        return true;
    }

    private static long ReadCount(string digits) =>
        uint.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out uint count) && count < MaxRepeat
            ? count
            : throw new PolicySyntaxException("OverflowError: the repetition number is too large");

    private CharacterSet ReadSet(int start)
    {
        CharacterSet set = new(_reader.Accept('^'));
        while (true)
        {
            int[] item = GetInSet(start);
            if (item is [']'] && !set.IsBlank)
            {
                return set;
            }

            RegexEscape.SetItem first = RegexEscape.ReadInSet(_reader, item);
            if (!_reader.Accept('-'))
            {
                first.AddTo(set);
                continue;
            }

            int[] end = GetInSet(start);
            if (end is [']'])
            {
                first.AddTo(set);
                set.Add('-', '-');
                return set;
            }

            RegexEscape.SetItem last = RegexEscape.ReadInSet(_reader, end);
            if (first.Class is not null || last.Class is not null || last.CodePoint < first.CodePoint)
            {
                _reader.Fail(
                    $"bad character range {PythonText.Text(item)}-{PythonText.Text(end)}",
                    item.Length + 1 + end.Length
                );
            }

            set.Add(first.CodePoint, last.CodePoint);
        }
    }

    private int[] GetInSet(int start)
    {
        if (_reader.AtEnd)
        {
            _reader.Fail("unterminated character set", _reader.Position - start);
        }

        return _reader.Get();
    }
}
