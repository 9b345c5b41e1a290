using System.Text;
using System.Text.Json;
using Rer.Books;

namespace Rer.Native;

/// <summary>The results of a call to <c>rer_solve</c>, and the details computed from them on demand.</summary>
internal sealed class SolveAnswer(CompiledRepository repository, SolveQuestion question, ResolveResult[] results)
    : IDisposable
{
    /// <summary>The index that selects the failure that rez reports.</summary>
    private const int Reported = int.MinValue;

    /// <summary>The texts handed out from the results.</summary>
    public NativeTexts Texts { get; } = new();

    public void Dispose() => Texts.Dispose();

    /// <summary>The summary, as described in <c>rer.h</c>.</summary>
    public byte[] Summary() =>
        Json.Write(writer =>
        {
            writer.WriteStartArray();
            for (int item = 0; item < results.Length; item++)
            {
                writer.WriteStartObject();
                WriteSummary(writer, results[item]);
                if (RezRaises.Reason(question.Requests[item], repository, question.Options) is { } reason)
                {
                    writer.WriteString("rez_may_raise", reason);
                }

                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });

    /// <summary>A detail, by its number in <c>rer.h</c>.</summary>
    /// <exception cref="NativeCallException">There is no such result or detail.</exception>
    public byte[] Detail(int item, int detail, int index)
    {
        if (item < 0 || item >= results.Length)
        {
            throw new NativeCallException(NativeCode.OutOfRange, $"no result {item} among {results.Length}");
        }

        try
        {
            return detail switch
            {
                0 => Json.Write(writer => WriteFailure(writer, FailureOf(results[item], index))),
                1 => Json.Write(writer => GraphJson.Write(writer, GraphOf(results[item], index))),
                2 => Encoding.UTF8.GetBytes(GraphOf(results[item], index).ToDot()),
                3 => Json.Write(writer => WriteRequires(writer, results[item])),
                4 => Json.Write(writer => WritePlaces(writer, results[item])),
                _ => throw new NativeCallException(NativeCode.OutOfRange, $"no such detail: {detail}"),
            };
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new NativeCallException(
                NativeCode.OutOfRange,
                $"no failure {index} among {results[item].Statistics.NumFails}"
            );
        }
    }

    private static SolveFailure FailureOf(ResolveResult result, int index)
    {
        FailedResult failed =
            result as FailedResult ?? throw new NativeCallException(NativeCode.OutOfRange, "the solve did not fail");
        return index == Reported ? failed.Failure : failed.GetFailure(index);
    }

    private static SolvedResult AnswerOf(ResolveResult result) =>
        result as SolvedResult ?? throw new NativeCallException(NativeCode.OutOfRange, "the solve has no answer");

    private static ResolveGraph GraphOf(ResolveResult result, int index) =>
        result switch
        {
            SolvedResult solved => solved.GetGraph(),
            FailedResult failed => index == Reported ? failed.GetGraph() : failed.GetGraph(index),
            _ => throw new NativeCallException(NativeCode.OutOfRange, "the solve has no graph: it has no answer"),
        };

    private static void WriteSummary(Utf8JsonWriter writer, ResolveResult result)
    {
        switch (result)
        {
            case SolvedResult solved:
                writer.WriteString("status", "solved");
                writer.WriteResolved(solved.Packages);
                WriteTexts(writer, "ephemerals", solved.Ephemerals);
                break;
            case FailedResult:
                writer.WriteString("status", "failed");
                break;
            case ErrorResult error:
                writer.WriteString("status", "error");
                writer.WriteString("kind", Word(error.Kind));
                writer.WriteString("message", error.Message);
                break;
            case StoppedResult stopped:
                writer.WriteString("status", "stopped");
                writer.WriteString("reason", Word(stopped.Reason));
                writer.WriteString("message", stopped.Message);
                break;
        }

        writer.WriteNumber("num_solves", result.Statistics.NumSolves);
        writer.WriteNumber("num_fails", result.Statistics.NumFails);
        writer.WriteNumber("solve_time", result.Statistics.SolveTime.TotalSeconds);
    }

    private static void WriteFailure(Utf8JsonWriter writer, SolveFailure failure)
    {
        writer.WriteStartObject();
        writer.WriteString(
            "kind",
            failure switch
            {
                DependencyConflictsFailure => "DependencyConflicts",
                TotalReductionFailure => "TotalReduction",
                CycleFailure => "Cycle",
                _ => "Unknown",
            }
        );
        writer.WriteString("description", failure.Description);
        WriteTexts(writer, "involved", failure.InvolvedRequirements);
        writer.WriteEndObject();
    }

    private void WritePlaces(Utf8JsonWriter writer, ResolveResult result)
    {
        LayeredRepository? sources = repository.Source as LayeredRepository;
        writer.WriteStartArray();
        foreach (ResolvedPackage package in AnswerOf(result).Packages)
        {
            if (sources?.PlaceOf(package.Name, package.Version) is { } place)
            {
                writer.WriteNumberValue(place);
            }
            else
            {
                writer.WriteNullValue();
            }
        }

        writer.WriteEndArray();
    }

    private void WriteRequires(Utf8JsonWriter writer, ResolveResult result)
    {
        SolvedResult solved = AnswerOf(result);
        writer.WriteStartArray();
        foreach (ResolvedPackage package in solved.Packages)
        {
            PackageDefinition definition = repository.GetDefinition(package.Name, package.Version);
            writer.WriteStartArray();
            IEnumerable<string> own = package.VariantIndex is { } index ? definition.Variants[index] : [];
            foreach (string requirement in definition.Requires.Concat(own))
            {
                writer.WriteStringValue(requirement);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    private static void WriteTexts(Utf8JsonWriter writer, string name, IReadOnlyList<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (string text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    private static string Word(ResolveErrorKind kind) =>
        kind switch
        {
            ResolveErrorKind.PackageFamilyNotFound => "package_family_not_found",
            ResolveErrorKind.PackageNotFound => "package_not_found",
            ResolveErrorKind.PackageConflict => "package_conflict",
            ResolveErrorKind.InvalidSyntax => "invalid_syntax",
            ResolveErrorKind.PackageOrderer => "package_orderer",
            _ => "package_data",
        };

    private static string Word(StopReason reason) =>
        reason switch
        {
            StopReason.Cancelled => "cancelled",
            StopReason.TimeLimit => "time_limit",
            _ => "callback",
        };
}
