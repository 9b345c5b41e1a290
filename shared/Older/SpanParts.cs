namespace System;

/// <summary>Splits a text without copying its parts, for runtimes before .NET 9, which have no method for it.</summary>
internal static class SpanParts
{
    /// <summary>The parts between separators, as ranges of the text.</summary>
    public static Enumerator Split(this ReadOnlySpan<char> text, char separator) => new(text, separator);

    /// <summary>Enumerates the parts.</summary>
    internal ref struct Enumerator(ReadOnlySpan<char> text, char separator)
    {
        private readonly ReadOnlySpan<char> _text = text;
        private int _next;

        public Range Current { get; private set; }

        public readonly Enumerator GetEnumerator() => this;

        public bool MoveNext()
        {
            if (_next > _text.Length)
            {
                return false;
            }
            int length = _text[_next..].IndexOf(separator);
            int end = length < 0 ? _text.Length : _next + length;
            Current = _next..end;
            _next = end + 1;
            return true;
        }
    }
}
