using System.Numerics;
using Rer.Repositories.Python;

namespace Rer.Repositories.Definitions;

/// <summary>
/// The content of a package definition in any format: rez's dict of package data, as far as it is known without running
/// Python.
/// </summary>
internal interface IDefinitionData
{
    /// <summary>The location of the definition, for messages.</summary>
    string Path { get; }

    /// <summary>The field of a given name; null if there is none.</summary>
    DefinitionField? Find(string name);

    /// <inheritdoc cref="PackageDefinition.DependsOn" />
    IReadOnlyCollection<string> DependsOn => [];

    /// <inheritdoc cref="PackageDefinition.IsFollowed" />
    bool IsFollowed => true;
}

/// <summary>Reads the fields that a solve needs from package data, as strictly as rez's schema does.</summary>
/// <remarks>Corresponds to <c>rez.package_resources.package_pod_schema</c>.</remarks>
internal sealed class DefinitionFields(IDefinitionData data)
{
    /// <summary>Reads all fields that a solve needs.</summary>
    /// <param name="isFollowed">The value of <see cref="PackageFile.IsFollowed"/>.</param>
    /// <exception cref="PackageDataException">rez rejects a field, or it cannot be known without Python.</exception>
    public PackageFile Read(bool isFollowed = true)
    {
        string[] requires = ReadRequirements("requires");
        string[][] variants = ReadVariants();
        IReadOnlyList<string> build = ReadBuildRequirements();
        Func<long>? deferred = null;
        long timestamp = 0;
        try
        {
            timestamp = ReadTimestamp();
        }
        catch (PackageDataException e)
        {
            // rez reads the timestamp only to filter or order by time.
            deferred = () => throw DefinitionError.Again(e);
        }
        return new()
        {
            Name = TextOf("name"),
            Version = TextOf("version"),
            IsFollowed = isFollowed,
            Definition = new PackageDefinition(requires, variants, build)
            {
                Timestamp = timestamp,
                DeferredTimestamp = deferred,
                DependsOn = data.DependsOn,
                IsFollowed = data.IsFollowed,
            },
        };
    }

    /// <summary>A field that is a list of strings; null if there is none.</summary>
    public string[]? ReadStrings(string field) =>
        Find(field) is { } found ? Strings(field, "a list of strings", found) : null;

    /// <summary>A field whose value is known; null if it is not set.</summary>
    public DefinitionField? Find(string field) =>
        data.Find(field) is { } found ? found with { Value = Known(field, found.Value) } : null;

    public PackageDataException Mismatch(string field, string expected, DefinitionField found) =>
        DefinitionError.At(data.Path, found.Line, $"'{field}' must be {expected}, found {found.Value.TypeName}");

    private string? TextOf(string field) => (data.Find(field)?.Value as PythonString)?.Text;

    private string[] ReadRequirements(string field)
    {
        if (data.Find(field)?.Value is PythonFunction { Binding: PythonBinding.Late } late)
        {
            throw DefinitionError.NeedsPython(data.Path, late.Line, $"'{field}' is a @late function");
        }
        return ReadStrings(field) ?? [];
    }

    /// <summary>
    /// rez reads build requirements only when it solves for a build, so an invalid value goes unnoticed until then.
    /// </summary>
    private IReadOnlyList<string> ReadBuildRequirements()
    {
        try
        {
            return ReadRequirements("build_requires");
        }
        catch (PackageDataException e)
        {
            return new DeferredList(() => throw DefinitionError.Again(e));
        }
    }

    private string[][] ReadVariants()
    {
        const string Field = "variants";
        const string Expected = "a list of lists of strings";
        if (Find(Field) is not { } found)
        {
            return [];
        }
        List<PythonValue> items = Items(Field, Expected, found);
        string[][] variants = items.Count == 0 ? [] : new string[items.Count][];
        for (int i = 0; i < variants.Length; i++)
        {
            variants[i] = Strings(Field, Expected, found with { Value = Known(Field, items[i]) });
        }
        return variants;
    }

    private long ReadTimestamp()
    {
        const string Field = "timestamp";
        if (Find(Field) is not { } found)
        {
            return 0;
        }
        return found.Value switch
        {
            // Times beyond these bounds cannot be compared with anything.
            PythonInteger { Value: var seconds } => (long)
                BigInteger.Max(long.MinValue, BigInteger.Min(seconds, long.MaxValue)),
            PythonBoolean boolean => boolean.Value ? 1 : 0, // an int in Python
            _ => throw Mismatch(Field, "an integer", found),
        };
    }

    private string[] Strings(string field, string expected, DefinitionField found)
    {
        List<PythonValue> items = Items(field, expected, found);
        string[] strings = items.Count == 0 ? [] : new string[items.Count];
        for (int i = 0; i < strings.Length; i++)
        {
            PythonValue item = Known(field, items[i]);
            strings[i] = item is PythonString text
                ? text.Text
                : throw Mismatch(field, expected, found with { Value = item });
        }
        return strings;
    }

    private List<PythonValue> Items(string field, string expected, DefinitionField found) =>
        found.Value is PythonSequence { Kind: PythonSequenceKind.List } list
            ? list.Items
            : throw Mismatch(field, expected, found);

    /// <summary>A value of a field, or inside one, that must be known.</summary>
    public PythonValue Known(string field, PythonValue value)
    {
        PythonUnknown? unknown = value as PythonUnknown ?? (value as PythonContainer)?.Changed;
        if (unknown is not null)
        {
            throw DefinitionError.NeedsPython(data.Path, unknown.Line, $"'{field}' {unknown.Reason}");
        }
        return value is PythonFunction { Binding: PythonBinding.Early } early
            ? throw DefinitionError.NeedsPython(data.Path, early.Line, $"'{field}' is an @early function")
            : value;
    }
}
