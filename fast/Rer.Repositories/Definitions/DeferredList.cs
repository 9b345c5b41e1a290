using System.Collections;

namespace Rer.Repositories.Definitions;

/// <summary>A list that is read, and checked, only on first use. It is meant for fields that few solves read.</summary>
/// <param name="read">Reads the list; called once.</param>
internal sealed class DeferredList(Func<IReadOnlyList<string>> read) : IReadOnlyList<string>
{
    private readonly Lazy<IReadOnlyList<string>> _list = new(read);

    public int Count => _list.Value.Count;

    public string this[int index] => _list.Value[index];

    public IEnumerator<string> GetEnumerator() => _list.Value.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
