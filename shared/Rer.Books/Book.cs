namespace Rer.Books;

/// <summary>
/// A repository and cases against it. <c>data_set/README.md</c> describes the files that contain books.
/// </summary>
/// <param name="Name">Its name in messages, unique within a file.</param>
/// <param name="Repository">The packages. If read from a file, their location is named <see cref="Location"/>.</param>
/// <param name="Cases">Requests, with rez's answer to each.</param>
public sealed record Book(string Name, IPackageRepository Repository, IReadOnlyList<Case> Cases)
{
    /// <summary>The name of the repository's path in recorded messages.</summary>
    public const string Location = "PATH";

    /// <summary>Why the book exists, in one sentence. For a regression, its cause.</summary>
    public string? Note { get; init; }
}
