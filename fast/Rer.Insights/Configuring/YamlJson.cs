using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Rer.Insights.Configuring;

/// <summary>
/// Converts YAML to JSON, so that one reader can read both. Plain scalars have the meaning that PyYAML (YAML 1.1) gives
/// them.
/// </summary>
internal static partial class YamlJson
{
    /// <summary>The depth that the JSON reader allows.</summary>
    private const int MaxDepth = 60;

    private const long MaxLength = 4 << 20;
    private const string TooDeep = "nested too deeply, or an anchor that contains itself";

    /// <summary>The document of a YAML text, as JSON; null for an empty text.</summary>
    /// <exception cref="BadInputException">The text is not YAML.</exception>
    public static JsonElement Parse(string text, string source)
    {
        var stream = new YamlStream();
        try
        {
            CheckDepth(text, source);
            stream.Load(new StringReader(text));
        }
        catch (YamlException e)
        {
            throw new BadInputException(
                string.Create(CultureInfo.InvariantCulture, $"{source}: not YAML at line {e.Start.Line}: {e.Message}"),
                e
            );
        }
        catch (Exception e)
            when (e is InvalidOperationException or NullReferenceException or ArgumentException or FormatException)
        {
            // The library's scanner crashes on some texts before it can report where it is.
            throw new BadInputException(
                $"{source}: not YAML: a bracket, quote, tag or directive is not finished, or there is a null character",
                e
            );
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            if (stream.Documents.Count == 0)
            {
                writer.WriteNullValue();
            }
            else
            {
                Write(writer, stream.Documents[0].RootNode, source, depth: 0);
            }
        }
        using JsonDocument document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.Clone();
    }

    /// <summary>
    /// Checks how deeply a text is nested, without recursion. The library would recurse and overflow the stack.
    /// </summary>
    private static void CheckDepth(string text, string source)
    {
        var parser = new Parser(new StringReader(text));
        int depth = 0;
        while (parser.MoveNext())
        {
            depth += parser.Current!.NestingIncrease;
            if (depth > MaxDepth + 2) // the stream and the document count too
            {
                throw Error(parser.Current.Start, source, TooDeep);
            }
        }
    }

    private static void Write(Utf8JsonWriter writer, YamlNode node, string source, int depth)
    {
        // An alias may refer to its own parent, and a few aliases can expand to any size.
        if (depth > MaxDepth)
        {
            throw Error(node.Start, source, TooDeep);
        }
        if (writer.BytesCommitted + writer.BytesPending > MaxLength)
        {
            throw Error(node.Start, source, $"with its aliases expanded, it is larger than {MaxLength >> 20} MB");
        }
        switch (node)
        {
            case YamlMappingNode mapping:
                writer.WriteStartObject();
                foreach ((YamlNode key, YamlNode value) in mapping.Children)
                {
                    if (key is not YamlScalarNode { Value: { } name })
                    {
                        throw Error(key.Start, source, "a key is not a string");
                    }
                    writer.WritePropertyName(name);
                    Write(writer, value, source, depth + 1);
                }
                writer.WriteEndObject();
                break;
            case YamlSequenceNode sequence:
                writer.WriteStartArray();
                foreach (YamlNode item in sequence.Children)
                {
                    Write(writer, item, source, depth + 1);
                }
                writer.WriteEndArray();
                break;
            case YamlScalarNode scalar:
                WriteScalar(writer, scalar);
                break;
            default:
                throw Error(node.Start, source, "aliases are not supported");
        }
    }

    private static void WriteScalar(Utf8JsonWriter writer, YamlScalarNode scalar)
    {
        string text = scalar.Value ?? "";
        if (scalar.Style != ScalarStyle.Plain)
        {
            writer.WriteStringValue(text);
        }
        else if (text is "" or "~" or "null" or "Null" or "NULL")
        {
            writer.WriteNullValue();
        }
        else if (TruePattern().IsMatch(text))
        {
            writer.WriteBooleanValue(true);
        }
        else if (FalsePattern().IsMatch(text))
        {
            writer.WriteBooleanValue(false);
        }
        else if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole))
        {
            writer.WriteNumberValue(whole);
        }
        else if (FloatPattern().IsMatch(text))
        {
            writer.WriteNumberValue(double.Parse(text, CultureInfo.InvariantCulture));
        }
        else
        {
            writer.WriteStringValue(text);
        }
    }

    private static BadInputException Error(Mark place, string source, string message) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{source}: line {place.Line}: {message}"));

    [GeneratedRegex("^(yes|Yes|YES|true|True|TRUE|on|On|ON)$")]
    private static partial Regex TruePattern();

    [GeneratedRegex("^(no|No|NO|false|False|FALSE|off|Off|OFF)$")]
    private static partial Regex FalsePattern();

    [GeneratedRegex(@"^[-+]?[0-9]+\.[0-9]*([eE][-+][0-9]+)?$")]
    private static partial Regex FloatPattern();
}
