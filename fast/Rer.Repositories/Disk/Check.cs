namespace Rer.Repositories.Disk;

/// <summary>A check of whether something that was handed out is still valid.</summary>
/// <param name="checks">The checks that it belongs to.</param>
internal abstract class Check(ChecksBehind checks) : IDiskWork
{
    /// <summary>The directory that is read. Checks in different directories run concurrently.</summary>
    public abstract string Directory { get; }

    /// <summary>The directory that is checked; null for a file.</summary>
    public virtual string? Opens => null;

    /// <summary>The speed of the disk that is read.</summary>
    public abstract DiskPace Pace { get; }

    /// <summary>Reads the disk, and returns whether what was handed out is still valid.</summary>
    /// <exception cref="IOException">The disk cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the disk is denied.</exception>
    public abstract bool Holds();

    /// <inheritdoc />
    public void Do() => checks.Do(this);
}
