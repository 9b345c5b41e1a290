using System.Text.Json;
using Rer.Repositories.Definitions;
using Rer.Repositories.Evaluation;

namespace Rer.Repositories;

/// <summary>
/// Asks rez itself for the definitions that cannot be known without running Python: one Python process, started when
/// the first of them is met, answers for all.
/// </summary>
/// <remarks>Safe for concurrent callers, who wait for each other.</remarks>
/// <param name="python">A Python that can import rez: a path, or a name to look up in PATH.</param>
/// <param name="context">What <c>@late</c> functions are told; null if they are evaluated outside of a resolve.</param>
/// <param name="timeout">How long one package may take; null for a minute.</param>
public sealed class PythonEvaluator(string python, LateContext? context = null, TimeSpan? timeout = null) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly string _python = python ?? throw new ArgumentNullException(nameof(python));
    private readonly TimeSpan _timeout = timeout ?? TimeSpan.FromMinutes(1);
    private PythonProcess? _process;
    private PackageDataException? _failure;

    /// <summary>The definition of a package.</summary>
    /// <param name="location">The package path that holds it.</param>
    /// <param name="family">Its name.</param>
    /// <param name="version">Its version; empty if it has none.</param>
    /// <exception cref="PackageDataException">Python cannot be run or import rez, or rez cannot read the package.
    /// </exception>
    internal PackageDefinition Evaluate(string location, string family, string version)
    {
        using JsonDocument answer = Ask(location, family, version);
        JsonElement fields = answer.RootElement;
        JsonElement build = fields.GetProperty("build_requires");
        IReadOnlyList<string> buildRequires =
            build.ValueKind == JsonValueKind.Array ? Strings(build) : Deferred(location, build);
        return new PackageDefinition
        {
            Requires = Strings(fields.GetProperty("requires")),
            Variants = [.. fields.GetProperty("variants").EnumerateArray().Select(Strings)],
            BuildRequires = buildRequires,
            Timestamp = fields.GetProperty("timestamp").GetInt64(),
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

    private JsonDocument Ask(string location, string family, string? version)
    {
        lock (_lock)
        {
            if (_failure is not null)
            {
                throw DefinitionError.Again(_failure);
            }
            JsonDocument answer;
            try
            {
                _process ??= PythonProcess.Start(_python, context, _timeout);
                answer = _process.Ask(writer => WriteQuestion(writer, location, family, version));
            }
            catch (PackageDataException e)
            {
                // A process that has gone wrong is not asked again.
                _failure = e;
                _process?.Dispose();
                throw;
            }
            if (!answer.RootElement.TryGetProperty("error", out JsonElement error))
            {
                return answer;
            }
            string place = Path.Combine(location, family, version ?? "");
            string message = error.GetString()!;
            answer.Dispose();
            throw DefinitionError.In(place, $"rez cannot read the package: {message}");
        }
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
