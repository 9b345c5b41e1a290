using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Rer.Tests.Repositories.Indexing;

/// <summary>
/// Sixteen processes read and update indexes of packages that keep changing, and some of them are killed while they
/// write.
/// </summary>
public sealed class IndexStressTests : IDisposable
{
    private const int Readers = 10;
    private const int Updaters = 5;

    // 200 take several minutes.
    private static readonly int s_kills = int.Parse(
        Environment.GetEnvironmentVariable("RER_INDEX_KILLS") ?? "10",
        CultureInfo.InvariantCulture
    );

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("rer-tests-");
    private readonly ConcurrentQueue<string> _wrong = new();
    private volatile int _state;
    private volatile bool _isOver;

    private string Packages => Path.Combine(_root.FullName, "packages");

    private string Cache => Path.Combine(_root.FullName, "cache");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public async Task Answers_are_current_and_no_index_is_damaged_whoever_is_killed()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("A directory that a process has open cannot be replaced or removed on Windows.");
        }
        Release();
        string[] update = ["index", "update", "-q", Packages];
        string[] solve = ["solve", "app", "--no-implicit", "-q", "-p", Packages];
        string[][] ways =
        [
            [],
            ["--cache", Cache],
            ["--index", "off", "--cache", Cache],
            ["--index", "off"],
        ];
        long start = Stopwatch.GetTimestamp();
        Run(update).Code.ShouldBe(0);
        TimeSpan usual = Stopwatch.GetElapsedTime(start);

        Task[] tasks =
        [
            .. Enumerable
                .Range(0, Readers)
                .Select(reader => Loop(() => Solve([.. solve, .. ways[reader % ways.Length]]))),
            .. Enumerable.Range(0, Updaters).Select(_ => Loop(() => Update(update))),
            Loop(() =>
            {
                Release();
                Thread.Sleep(Random.Shared.Next(250));
            }),
        ];
        for (int kill = 0; kill < s_kills; kill++)
        {
            using Process killed = Start(kill % 2 == 0 ? update : [.. solve, "--cache", Cache]);
            // With this many processes, each takes its time. Most are killed while they read or write.
            await Task.Delay(usual * (0.5 + (2.5 * Random.Shared.NextDouble())), TestContext.Current.CancellationToken);
            killed.Kill();
            await killed.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        _isOver = true;
        await Task.WhenAll(tasks);

        _wrong.ShouldBeEmpty();
        Settling.Wait(_root);
        string last = $"lib-{_state}";
        foreach (string[] way in ways)
        {
            Run([.. solve, .. way]).Output.ShouldContain(last);
        }
        Run(update).Code.ShouldBe(0);
        Run([.. solve, "--index", "published"]).Output.ShouldContain(last);
        (int code, string output, string error) = Run(["index", "verify", Packages]);
        code.ShouldBe(0, output + error);
    }

    /// <summary>
    /// Releases packages that only the next state has: <c>app</c> requires exactly the latest <c>lib</c>.
    /// </summary>
    private void Release()
    {
        int next = _state + 1;
        Write($"lib/{next}", "timestamp = 1\n");
        Write("app/1", $"requires = ['lib=={next}']\ntimestamp = 1\n");
        _state = next;
        string old = Path.Combine(Packages, "lib", (next - 6).ToString(CultureInfo.InvariantCulture));
        if (Directory.Exists(old))
        {
            Directory.Delete(old, recursive: true);
        }
    }

    private void Write(string package, string text)
    {
        string directory = Path.Combine(Packages, package);
        Directory.CreateDirectory(directory);
        string part = Path.Combine(directory, "part");
        File.WriteAllText(part, text);
        File.Move(part, Path.Combine(directory, "package.py"), overwrite: true);
    }

    private void Solve(string[] arguments)
    {
        int before = _state;
        (int code, string output, string error) = Run(arguments);
        int after = _state + 1; // it is written before it is counted
        if (error.Contains("Unhandled", StringComparison.Ordinal))
        {
            _wrong.Enqueue(error);
        }
        // A version that disappears while it is read is an error, as in rez.
        foreach (string line in code == 0 ? output.Split('\n') : [])
        {
            if (
                line.StartsWith("lib-", StringComparison.Ordinal)
                && int.Parse(line[4..], CultureInfo.InvariantCulture) is var state
                && (state < before || state > after)
            )
            {
                _wrong.Enqueue($"{state} is not of {before} to {after}: {string.Join(' ', arguments)}");
            }
        }
    }

    private void Update(string[] arguments)
    {
        (int code, string output, string error) = Run(arguments);
        if (code != 0)
        {
            _wrong.Enqueue(output + error);
        }
    }

    private Task Loop(Action step) =>
        Task.Factory.StartNew(
            () =>
            {
                while (!_isOver)
                {
                    step();
                }
            },
            TaskCreationOptions.LongRunning
        );

    private static (int Code, string Output, string Error) Run(string[] arguments)
    {
        using Process process = Start(arguments);
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    private static Process Start(string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "Rer.Cli.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }
}
