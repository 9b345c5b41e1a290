using System.Text;

namespace Rer.Repositories.Python;

// Parses string literals, and joins adjacent ones.
internal sealed partial class PythonParser
{
    /// <summary>Parses adjacent string tokens as one string.</summary>
    private PythonExpression ParseStrings()
    {
        int start = _at;
        if (Current.Kind == PythonTokenKind.String && _tokens[_at + 1].Kind != PythonTokenKind.String)
        {
            return ParseString();
        }
        StringBuilder text = new();
        List<PythonExpression> parts = [];
        bool? bytes = null;
        bool isEmpty = true;
        while (Current.Kind == PythonTokenKind.String)
        {
            PythonExpression part = ParseString();
            PythonBytes? found = (part as ConstantExpression)?.Value as PythonBytes;
            bool isBytes = found is not null;
            isEmpty &= found?.IsEmpty != false;
            if (bytes is { } before && before != isBytes)
            {
                throw _source.Error(part.Line, "cannot mix bytes and nonbytes literals");
            }
            bytes = isBytes;
            parts.Add(part);
            if (part is ConstantExpression { Value: PythonString constant })
            {
                text.Append(constant.Text);
            }
        }
        return parts.Find(part => part is OpaqueExpression) is OpaqueExpression opaque ? Opaque(start, opaque.What)
            : bytes == true ? At(start, new ConstantExpression(new PythonBytes(isEmpty)))
            : parts.Exists(part => part is FormattedExpression)
                ? At(start, new FormattedExpression(parts, isPlain: true))
            : At(start, new ConstantExpression(new PythonString(text.ToString())));
    }

    private PythonExpression ParseString()
    {
        int start = _at;
        PythonToken token = _tokens[_at++];
        (string prefix, Range range) = PythonLiterals.Split(TextOf(token));
        if (prefix.Contains('f', StringComparison.Ordinal))
        {
            (int offset, int length) = range.GetOffsetAndLength(token.Length);
            return ParseFormatted(start, prefix, token.Start + offset, token.Start + offset + length);
        }
        ReadOnlySpan<char> body = TextOf(token)[range];
        bool bytes = prefix.Contains('b', StringComparison.Ordinal);
        if (bytes && body.IndexOfAnyExceptInRange('\0', '\x7f') >= 0)
        {
            throw _source.Error(token.Line, "bytes can only contain ASCII literal characters");
        }
        string? text = PythonLiterals.HasEscapes(prefix, body) ? Unescape(token, body, bytes) : body.ToString();
        return text is null
            ? Opaque(start, "a character's name")
            : At(start, new ConstantExpression(bytes ? new PythonBytes(text.Length == 0) : new PythonString(text)));
    }

    private string? Unescape(PythonToken token, ReadOnlySpan<char> body, bool bytes)
    {
        string? text = PythonLiterals.Unescape(body, bytes, out string? error);
        return error is null ? text : throw _source.Error(token.Line, error);
    }
}
