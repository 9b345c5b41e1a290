using System.Diagnostics;
using System.Text.Json;
using Rer.Repositories.Definitions;
using Rer.Repositories.Evaluation;
using Rer.Repositories.Python;

namespace Rer.Repositories;

/// <summary>
/// Asks rez itself for definitions that cannot be known without running Python. One Python process, started when the
/// first such definition is met, answers for all of them.
/// </summary>
/// <remarks>
/// Safe for concurrent callers, who wait for each other. If a package's code hangs or ends the process, only that
/// package is an error, and the next one is read by a new process. Python is isolated from the working directory and
/// its environment (<c>-I</c>), and its standard input is empty. It ends when this process ends, for whatever reason.
/// </remarks>
/// <param name="python">A Python that can import rez: a path, or a name to look up in PATH.</param>
/// <param name="context">What <c>@late</c> functions see; null if they are evaluated outside a resolve.</param>
/// <param name="timeout">The time limit for one package; null for a minute.</param>
/// <param name="timeLimit">The time limit for Python as a whole, counted from now; null for none.</param>
public sealed class PythonEvaluator(
    string python,
    LateContext? context = null,
    TimeSpan? timeout = null,
    TimeSpan? timeLimit = null
) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly long _begun = Stopwatch.GetTimestamp();
    private readonly string _python = python ?? throw new ArgumentNullException(nameof(python));
    private readonly TimeSpan _timeout = timeout ?? TimeSpan.FromMinutes(1);
    private PythonProcess? _process;
    private PackageDataException? _failure;

    /// <summary>The definition of a package.</summary>
    /// <param name="location">The package path that contains it.</param>
    /// <param name="family">Its name.</param>
    /// <param name="version">Its version; empty if it has none.</param>
    /// <exception cref="PackageDataException">Python cannot be run or import rez, or rez cannot read the
    /// package.</exception>
    internal PackageDefinition Evaluate(string location, string family, string version)
    {
        using JsonDocument answer = Ask(location, family, version);
        JsonElement fields = answer.RootElement;
        JsonElement build = fields.GetProperty("build_requires");
        IReadOnlyList<string> buildRequires =
            build.ValueKind == JsonValueKind.Array ? Strings(build) : Deferred(location, build);
        JsonElement timestamp = fields.GetProperty("timestamp");
        bool hasTimestamp = timestamp.ValueKind == JsonValueKind.Number;
        return new PackageDefinition
        {
            Requires = Strings(fields.GetProperty("requires")),
            Variants = [.. fields.GetProperty("variants").EnumerateArray().Select(Strings)],
            BuildRequires = buildRequires,
            Timestamp = hasTimestamp ? timestamp.GetInt64() : 0,
            DeferredTimestamp = hasTimestamp ? null : DeferredTime(location, timestamp),
        };
    }

    /// <summary>The versions of a family.</summary>
    /// <exception cref="PackageDataException">As for <see cref="Evaluate"/>.</exception>
    internal string[] EvaluateVersions(string location, string family)
    {
        using JsonDocument answer = Ask(location, family, version: null);
        return Strings(answer.RootElement.GetProperty("versions"));
    }

    private static string[] Strings(JsonElement list) => [.. list.EnumerateArray().Select(item => item.GetString()!)];

    private static DeferredList Deferred(string location, JsonElement build)
    {
        string message = build.GetProperty("error").GetString()!;
        return new DeferredList(() => throw DefinitionError.In(location, message));
    }

    private static Func<long> DeferredTime(string location, JsonElement timestamp)
    {
        string message = timestamp.GetProperty("error").GetString()!;
        return () => throw DefinitionError.In(location, message);
    }

    private JsonDocument Ask(string location, string family, string? version)
    {
        lock (_lock)
        {
            if (_failure is not null)
            {
                throw DefinitionError.Again(_failure);
            }
            string place = Path.Combine(location, family, version ?? "");
            _process ??= Start();
            JsonDocument answer;
            try
            {
                answer = _process.Ask(writer => WriteQuestion(writer, location, family, version), Remaining());
            }
            catch (PackageDataException e)
            {
                // Other packages may still be readable, so a new process reads them.
                _process.Dispose();
                _process = null;
                throw DefinitionError.In(place, e.Message, e);
            }
            if (!answer.RootElement.TryGetProperty("error", out JsonElement error))
            {
                return answer;
            }
            string message = error.GetString()!;
            answer.Dispose();
            throw DefinitionError.In(place, $"rez cannot read the package: {message}");
        }
    }

    /// <summary>Starts the process. If it does not start, or cannot import rez, that is not tried again.</summary>
    private PythonProcess Start()
    {
        try
        {
            return PythonProcess.Start(_python, context, Remaining());
        }
        catch (PackageDataException e)
        {
            _failure = e;
            throw;
        }
    }

    /// <summary>The time limit for one answer, within what is left of the overall limit.</summary>
    private TimeSpan Remaining()
    {
        if (timeLimit is not { } limit)
        {
            return _timeout;
        }
        TimeSpan left = limit - Stopwatch.GetElapsedTime(_begun);
        return left < TimeSpan.Zero ? TimeSpan.Zero
            : left < _timeout ? left
            : _timeout;
    }

    private static void WriteQuestion(Utf8JsonWriter writer, string location, string family, string? version)
    {
        writer.WriteString("location", location);
        writer.WriteString("family", family);
        if (version is not null)
        {
            writer.WriteString("version", version);
        }
    }

    /// <summary>Ends the Python process, if one was started.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _failure ??= new PackageDataException("the Python evaluator was disposed");
            _process?.Dispose();
        }
    }
}
