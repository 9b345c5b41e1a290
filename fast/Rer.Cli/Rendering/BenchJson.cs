using System.Globalization;
using System.Text;
using System.Text.Json;
using Rer.Cli.Benchmarking;

namespace Rer.Cli.Rendering;

/// <summary>Times as JSON.</summary>
internal static class BenchJson
{
    /// <summary>Writes one indented object and a line break.</summary>
    public static void Write(Provenance provenance, IReadOnlyList<EngineTimes> engines, TextWriter output)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, ResolveJson.WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteString("workload", provenance.Workload);
            writer.WriteString("date", provenance.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            writer.WriteString("version", provenance.Version);
            WriteMachine(writer, provenance.Machine);
            writer.WriteStartArray("engines");
            EngineTimes? rez = engines.FirstOrDefault(engine => engine.Name == Workload.Rez);
            foreach (EngineTimes engine in engines)
                WriteEngine(writer, engine, rez);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        output.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }

    private static void WriteMachine(Utf8JsonWriter writer, Machine machine)
    {
        writer.WriteStartObject("machine");
        writer.WriteString("cpu", machine.Cpu);
        writer.WriteNumber("cores", machine.Cores);
        writer.WriteString("os", machine.Os);
        writer.WriteString("runtime", machine.Runtime);
        writer.WriteEndObject();
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
        if (engine.AllocatedBytesPerSolve is { } bytes)
            writer.WriteNumber("allocated_bytes_per_solve", bytes);
        else
            writer.WriteNull("allocated_bytes_per_solve");
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
