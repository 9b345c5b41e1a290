using Rer.Books;

namespace Rer.Native;

/// <summary>What <c>rer_solve</c> is asked, apart from callback and cancellation.</summary>
/// <param name="Requests">The requests.</param>
/// <param name="Options">The options of each.</param>
/// <param name="Threads">How many solves at a time; -1 for one for each core.</param>
internal sealed record SolveQuestion(IReadOnlyList<IReadOnlyList<string>> Requests, ResolveOptions Options, int Threads)
{
    /// <summary>How often the caller may look after signals, in milliseconds.</summary>
    private const int PulseEvery = 50;

    private static readonly FastResolver Engine = new();

    /// <summary>Reads the JSON that <c>rer_solve</c> is given.</summary>
    /// <exception cref="PackageDataException">It is not what <c>rer.h</c> says.</exception>
    public static SolveQuestion Read(JsonPlace place, OrdererFunctions functions)
    {
        place.Allow("requests", "options", "asked_orderers", "time_limit", "threads");
        string[][] requests = [.. place.Member("requests").Items("request").Select(request => request.Texts())];
        ResolveOptions options = place.OptionalMember("options") is { } given
            ? OptionsJson.Read(given)
            : ResolveOptions.Default;
        if (place.OptionalMember("asked_orderers") is { } asked)
        {
            options = AskedOrderer.AddTo(options, asked, functions);
        }

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
    /// <param name="pulse">Called on this thread now and then while it solves; true ends the solves. Null if nobody
    /// wants to be.</param>
    /// <param name="cancellationToken">Ends the solves.</param>
    public ResolveResult[] Solve(
        CompiledRepository repository,
        Func<int, SolverState, (SolverCallbackReturn Return, string Reason)>? watch,
        Func<bool>? pulse,
        CancellationToken cancellationToken
    )
    {
        ResolveResult[] results = new ResolveResult[Requests.Count];
        if (pulse is null)
        {
            SolveAll(null, cancellationToken);
            return results;
        }

        using CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (results.Length == 1)
        {
            SolveAll(Pulse(pulse, linked), linked.Token);
            return results;
        }

        // This thread has no solve of its own to be called from.
        Task solving = Task.Run(() => SolveAll(null, linked.Token), CancellationToken.None);
        while (!solving.Wait(PulseEvery, CancellationToken.None))
        {
            if (pulse())
            {
                linked.Cancel();
            }
        }

        return results;

        void SolveAll(Action? onPulse, CancellationToken token)
        {
            if (results.Length == 1)
            {
                SolveOne(0, onPulse, token);
                return;
            }

            ParallelOptions parallel = new() { MaxDegreeOfParallelism = Threads };
            Parallel.For(0, results.Length, parallel, item => SolveOne(item, onPulse, token));
        }

        void SolveOne(int item, Action? onPulse, CancellationToken token)
        {
            ResolveOptions options = onPulse is null ? Options : Options with { Pulse = onPulse };
            if (watch is not null)
            {
                options = options with { Callback = state => watch(item, state) };
            }

            results[item] = Engine.Resolve(Requests[item], repository, options, token);
        }
    }

    private static Action Pulse(Func<bool> pulse, CancellationTokenSource cancellation)
    {
        long next = Environment.TickCount64 + PulseEvery;
        return () =>
        {
            if (Environment.TickCount64 < next)
            {
                return;
            }

            if (pulse())
            {
                cancellation.Cancel();
            }

            next = Environment.TickCount64 + PulseEvery;
        };
    }
}
