using Rer.Books;

namespace Rer.Native;

/// <summary>What <c>rer_solve</c> is asked, apart from callback and cancellation.</summary>
/// <param name="Requests">The requests.</param>
/// <param name="Options">The options of each.</param>
/// <param name="Threads">How many solves at a time; -1 for one for each core.</param>
internal sealed record SolveQuestion(IReadOnlyList<IReadOnlyList<string>> Requests, ResolveOptions Options, int Threads)
{
    private static readonly FastResolver Engine = new();

    /// <summary>Reads the JSON that <c>rer_solve</c> is given.</summary>
    /// <exception cref="PackageDataException">It is not what <c>rer.h</c> says.</exception>
    public static SolveQuestion Read(JsonPlace place)
    {
        place.Allow("requests", "options", "time_limit", "threads");
        string[][] requests = [.. place.Member("requests").Items("request").Select(request => request.Texts())];
        ResolveOptions options = place.OptionalMember("options") is { } given
            ? OptionsJson.Read(given)
            : ResolveOptions.Default;
        if (place.OptionalMember("time_limit") is { } limit)
        {
            bool isTime = limit.Value.ValueKind == System.Text.Json.JsonValueKind.Number;
            double seconds = isTime ? limit.Value.GetDouble() : double.NaN;
            options = options with
            {
                TimeLimit = seconds is >= 0 and < 1e9
                    ? TimeSpan.FromSeconds(seconds)
                    : throw limit.Error("expected seconds, from 0 up to 1e9"),
            };
        }

        int threads = place.OptionalMember("threads")?.Int32() ?? -1;
        return threads is -1 or > 0
            ? new SolveQuestion(requests, options, threads)
            : throw place.Error("'threads' must be positive");
    }

    /// <summary>Solves all requests.</summary>
    /// <param name="repository">Where packages come from.</param>
    /// <param name="watch">Asked between steps, with the place of the request; null if nobody watches.</param>
    /// <param name="cancellationToken">Ends the solves.</param>
    public ResolveResult[] Solve(
        CompiledRepository repository,
        Func<int, SolverState, (SolverCallbackReturn Return, string Reason)>? watch,
        CancellationToken cancellationToken
    )
    {
        ResolveResult[] results = new ResolveResult[Requests.Count];
        if (results.Length == 1)
        {
            SolveOne(0);
        }
        else
        {
            Parallel.For(0, results.Length, new ParallelOptions { MaxDegreeOfParallelism = Threads }, SolveOne);
        }

        return results;

        void SolveOne(int item)
        {
            ResolveOptions options = watch is null ? Options : Options with { Callback = state => watch(item, state) };
            results[item] = Engine.Resolve(Requests[item], repository, options, cancellationToken);
        }
    }
}
