using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Rer.Books;

namespace Rer.Cli.Benchmarking;

/// <summary>
/// Times rez itself on a workload, with one Python process, packages in memory, and one solve after another.
/// </summary>
internal static class RezClock
{
    private const string Script = "bench_rez.py";
    private const string Recorder = "record_book.py";

    /// <summary>Runs rez.</summary>
    /// <param name="python">A Python that can import rez.</param>
    /// <param name="workload">The cases.</param>
    /// <param name="passes">The total number of passes. rez takes minutes for one pass of its own benchmark.</param>
    /// <param name="onSolve">Called after each solve.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <exception cref="BadInputException">Python cannot be run, or cannot import rez.</exception>
    public static async Task<EngineTimes> RunAsync(
        string python,
        Book workload,
        int passes,
        Action onSolve,
        CancellationToken cancellationToken
    )
    {
        DirectoryInfo directory = TemporaryDirectory.Create("rer-bench-");
        try
        {
            string book = Path.Combine(directory.FullName, "book.json");
            BookFile.Write(book, [workload]);
            Unpack(Script, directory);
            Unpack(Recorder, directory);

            using Process process = Start(
                python,
                [Path.Combine(directory.FullName, Script), book, passes.ToString(CultureInfo.InvariantCulture)]
            );
            using CancellationTokenRegistration registration = cancellationToken.Register(() =>
                process.Kill(entireProcessTree: true)
            );
            Task<string> errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
            (List<JsonElement> answers, List<double[]> times) = await ReadAsync(process.StandardOutput, onSolve)
                .ConfigureAwait(false);
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            if (process.ExitCode != 0)
            {
                throw new BadInputException(
                    $"{python}: rez could not be timed: {LastLine(await errors.ConfigureAwait(false))}"
                );
            }
            return new EngineTimes("rez", ReadAnswers(answers, directory), times, AllocatedBytesPerSolve: null);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    /// <summary>Starts Python with redirected output.</summary>
    /// <exception cref="BadInputException">Python cannot be started.</exception>
    public static Process Start(string python, string[] arguments)
    {
        try
        {
            return Process.Start(
                    new ProcessStartInfo(python, arguments)
                    {
                        RedirectStandardOutput = true,
                        RedirectStandardError = true,
                    }
                ) ?? throw new BadInputException($"{python}: cannot be started");
        }
        catch (Win32Exception e)
        {
            throw new BadInputException($"{python}: cannot be started: {e.Message}", e);
        }
    }

    /// <summary>
    /// Reads the output: one line for each solve, with its answer on the first pass, and a list of times after each
    /// pass.
    /// </summary>
    private static async Task<(List<JsonElement> Answers, List<double[]> Times)> ReadAsync(
        StreamReader output,
        Action onSolve
    )
    {
        List<JsonElement> answers = [];
        List<double[]> times = [];
        while (await output.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            JsonElement value = JsonDocument.Parse(line).RootElement;
            if (value.ValueKind == JsonValueKind.Array)
            {
                times.Add([.. value.EnumerateArray().Select(time => time.GetDouble())]);
                continue;
            }
            if (value.ValueKind == JsonValueKind.Object)
            {
                answers.Add(value);
            }
            onSolve();
        }
        return (answers, times);
    }

    /// <summary>Reads answers. They are cases, so the reader of books is used.</summary>
    private static IReadOnlyList<Case> ReadAnswers(List<JsonElement> answers, DirectoryInfo directory)
    {
        string path = Path.Combine(directory.FullName, "answers.json");
        File.WriteAllText(path, $$"""{"name": "rez", "packages": {}, "cases": [{{string.Join(',', answers)}}]}""");
        return BookFile.Read(path)[0].Cases;
    }

    /// <summary>Writes a script embedded in <c>rer</c> to a directory.</summary>
    public static void Unpack(string resource, DirectoryInfo directory)
    {
        using Stream stream =
            typeof(RezClock).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"the resource {resource} is missing from the build");
        using FileStream file = File.Create(Path.Combine(directory.FullName, resource));
        stream.CopyTo(file);
    }

    /// <summary>The last line of a failed Python's output.</summary>
    public static string LastLine(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .LastOrDefault("no message");
}
