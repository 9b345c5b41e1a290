namespace Rer.Repositories.Disk;

/// <summary>Whether something that was handed out still holds.</summary>
/// <param name="checks">Those that it is one of.</param>
internal abstract class Check(ChecksBehind checks) : IDiskWork
{
    /// <summary>The directory that is looked into; what is looked for in different ones is looked for at once.</summary>
    public abstract string Directory { get; }

    /// <summary>The directory that is looked at; null for a file.</summary>
    public virtual string? Opens => null;

    /// <summary>How long calls to its disk take.</summary>
    public abstract DiskPace Pace { get; }

    /// <summary>Looks at the disk.</summary>
    /// <exception cref="IOException">The disk cannot be asked.</exception>
    /// <exception cref="UnauthorizedAccessException">The disk may not be asked.</exception>
    public abstract bool Holds();

    /// <inheritdoc />
    public void Do() => checks.Do(this);
}
