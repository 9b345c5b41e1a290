using System.Globalization;
using System.Text.Json;
using Rer.Cli.Benchmarking;

namespace Rer.Cli.Rendering;

/// <summary>Times as JSON.</summary>
internal static class BenchJson
{
    /// <summary>Writes the times of engines as one indented object and a line break.</summary>
    public static void Write(Provenance provenance, IReadOnlyList<EngineTimes> engines, TextWriter output) =>
        Write(
            provenance,
            "engines",
            writer =>
            {
                EngineTimes? rez = engines.FirstOrDefault(engine => engine.Name == Workload.Rez);
                foreach (EngineTimes engine in engines)
                {
                    WriteEngine(writer, engine, rez);
                }
            },
            output
        );

    /// <summary>Writes the times of all stages as one indented object and a line break.</summary>
    public static void Write(
        Provenance provenance,
        IReadOnlyList<Stage> stages,
        IReadOnlyList<Stage> rezStages,
        TextWriter output
    ) =>
        Write(
            provenance,
            "stages",
            writer =>
            {
                foreach (Stage stage in rezStages.Concat(stages))
                {
                    WriteStage(writer, stage, stages.Contains(stage) ? rezStages : []);
                }
            },
            output
        );

    private static void Write(
        Provenance provenance,
        string name,
        Action<Utf8JsonWriter> writeItems,
        TextWriter output
    ) =>
        JsonText.Write(
            output,
            writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("workload", provenance.Workload);
                writer.WriteString("date", provenance.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                writer.WriteString("version", provenance.Version);
                WriteMachine(writer, provenance.Machine);
                writer.WriteStartArray(name);
                writeItems(writer);
                writer.WriteEndArray();
                writer.WriteEndObject();
            }
        );

    private static void WriteMachine(Utf8JsonWriter writer, Machine machine)
    {
        writer.WriteStartObject("machine");
        writer.WriteString("cpu", machine.Cpu);
        writer.WriteNumber("cores", machine.Cores);
        writer.WriteString("os", machine.Os);
        writer.WriteString("runtime", machine.Runtime);
        writer.WriteEndObject();
    }

    private static void WriteStage(Utf8JsonWriter writer, Stage stage, IReadOnlyList<Stage> rezStages)
    {
        writer.WriteStartObject();
        writer.WriteString("name", stage.Name);
        writer.WriteNumber("requests", stage.Times.Count);
        WriteTime("median_ms", Quantiles.Of(stage.Totals, 0.5));
        WriteTime("p95_ms", Quantiles.Of(stage.Totals, 0.95));
        WriteTime("max_ms", stage.Totals.DefaultIfEmpty(0).Max());
        foreach ((string part, double median) in WayText.PartsOf(stage))
        {
            WriteTime($"median_{part}_ms", median);
        }
        writer.WriteStartObject("ratio_to");
        foreach (Stage rez in rezStages)
        {
            WriteTime(rez.Name, stage.TimesFasterThan(rez));
        }
        writer.WriteEndObject();
        writer.WriteEndObject();

        void WriteTime(string name, double value) => writer.WriteNumber(name, Math.Round(value, 6));
    }

    private static void WriteEngine(Utf8JsonWriter writer, EngineTimes engine, EngineTimes? rez)
    {
        writer.WriteStartObject();
        writer.WriteString("name", engine.Name);
        writer.WriteNumber("cases", engine.Answers.Count);
        WriteTime("first_pass_total_ms", engine.FirstPassTotal);
        WriteTime("best_total_ms", engine.BestTotal);
        WriteTime("median_total_ms", engine.MedianTotal);
        WriteTime("mean_ms", engine.Mean);
        WriteTime("median_ms", engine.Median);
        WriteTime("p95_ms", engine.P95);
        WriteTime("max_ms", engine.Max);
        writer.WriteNumberOrNull("allocated_bytes_per_solve", engine.AllocatedBytesPerSolve);
        if (rez is null)
        {
            writer.WriteNull("ratio_to_rez");
        }
        else
        {
            SpeedRatio ratio = engine.RatioTo(rez);
            writer.WriteStartObject("ratio_to_rez");
            WriteTime("total", ratio.Total);
            WriteTime("low", ratio.Low);
            WriteTime("high", ratio.High);
            WriteTime("median_case", ratio.MedianCase);
            writer.WriteEndObject();
        }
        writer.WriteEndObject();

        void WriteTime(string name, double value) => writer.WriteNumber(name, Math.Round(value, 6));
    }
}
