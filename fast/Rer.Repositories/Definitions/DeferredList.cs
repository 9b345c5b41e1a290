using System.Collections;

namespace Rer.Repositories.Definitions;

/// <summary>
/// A list that is known, or turns out to be wrong, when it is first looked at: a field that few solves look at.
/// </summary>
/// <param name="read">Reads it; called once.</param>
internal sealed class DeferredList(Func<IReadOnlyList<string>> read) : IReadOnlyList<string>
{
    private readonly Lazy<IReadOnlyList<string>> _list = new(read);

    public int Count => _list.Value.Count;

    public string this[int index] => _list.Value[index];

    public IEnumerator<string> GetEnumerator() => _list.Value.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
