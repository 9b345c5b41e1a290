namespace Rer.Compiling;

/// <summary>Bytes that a <see cref="FormatReader"/> reads.</summary>
/// <param name="Data">The bytes.</param>
/// <param name="Origin">Where they come from.</param>
internal readonly record struct FormatBytes(ArraySegment<byte> Data, FormatOrigin Origin);

/// <summary>Where bytes come from. They are read as they are needed, so any read may find that they are damaged.</summary>
/// <param name="File">The full path of the file.</param>
/// <param name="Complaint">What is wrong with a file that is damaged, and the way out.</param>
internal sealed record FormatOrigin(string File, string Complaint)
{
    /// <summary>The error if the bytes are damaged.</summary>
    public PackageDataException Damaged() => new($"{File}: the index cannot be used: {Complaint}") { Path = File };

    /// <summary>Whether an error is <see cref="Damaged"/>.</summary>
    public bool HasRaised(PackageDataException error) => error.Path == File;
}
