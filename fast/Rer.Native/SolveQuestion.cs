using Rer.Books;

namespace Rer.Native;

/// <summary>The input of <c>rer_solve</c>, except for callbacks and cancellation.</summary>
/// <param name="Requests">The requests.</param>
/// <param name="Options">The options of each.</param>
/// <param name="Threads">The number of concurrent solves; -1 for one per core.</param>
internal sealed record SolveQuestion(IReadOnlyList<IReadOnlyList<string>> Requests, ResolveOptions Options, int Threads)
{
    /// <summary>How often the caller can handle signals, in milliseconds.</summary>
    private const int PulseEvery = 50;

    private static readonly FastResolver s_engine = new();

    /// <summary>Reads the JSON given to <c>rer_solve</c>.</summary>
    /// <exception cref="PackageDataException">It is not as described in <c>rer.h</c>.</exception>
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
    /// <param name="watch">Called between steps, with the index of the request; null for none.</param>
    /// <param name="pulse">Called on this thread from time to time while it solves; true ends the solves. Null for
    /// none.</param>
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

        // Several requests are solved on other threads. This thread only waits, and calls the pulse in between.
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

            results[item] = s_engine.Resolve(Requests[item], repository, options, token);
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
