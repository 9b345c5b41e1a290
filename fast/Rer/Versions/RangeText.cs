namespace Rer.Versions;

/// <summary>Parses the text of a range. <c>|</c> separates its parts: see <see cref="RangeParser"/>.</summary>
internal static class RangeText
{
    /// <summary>The bounds of a range; none if it is the any range.</summary>
    /// <exception cref="VersionSyntaxException">The text is not a range.</exception>
    public static Bound[] Read(ReadOnlySpan<char> text)
    {
        if (text.Contains('|'))
        {
            return ReadParts(text);
        }

        return text.Length != 0 && ReadPart(text, text, onlySyntax: false) is { } bound ? [bound] : [];
    }

    private static Bound[] ReadParts(ReadOnlySpan<char> text)
    {
        List<Bound> bounds = [];
        bool isAny = false;
        foreach (Range part in text.Split('|'))
        {
            // An empty part makes it the any range. The rest only has to be well-formed.
            if (text[part].IsEmpty)
            {
                isAny = true;
            }
            else if (ReadPart(text, text[part], isAny) is { } bound)
            {
                bounds.Add(bound);
            }
        }

        return isAny || bounds.Count == 0 ? [] : BoundList.Union(bounds);
    }

    private static Bound? ReadPart(ReadOnlySpan<char> text, ReadOnlySpan<char> part, bool onlySyntax)
    {
        Bound? bound;
        bool isWellFormed;
        try
        {
            isWellFormed = new RangeParser(part).TryParse(onlySyntax, out bound);
        }
        catch (VersionSyntaxException error)
        {
            throw new VersionSyntaxException($"Invalid version range '{text}': {error.Message}");
        }

        return isWellFormed
            ? bound
            : throw new VersionSyntaxException(
                $"Syntax error in version range '{text}': Syntax error in version range '{part}'"
            );
    }

    /// <summary>
    /// Whether no version is written in two ways in these ranges, as <c>1-2</c> and <c>1.2</c> are. If one is, the text
    /// of their union depends on their order.
    /// </summary>
    internal static bool AreWrittenAlike(List<VersionRange> ranges)
    {
        if (ranges.Count < 2)
        {
            return true;
        }

        Dictionary<Version, string> texts = [];
        foreach (VersionRange range in ranges)
        {
            foreach (Bound bound in range.Bounds)
            {
                if (!IsWrittenAsBefore(bound.Lower) || !IsWrittenAsBefore(bound.Upper))
                {
                    return false;
                }
            }
        }

        return true;

        bool IsWrittenAsBefore(Version version)
        {
            string text = version.ToString();
            return texts.TryAdd(version, text) || texts[version] == text;
        }
    }
}
