namespace Rer.Repositories.Python;

/// <summary>
/// Takes the fields that a solve looks at out of a module that has run, as strictly as rez's schema does
/// (<c>package_pod_schema</c>).
/// </summary>
internal sealed class PythonFields(PythonSource source, PythonInterpreter module)
{
    public PackageFile Read()
    {
        if (module.MayFail is { } mayFail)
        {
            throw source.NeedsPython(mayFail.Line, $"the rest of the file {mayFail.Reason}");
        }
        return new PackageFile
        {
            Name = (module.Find("name")?.Value as PythonString)?.Text,
            Version = (module.Find("version")?.Value as PythonString)?.Text,
            Definition = new PackageDefinition
            {
                Requires = ReadRequirements("requires"),
                Variants = ReadVariants(),
                BuildRequires = ReadRequirements("build_requires"),
                Timestamp = ReadTimestamp(),
            },
        };
    }

    private string[] ReadRequirements(string field)
    {
        if (Find(field) is not { } found)
        {
            return [];
        }
        if (found.Value is PythonFunction { Binding: PythonBinding.Late } late)
        {
            throw source.NeedsPython(late.Line, $"'{field}' is a @late function");
        }
        return Strings(field, "a list of strings", found);
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
            variants[i] = Strings(Field, Expected, (Known(Field, items[i]), found.Line));
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
            PythonInteger integer when integer.Value >= long.MinValue && integer.Value <= long.MaxValue => (long)
                integer.Value,
            PythonBoolean boolean => boolean.Value ? 1 : 0, // an int to Python
            _ => throw Mismatch(Field, "an integer", found),
        };
    }

    private (PythonValue Value, int Line)? Find(string field) =>
        module.Find(field) is { } found ? (Known(field, found.Value), found.Line) : null;

    private string[] Strings(string field, string expected, (PythonValue Value, int Line) found)
    {
        List<PythonValue> items = Items(field, expected, found);
        string[] strings = items.Count == 0 ? [] : new string[items.Count];
        for (int i = 0; i < strings.Length; i++)
        {
            PythonValue item = Known(field, items[i]);
            strings[i] = item is PythonString text ? text.Text : throw Mismatch(field, expected, (item, found.Line));
        }
        return strings;
    }

    private List<PythonValue> Items(string field, string expected, (PythonValue Value, int Line) found) =>
        found.Value is PythonSequence { Kind: PythonSequenceKind.List } list
            ? list.Items
            : throw Mismatch(field, expected, found);

    private PythonValue Known(string field, PythonValue value)
    {
        PythonUnknown? unknown = value as PythonUnknown ?? (value as PythonContainer)?.Changed;
        if (unknown is not null)
        {
            throw source.NeedsPython(unknown.Line, $"'{field}' {unknown.Reason}");
        }
        return value is PythonFunction { Binding: PythonBinding.Early } early
            ? throw source.NeedsPython(early.Line, $"'{field}' is an @early function")
            : value;
    }

    private PackageDataException Mismatch(string field, string expected, (PythonValue Value, int Line) found) =>
        source.Error(found.Line, $"'{field}' must be {expected}, found {found.Value.TypeName}");
}
