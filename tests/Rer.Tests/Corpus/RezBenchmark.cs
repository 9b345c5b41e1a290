using System.Collections.Concurrent;
using Rer.Books;
using Rer.Repositories;
using Rer.Tests.Engines;

namespace Rer.Tests.Corpus;

/// <summary>
/// rez's own benchmark: the recorded answers and those of the engines. Each case is solved once for all tests.
/// </summary>
internal static class RezBenchmark
{
    private static readonly Lazy<Book?> s_book = new(Open);
    private static readonly ConcurrentDictionary<(string Engine, int Index), Case> s_answers = new();
    private static string s_whereToGetIt = "";

    /// <summary>rez's recorded answers, which are part of the project.</summary>
    public static IReadOnlyList<Case> Recorded { get; } = BenchmarkBook.ReadAnswers(DataSet.BenchmarkAnswers);

    /// <summary>Whether its packages are on this machine.</summary>
    public static bool IsThere => BenchmarkData.Find(out _) is not null;

    /// <summary>The book. Its packages are not part of the project, and must be on this machine.</summary>
    public static Book Book
    {
        get
        {
            if (s_book.Value is null)
                ContinuousIntegration.SkipOrFail(s_whereToGetIt);
            return s_book.Value!;
        }
    }

    /// <summary>An engine's answer to a case.</summary>
    public static Case Answer(string engine, int index) =>
        s_answers.GetOrAdd(
            (engine, index),
            key => CaseRecorder.Solve(AllEngines.Resolver(key.Engine), Book.Repository, Book.Cases[key.Index])
        );

    private static Book? Open() =>
        BenchmarkData.Find(out s_whereToGetIt) is { } data
            ? BenchmarkBook.Read(BenchmarkRepository.Open(data.Packages), data.Requests, DataSet.BenchmarkAnswers)
            : null;
}
