using Rer.Books;

namespace Rer.Benchmarks;

/// <summary>Requests against one repository, with known answers.</summary>
internal sealed class Workload
{
    private readonly FastResolver _resolver = new();
    private readonly IReadOnlyList<Case> _cases;

    internal Workload(IPackageRepository source, IReadOnlyList<Case> cases)
    {
        Source = source;
        Compiled = CompiledRepository.Compile(source);
        _cases = cases;
    }

    /// <summary>The packages as given: parsed and in memory.</summary>
    internal IPackageRepository Source { get; }

    /// <summary>The packages in the engine's form, compiled before anything is timed.</summary>
    internal CompiledRepository Compiled { get; }

    /// <summary>The requests with their answers.</summary>
    internal IReadOnlyList<Case> Cases => _cases;

    /// <summary>A workload with the reference's answers.</summary>
    internal static Workload AnsweredByReference(IPackageRepository source, IEnumerable<string[]> requests)
    {
        Reference.ReferenceResolver reference = new();
        return new Workload(
            source,
            [.. requests.Select(request => CaseRecorder.Solve(reference, source, new Case { Request = request }))]
        );
    }

    /// <summary>Solves every request and compares its answer, so that no wrong solve is timed.</summary>
    /// <exception cref="InvalidOperationException">An answer differs.</exception>
    internal Workload Checked()
    {
        foreach (Case @case in _cases)
        {
            IReadOnlyList<Difference> differences = CaseComparison.Check(_resolver, Compiled, @case);
            if (differences.Count > 0)
            {
                throw new InvalidOperationException($"{string.Join(' ', @case.Request)}: {differences[0]}");
            }
        }

        return this;
    }

    /// <summary>Solves one request.</summary>
    internal ResolveResult Solve(int index) =>
        _resolver.Resolve(_cases[index].Request, Compiled, _cases[index].Options);

    /// <summary>Solves one request with the given options instead of its own.</summary>
    internal ResolveResult Solve(int index, ResolveOptions options) =>
        _resolver.Resolve(_cases[index].Request, Compiled, options);

    /// <summary>Solves all requests in turn with the given options instead of their own.</summary>
    /// <returns>The number of steps.</returns>
    internal int SolveAll(ResolveOptions options)
    {
        int steps = 0;
        for (int i = 0; i < _cases.Count; i++)
        {
            steps += Solve(i, options).Statistics.NumSolves;
        }

        return steps;
    }

    /// <summary>Solves all requests in turn.</summary>
    /// <returns>The number of steps, so that no solve can be optimised away.</returns>
    internal int SolveAll() => SolveAll(Compiled);

    /// <summary>Solves all requests against another compilation of the same packages.</summary>
    internal int SolveAll(IPackageRepository compiled) => SolveAll(compiled, _resolver);

    /// <summary>Solves all requests with another engine, too.</summary>
    internal int SolveAll(IPackageRepository compiled, FastResolver resolver)
    {
        int steps = 0;
        foreach (Case @case in _cases)
        {
            steps += resolver.Resolve(@case.Request, compiled, @case.Options).Statistics.NumSolves;
        }

        return steps;
    }
}
