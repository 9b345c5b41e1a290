namespace Rer.Repositories.Disk;

/// <summary>Something that waits for a disk.</summary>
internal interface IDiskWork
{
    /// <summary>Does it; does not throw.</summary>
    void Do();
}

/// <summary>A function that waits for a disk.</summary>
/// <param name="action">The function; does not throw.</param>
internal sealed class DiskAction(Action action) : IDiskWork
{
    /// <inheritdoc />
    public void Do() => action();
}
