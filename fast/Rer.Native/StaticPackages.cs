using System.Text.Json;
using Rer.Books;
using Rer.Repositories.Definitions;

namespace Rer.Native;

/// <summary>Reads definitions without Python, for a caller that lets rez read all others.</summary>
internal static class StaticPackages
{
    private const int AllCores = -1;

    /// <summary>Answers a question of <c>rer_read_static</c>.</summary>
    /// <exception cref="PackageDataException">It is not as described in <c>rer.h</c>.</exception>
    public static byte[] Answer(JsonPlace question)
    {
        question.Allow("texts", "paths", "threads");
        string[] texts = question.OptionalMember("texts")?.Texts() ?? [];
        string[] paths = question.OptionalMember("paths")?.Texts() ?? [];
        int threads = question.OptionalMember("threads")?.Int32() ?? AllCores;
        if (threads is not (AllCores or > 0))
        {
            throw question.Error("'threads' must be positive");
        }

        StaticPackage?[] packages = new StaticPackage?[texts.Length + paths.Length];
        Parallel.For(
            0,
            packages.Length,
            new ParallelOptions { MaxDegreeOfParallelism = threads },
            i =>
                packages[i] =
                    i < texts.Length ? StaticPackage.TryParse(texts[i]) : StaticPackage.TryRead(paths[i - texts.Length])
        );
        return Json.Write(writer => Write(writer, packages));
    }

    private static void Write(Utf8JsonWriter writer, StaticPackage?[] packages)
    {
        writer.WriteStartArray();
        foreach (StaticPackage? package in packages)
        {
            if (package is null)
            {
                writer.WriteNullValue();
                continue;
            }

            writer.WriteStartArray();
            writer.WriteStringValue(package.Name);
            writer.WriteStringValue(package.Version);
            WriteTexts(writer, package.Requires);
            writer.WriteStartArray();
            foreach (IReadOnlyList<string> variant in package.Variants)
            {
                WriteTexts(writer, variant);
            }

            writer.WriteEndArray();
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    private static void WriteTexts(Utf8JsonWriter writer, IReadOnlyList<string> texts)
    {
        writer.WriteStartArray();
        foreach (string text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }
}
