using System.Globalization;
using System.Text.Json;

namespace Rer.Books;

/// <summary>
/// A JSON value and the path to it, so that an error can name its place. The path is a chain. It becomes text only for
/// an error.
/// </summary>
internal readonly record struct JsonPlace(JsonElement Value, JsonTrail Trail)
{
    /// <summary>The items of an array.</summary>
    /// <param name="noun">The name of an item in errors, such as "case".</param>
    public IEnumerable<JsonPlace> Items(string noun)
    {
        Expect(JsonValueKind.Array, "a list");
        int index = 0;
        foreach (JsonElement item in Value.EnumerateArray())
        {
            yield return new JsonPlace(
                item,
                new JsonTrail(Trail, string.Create(CultureInfo.InvariantCulture, $"{noun} {index++}"))
            );
        }
    }

    /// <summary>The members of an object, in order.</summary>
    public IEnumerable<(string Name, JsonPlace Place)> Members()
    {
        Expect(JsonValueKind.Object, "an object");
        foreach (JsonProperty member in Value.EnumerateObject())
        {
            yield return (member.Name, new JsonPlace(member.Value, new JsonTrail(Trail, $"'{member.Name}'")));
        }
    }

    /// <summary>A required member.</summary>
    public JsonPlace Member(string name)
    {
        Expect(JsonValueKind.Object, "an object");
        return Value.TryGetProperty(name, out JsonElement value)
            ? new JsonPlace(value, new JsonTrail(Trail, $"'{name}'"))
            : throw Error($"'{name}' is missing");
    }

    /// <summary>A member that may be missing or null.</summary>
    public JsonPlace? OptionalMember(string name)
    {
        Expect(JsonValueKind.Object, "an object");
        return Value.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null
            ? new JsonPlace(value, new JsonTrail(Trail, $"'{name}'"))
            : null;
    }

    /// <summary>A text.</summary>
    public string Text()
    {
        Expect(JsonValueKind.String, "a text");
        return Value.GetString()!;
    }

    /// <summary>A list of texts.</summary>
    public string[] Texts() => [.. Items("item").Select(item => item.Text())];

    /// <summary>A text or a list of texts. rez's configuration often allows either.</summary>
    public string[] TextOrTexts() => Value.ValueKind == JsonValueKind.String ? [Text()] : Texts();

    /// <summary>A 32-bit integer.</summary>
    public int Int32() =>
        Value.ValueKind == JsonValueKind.Number && Value.TryGetInt32(out int number)
            ? number
            : throw Error($"expected a whole number, found {Found}");

    /// <summary>A 64-bit integer.</summary>
    public long Int64() =>
        Value.ValueKind == JsonValueKind.Number && Value.TryGetInt64(out long number)
            ? number
            : throw Error($"expected a whole number, found {Found}");

    /// <summary>True or false.</summary>
    public bool Boolean() =>
        Value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw Error($"expected true or false, found {Found}"),
        };

    /// <summary>One of several texts, mapped to its meaning.</summary>
    public T OneOf<T>(IReadOnlyDictionary<string, T> meanings)
    {
        string text = Text();
        return meanings.TryGetValue(text, out T? meaning)
            ? meaning
            : throw Error($"expected one of {string.Join(", ", meanings.Keys)}, found {Found}");
    }

    /// <summary>Rejects members with other names. Otherwise a misspelt field would go unnoticed.</summary>
    public void Allow(params ReadOnlySpan<string> names)
    {
        foreach ((string name, JsonPlace place) in Members())
        {
            if (!names.Contains(name))
            {
                throw place.Error($"unknown field; expected one of {string.Join(", ", names.ToArray())}");
            }
        }
    }

    /// <summary>An error at this location.</summary>
    public PackageDataException Error(string message) => new($"{Trail}: {message}");

    private void Expect(JsonValueKind kind, string noun)
    {
        if (Value.ValueKind != kind)
        {
            throw Error($"expected {noun}, found {Found}");
        }
    }

    private string Found =>
        Value.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "a list",
            JsonValueKind.Null => "null",
            _ => Value.GetRawText() is { Length: > 60 } text ? text[..60] + "…" : Value.GetRawText(),
        };
}

/// <summary>The path to a JSON value, starting at its file.</summary>
/// <param name="Parent">The path to the enclosing value; null for the file.</param>
/// <param name="Step">The last step in words.</param>
internal sealed record JsonTrail(JsonTrail? Parent, string Step)
{
    public override string ToString() => Parent is null ? Step : $"{Parent}, {Step}";
}
