namespace Rer.Versions;

/// <summary>Parses one part of a range's text, as separated by <c>|</c>.</summary>
/// <remarks>
/// <para>
/// Corresponds to rez's <c>_VersionRangeParser</c>, a regular expression of seven alternatives. A part is one of
/// </para>
/// <code>
/// V          a version and all that extend it
/// ==V?       exactly a version
/// V?..V?     both ends inclusive
/// V?+        at least     &gt;V?   &gt;=V?
/// &lt;V         below        &lt;=V?
/// lower upper, ascending:      (&gt;V? | &gt;=V? | V?+?)  ,?  (&lt;V | &lt;=V?)
/// upper lower, descending:     (&lt;V? | &lt;=V? | V?+?)  ,   (&lt;V | &gt;V? | &gt;=V?)
/// </code>
/// <para>
/// A missing version is the empty one. The comma belongs to the version before it: in an ascending pair it is optional,
/// and in a descending pair it is required. Two of rez's oddities are reproduced exactly. An ascending lower bound
/// needs no <c>+</c>. The last bound of a descending pair may be written <c>&lt;V</c> and then means at least V, while
/// <c>V+</c> or <c>V</c> in the first place means at most V.
/// </para>
/// </remarks>
internal ref struct RangeParser
{
    private readonly ReadOnlySpan<char> _part;
    private int _at;

    private enum Operator
    {
        None,
        Below,
        AtMost,
        Above,
        AtLeast,
        Equal,
    }

    /// <summary>Prepares to parse a part.</summary>
    public RangeParser(ReadOnlySpan<char> part)
    {
        // Python's `$` matches before a final newline too.
        _part = part is [.., '\n'] ? part[..^1] : part;
    }

    private readonly bool AtEnd => _at == _part.Length;

    /// <summary>Parses the part.</summary>
    /// <param name="onlySyntax">Whether only to check the syntax and create no bound, because the range is already the
    /// any range.</param>
    /// <param name="bound">The bound; null if none is created.</param>
    /// <returns>Whether the part is well-formed.</returns>
    /// <exception cref="VersionSyntaxException">The bound is well-formed but empty.</exception>
    public bool TryParse(bool onlySyntax, out Bound? bound)
    {
        bound = null;
        Operator op = ReadOperator();
        ReadOnlySpan<char> version = ReadVersion();
        if (AtEnd)
        {
            // A part of nothing is a lone newline. rez's expression finds an upper bound of no characters in it and
            // ignores that.
            bool isBound = op == Operator.None ? version.Length != 0 : op != Operator.Below || version.Length != 0;
            bound = isBound && !onlySyntax ? Single(op, version) : null;
            return isBound || op == Operator.None;
        }

        if (op == Operator.None && AcceptTwice('.'))
        {
            ReadOnlySpan<char> last = ReadVersion();
            bound = AtEnd && !onlySyntax ? Bound.Create(Read(version), true, Read(last), true) : null;
            return AtEnd;
        }

        if (op == Operator.None && Accept('+') && AtEnd)
        {
            bound = onlySyntax ? null : Single(Operator.AtLeast, version);
            return true;
        }

        return TryParsePair(op, version, onlySyntax, ref bound);
    }

    private bool TryParsePair(Operator op, ReadOnlySpan<char> version, bool onlySyntax, ref Bound? bound)
    {
        bool comma = Accept(',');
        Operator secondOp = ReadOperator();
        ReadOnlySpan<char> second = ReadVersion();
        if (!AtEnd || (comma && version.Length == 0) || (secondOp == Operator.Below && second.Length == 0))
        {
            return false;
        }

        bool ascending =
            op is Operator.None or Operator.Above or Operator.AtLeast && secondOp is Operator.Below or Operator.AtMost;
        bool descending =
            op is Operator.None or Operator.Below or Operator.AtMost
            && secondOp is Operator.Below or Operator.Above or Operator.AtLeast
            && comma == (version.Length != 0);
        if (!ascending && !descending)
        {
            return false;
        }

        if (!onlySyntax)
        {
            bound = ascending
                ? Bound.Create(Read(version), op != Operator.Above, Read(second), secondOp != Operator.Below)
                : Bound.Create(Read(second), secondOp != Operator.Above, Read(version), op != Operator.Below);
        }

        return true;
    }

    private static Bound Single(Operator op, ReadOnlySpan<char> text)
    {
        Version version = Read(text);
        return op switch
        {
            Operator.None => Bound.Create(version, true, version.Next(), false),
            Operator.Equal => Bound.Exactly(version),
            Operator.Above or Operator.AtLeast => Bound.Create(version, op == Operator.AtLeast, Version.Infinity, true),
            _ => Bound.Create(Version.Empty, true, version, op == Operator.AtMost),
        };
    }

    private static Version Read(ReadOnlySpan<char> text) => Version.Parse(text.ToString());

    private Operator ReadOperator()
    {
        if (Accept('<'))
        {
            return Accept('=') ? Operator.AtMost : Operator.Below;
        }

        if (Accept('>'))
        {
            return Accept('=') ? Operator.AtLeast : Operator.Above;
        }

        return AcceptTwice('=') ? Operator.Equal : Operator.None;
    }

    /// <summary>
    /// Reads the longest version at this position, with only dots and hyphens as separators; empty if there is none.
    /// </summary>
    private ReadOnlySpan<char> ReadVersion()
    {
        int start = _at;
        SkipToken();
        while (
            _at > start
            && _at + 1 < _part.Length
            && _part[_at] is '.' or '-'
            && VersionKey.IsTokenCharacter(_part[_at + 1])
        )
        {
            _at++;
            SkipToken();
        }

        return _part[start.._at];
    }

    private void SkipToken()
    {
        while (_at < _part.Length && VersionKey.IsTokenCharacter(_part[_at]))
        {
            _at++;
        }
    }

    private bool Accept(char character)
    {
        if (_at == _part.Length || _part[_at] != character)
        {
            return false;
        }

        _at++;
        return true;
    }

    private bool AcceptTwice(char character)
    {
        if (_at + 1 >= _part.Length || _part[_at] != character || _part[_at + 1] != character)
        {
            return false;
        }

        _at += 2;
        return true;
    }
}
