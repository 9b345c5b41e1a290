using System.Collections.Concurrent;
using Rer.Books;
using Rer.Repositories;
using Rer.Tests.Engines;

namespace Rer.Tests.Corpus;

/// <summary>
/// rez's own benchmark: the recorded answers and those of the engines. Each engine solves a case once for all tests.
/// </summary>
internal static class RezBenchmark
{
    private static readonly Lazy<Book> s_book = new(() =>
        BenchmarkBook.Read(BenchmarkRepository.Open(Data!.Packages), Data.Requests, DataSet.BenchmarkAnswers)
    );
    private static string s_whereToGetIt = "";
    private static readonly ConcurrentDictionary<(string Engine, int Index), Case> s_answers = new();

    /// <summary>rez's recorded answers, which are part of the project.</summary>
    public static IReadOnlyList<Case> Recorded { get; } = BenchmarkBook.ReadAnswers(DataSet.BenchmarkAnswers);

    /// <summary>
    /// rez's packages and requests, which are not part of the project; null if they are not on this machine.
    /// </summary>
    public static BenchmarkData? Data { get; } = BenchmarkData.Find(out s_whereToGetIt);

    /// <summary>Whether they are on this machine.</summary>
    public static bool IsThere => Data is not null;

    /// <summary>If they are not: where they were searched for, and how to get them.</summary>
    public static string WhereToGetIt => s_whereToGetIt;

    /// <summary>The book, for tests that need <see cref="Need.BenchmarkData"/>.</summary>
    public static Book Book => s_book.Value;

    /// <summary>An engine's answer to a case.</summary>
    public static Case Answer(string engine, int index) =>
        s_answers.GetOrAdd(
            (engine, index),
            key => CaseRecorder.Solve(AllEngines.Resolver(key.Engine), Book.Repository, Book.Cases[key.Index])
        );
}
