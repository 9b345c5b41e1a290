using System.Globalization;

namespace Rer.Benchmarks;

/// <summary>Small repositories in which nearly all the work is one kind of step.</summary>
internal static class StepRepository
{
    private const int Size = 60;

    /// <summary>
    /// A chain of families with one version each: one extraction after another, and nothing to choose.
    /// </summary>
    internal static Workload Extract() =>
        Make(
            [.. Range(Size * 4).Select(i => Family($"chain{i}", [i < Size * 4 - 1 ? [$"chain{i + 1}"] : []]))],
            ["chain0"]
        );

    /// <summary>Families in which every version requires a different version of what the request has fixed.</summary>
    internal static Workload Reduce() =>
        Make(
            [
                Family("shared", Range(Size).Select(_ => Array.Empty<string>())),
                .. Range(Size).Select(i => Family($"wide{i}", Range(Size).Select(v => new[] { $"shared-{v}" }))),
            ],
            [.. Range(Size).Select(i => $"wide{i}"), "shared-7"]
        );

    /// <summary>Unrelated families. Each is split until one version is left.</summary>
    internal static Workload Split() =>
        Make(
            [
                .. Range(Size).Select(i => Family($"leaf{i}", Range(Size).Select(_ => Array.Empty<string>()))),
                .. Range(Size).Select(i => Family($"free{i}", Range(Size).Select(v => new[] { $"leaf{v}" }))),
            ],
            [.. Range(Size).Select(i => $"free{i}")]
        );

    /// <summary>Each package requires all later ones, and they are requested in the wrong order.</summary>
    internal static Workload Finalise() =>
        Make(
            [
                .. Range(Size)
                    .Select(i =>
                        Family(
                            $"p{i}",
                            [
                                [.. Range(i).Select(j => $"p{j}")],
                            ]
                        )
                    ),
            ],
            [.. Range(Size).Reverse().Select(i => $"p{i}")]
        );

    private static IEnumerable<int> Range(int count) => Enumerable.Range(0, count);

    private static (string Name, string[][] Requires) Family(string name, IEnumerable<string[]> requires) =>
        (name, [.. requires]);

    private static Workload Make((string Name, string[][] Requires)[] families, string[] request) =>
        Workload.AnsweredByReference(
            new MemoryPackageRepository(
                families.ToDictionary(
                    family => family.Name,
                    IReadOnlyDictionary<string, PackageDefinition> (family) =>
                        Range(family.Requires.Length)
                            .ToDictionary(
                                version => version.ToString(CultureInfo.InvariantCulture),
                                version => new PackageDefinition { Requires = family.Requires[version] }
                            )
                )
            ),
            [request]
        );
}
