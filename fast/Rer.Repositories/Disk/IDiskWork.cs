namespace Rer.Repositories.Disk;

/// <summary>Work that waits for a disk.</summary>
internal interface IDiskWork
{
    /// <summary>Does the work. It does not throw.</summary>
    void Do();
}

/// <summary>A function that waits for a disk.</summary>
/// <param name="action">The function. It does not throw.</param>
internal sealed class DiskAction(Action action) : IDiskWork
{
    /// <inheritdoc />
    public void Do() => action();
}
