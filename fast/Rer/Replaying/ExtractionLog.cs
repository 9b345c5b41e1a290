using Rer.Versions;

namespace Rer.Replaying;

/// <summary>What was extracted in a phase. Only graphs and the text about a missing family read it.</summary>
internal sealed class ExtractionLog
{
    private readonly List<(string From, string To, Requirement Request)> _entries = [];

    /// <summary>Adds an extraction.</summary>
    internal void Add(string from, string to, Requirement request) => _entries.Add((from, to, request));

    /// <summary>
    /// The last extraction for each pair of families, in the order of the first ones. rez keeps them in such a dictionary.
    /// </summary>
    internal Dictionary<(string From, string To), Requirement> ByFamilies()
    {
        Dictionary<(string From, string To), Requirement> last = [];
        foreach ((string from, string to, Requirement request) in _entries)
        {
            last[(from, to)] = request;
        }

        return last;
    }
}
