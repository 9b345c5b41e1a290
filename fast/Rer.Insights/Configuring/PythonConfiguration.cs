using System.Text.Json.Nodes;
using Rer.Repositories.Python;

namespace Rer.Insights.Configuring;

/// <summary>
/// Reads the settings of a <c>rezconfig.py</c> without Python, in the same way as a <c>package.py</c>. Code that may
/// fail is assumed to succeed, because rez would not start if it failed.
/// </summary>
/// <remarks>Corresponds to <c>rez.config._load_config_py</c>.</remarks>
internal static class PythonConfiguration
{
    /// <summary>Reads settings.</summary>
    /// <param name="path">The file, for errors and as the code's <c>__file__</c>.</param>
    /// <param name="content">The content of the file.</param>
    /// <param name="names">The settings to read.</param>
    /// <param name="unread">Receives the names of settings that cannot be known without running Python, and
    /// why.</param>
    /// <exception cref="BadInputException">The content is not Python, or is certain to fail.</exception>
    public static JsonObject Read(
        string path,
        ReadOnlySpan<byte> content,
        IEnumerable<string> names,
        IDictionary<string, string> unread
    )
    {
        PythonInterpreter module;
        try
        {
            module = PythonInterpreter.Run(PythonSource.Decode(path, content), defined: Defined(path));
        }
        catch (PackageDataException e)
        {
            throw new BadInputException(e.Message, e);
        }
        JsonObject settings = [];
        foreach (string name in names)
        {
            if (module.Find(name) is not { } field)
            {
                continue;
            }
            PythonUnknown? unknown = null;
            JsonNode? value = JsonOf(field.Value, ref unknown);
            if (unknown is null)
            {
                settings[name] = value;
            }
            else
            {
                unread[name] =
                    $"{path}:{(unknown.Line > 0 ? unknown.Line : field.Line)}: '{name}' {unknown.Reason}; only Python can tell";
            }
        }
        return settings;
    }

    private static Dictionary<string, PythonValue> Defined(string path) =>
        new()
        {
            ["__file__"] = new PythonString(path),
            ["__name__"] = new PythonString(Path.GetFileNameWithoutExtension(path)),
            ["rez_version"] = new PythonUnknown(0, "depends on rez's version"),
            ["ModifyList"] = PythonListChange.Maker,
            ["DelayLoad"] = new PythonUnknown(0, "is in a separate file"),
        };

    /// <summary>Converts a value to JSON.</summary>
    /// <param name="value">The value.</param>
    /// <param name="unknown">Set if the value, or part of it, is unknown.</param>
    private static JsonNode? JsonOf(PythonValue value, ref PythonUnknown? unknown)
    {
        switch (value)
        {
            case PythonNone:
                return null;
            case PythonString { Text: var text }:
                return JsonValue.Create(text);
            case PythonBoolean { Value: var flag }:
                return JsonValue.Create(flag);
            case PythonInteger { Value: var number } when number >= long.MinValue && number <= long.MaxValue:
                return JsonValue.Create((long)number);
            case PythonFloat { Value: var number } when double.IsFinite(number):
                return JsonValue.Create(number);
            case PythonSequence { Changed: null, Kind: not PythonSequenceKind.Set } sequence:
                JsonArray items = [];
                foreach (PythonValue item in sequence.Items)
                {
                    items.Add(JsonOf(item, ref unknown));
                }
                return items;
            case PythonDictionary { Changed: null } dictionary
                when dictionary.Entries.All(entry => entry.Key is PythonString):
                JsonObject members = [];
                foreach ((PythonValue key, PythonValue member) in dictionary.Entries)
                {
                    members[((PythonString)key).Text] = JsonOf(member, ref unknown);
                }
                return members;
            case PythonListChange change:
                return ListChange.Of(ListOf(change.Prepend, ref unknown), ListOf(change.Append, ref unknown));
            case PythonUnknown nothing:
                unknown ??= nothing;
                return null;
            case PythonContainer { Changed: { } changed }:
                unknown ??= changed;
                return null;
            default:
                unknown ??= new PythonUnknown(0, $"is, or contains, a value of type {value.TypeName}");
                return null;
        }
    }

    private static JsonArray ListOf(PythonSequence? list, ref PythonUnknown? unknown) =>
        list is null ? [] : JsonOf(list, ref unknown) as JsonArray ?? [];
}
