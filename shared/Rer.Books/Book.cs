namespace Rer.Books;

/// <summary>One repository and cases against it. <c>data_set/README.md</c> describes the files that hold books.</summary>
/// <param name="Name">What messages call it; unique within a file.</param>
/// <param name="Repository">The packages. Those read from a file name their place <see cref="Location"/>.</param>
/// <param name="Cases">Requests, with what rez answers to each.</param>
public sealed record Book(string Name, IPackageRepository Repository, IReadOnlyList<Case> Cases)
{
    /// <summary>How recorded messages name the path of the repository.</summary>
    public const string Location = "PATH";

    /// <summary>Why the book exists, in a sentence: of a regression, its cause.</summary>
    public string? Note { get; init; }
}
