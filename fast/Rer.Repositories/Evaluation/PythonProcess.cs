using System.Buffers;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Rer.Repositories.Evaluation;

/// <summary>A Python process that runs <c>evaluate.py</c>. It reads and writes one JSON object per line.</summary>
internal sealed class PythonProcess : IDisposable
{
    private readonly string _python;
    private readonly Process _process;
    private readonly TaskCompletionSource _errorsEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _lastError;

    private PythonProcess(string python, Process process)
    {
        (_python, _process) = (python, process);
        _process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null)
            {
                _errorsEnded.TrySetResult();
            }
            else if (!string.IsNullOrWhiteSpace(line.Data))
            {
                _lastError = line.Data;
            }
        };
        _process.BeginErrorReadLine();
    }

    /// <summary>Starts Python and makes it import rez.</summary>
    /// <exception cref="PackageDataException">Python does not start, or cannot import rez.</exception>
    public static PythonProcess Start(string python, LateContext? context, TimeSpan timeout)
    {
        ProcessStartInfo start = new(ProgramOf(python))
        {
            // Python should not see the files in the working directory.
            WorkingDirectory = Path.GetPathRoot(AppContext.BaseDirectory),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
            UseShellExecute = false,
        };
        start.ArgumentList.Add("-I");
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(ReadScript());
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            throw new PackageDataException($"cannot run the Python '{python}': {e.Message}", e);
        }
        PythonProcess started = new(python, process);
        try
        {
            using JsonDocument greeting = started.Ask(writer => WriteContext(writer, context), timeout);
            return greeting.RootElement.TryGetProperty("error", out JsonElement error)
                ? throw new PackageDataException(
                    $"the Python '{python}' cannot import rez ({error.GetString()}); name one that can"
                )
                : started;
        }
        catch (PackageDataException)
        {
            started.Dispose();
            throw;
        }
    }

    /// <summary>Asks one question.</summary>
    /// <param name="write">Writes the question's properties.</param>
    /// <param name="timeout">The time limit for the answer.</param>
    /// <exception cref="PackageDataException">The process ended or took too long. It cannot be used again.</exception>
    public JsonDocument Ask(Action<Utf8JsonWriter> write, TimeSpan timeout)
    {
        ArrayBufferWriter<byte> question = new();
        using (Utf8JsonWriter writer = new(question))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }
        try
        {
            _process.StandardInput.WriteLine(Encoding.UTF8.GetString(question.WrittenSpan));
            _process.StandardInput.Flush();
            string? line = _process
                .StandardOutput.ReadLineAsync()
                .WaitAsync(timeout)
                .ConfigureAwait(false)
                .GetAwaiter()
                .GetResult();
            return line is null ? throw Ended(null) : JsonDocument.Parse(line);
        }
        catch (TimeoutException e)
        {
            throw new PackageDataException(
                $"the Python '{_python}' gave no answer within {timeout.TotalSeconds:0.#} s; the code of a package may hang",
                e
            );
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            throw Ended(e);
        }
    }

    private PackageDataException Ended(Exception? cause)
    {
        // Another thread reads the error output. Its last lines may arrive after the process has ended.
        _errorsEnded.Task.Wait(TimeSpan.FromSeconds(1));
        string why = _lastError is null ? "" : $": {_lastError}";
        return new PackageDataException($"the Python '{_python}' ended before it answered{why}", cause!);
    }

    /// <summary>A path is made absolute, because the working directory changes. A name is looked up in PATH.</summary>
    private static string ProgramOf(string python) =>
        Path.GetFileName(python) == python ? python : Path.GetFullPath(python);

    private static void WriteContext(Utf8JsonWriter writer, LateContext? context)
    {
        if (context is null)
        {
            return;
        }
        writer.WriteStartObject("context");
        writer.WriteBoolean("many", ReferenceEquals(context, LateContext.OfMany));
        WriteStrings(writer, "request", context.Request);
        WriteStrings(writer, "implicits", context.ImplicitPackages);
        writer.WriteBoolean("building", context.Building);
        writer.WriteEndObject();
    }

    private static void WriteStrings(Utf8JsonWriter writer, string name, IReadOnlyList<string> strings)
    {
        writer.WriteStartArray(name);
        foreach (string text in strings)
        {
            writer.WriteStringValue(text);
        }
        writer.WriteEndArray();
    }

    internal static string ReadScript()
    {
        using Stream stream = typeof(PythonProcess).Assembly.GetManifestResourceStream("evaluate.py")!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }

    public void Dispose()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // The process has already ended.
        }
        _process.Dispose();
    }
}
