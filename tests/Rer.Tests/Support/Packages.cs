using System.Text;
using Rer.Books;

namespace Rer.Tests;

/// <summary>Repositories for tests.</summary>
internal static class Packages
{
    /// <summary>A repository in the syntax of a book's <c>packages</c>.</summary>
    public static IPackageRepository Of(string json)
    {
        byte[] book = Encoding.UTF8.GetBytes($$"""{"name": "test", "packages": {{json}}, "cases": []}""");
        return BookFile.Read(new MemoryStream(book), "test").Single().Repository;
    }

    /// <summary>
    /// A repository without a resolve. No solver of rez's kind finds that out in a lifetime: there are more pigeons
    /// than holes.
    /// Each of the families <c>pigeon0</c>, <c>pigeon1</c> ... takes one hole, and a hole takes one pigeon.
    /// </summary>
    /// <param name="holes">The number of holes. There is one more pigeon.</param>
    /// <returns>The repository, and the request for all pigeons.</returns>
    public static (IPackageRepository Repository, IReadOnlyList<string> Request) Hopeless(int holes = 12)
    {
        Dictionary<string, IReadOnlyDictionary<string, PackageDefinition>> families = [];
        for (int pigeon = 0; pigeon <= holes; pigeon++)
        {
            families[$"pigeon{pigeon}"] = Enumerable
                .Range(0, holes)
                .ToDictionary(
                    hole => $"{hole}",
                    hole => new PackageDefinition { Requires = [$"hole{hole}=={pigeon}"] }
                );
        }
        for (int hole = 0; hole < holes; hole++)
        {
            families[$"hole{hole}"] = Enumerable
                .Range(0, holes + 1)
                .ToDictionary(pigeon => $"{pigeon}", _ => PackageDefinition.Empty);
        }
        return (
            new MemoryPackageRepository(families),
            [.. Enumerable.Range(0, holes + 1).Select(pigeon => $"pigeon{pigeon}")]
        );
    }

    /// <summary>A case with several failures, of which none is a cycle.</summary>
    public static (IPackageRepository Repository, Case Case) SeveralFailures { get; } =
        DataSet
            .ReadBooks("data_set/conformance/failures.json")
            .SelectMany(book => book.Cases.Select(@case => (book.Repository, @case)))
            .First(item =>
                item.@case is { Status: CaseStatus.Failed, NumFails: >= 3, Failures: not null, Failure: not "Cycle" }
                && item.@case.Options == ResolveOptions.Default
                && item.@case.NumSolves > item.@case.NumFails
            );
}
