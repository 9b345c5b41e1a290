using Rer.Repositories.Definitions;
using Rer.Repositories.Disk;
using Rer.Repositories.Python;
using Rer.Versions;

namespace Rer.Repositories.Layout;

/// <summary>
/// A family in one file. <c>family.py</c> or <c>family.yaml</c> lists its versions, and <c>version_overrides</c>
/// contains the fields in which some of them differ. Corresponds to <c>FileSystemCombinedPackageFamilyResource</c>.
/// </summary>
internal sealed class CombinedFamily : IFamilySource
{
    private readonly IDefinitionData _data;
    private readonly Lazy<List<(VersionRange Range, PythonDictionary Fields, int Line)>> _overrides;

    private CombinedFamily(IDefinitionData data, FileLook file, bool isSettled)
    {
        _data = data;
        (File, IsSettled) = (file, isSettled);
        DefinitionFields fields = new(data);
        string[]? versions = fields.ReadStrings("versions");
        Versions = versions is { Length: > 0 } ? versions : [""];
        // Overrides count only if the file has a list of versions, even an empty one. rez reads them when a version is
        // loaded.
        _overrides = new(() => versions is null ? [] : ReadOverrides(fields));
    }

    public IReadOnlyList<string> Versions { get; }

    /// <summary>The state of its file when it was read.</summary>
    public FileLook File { get; }

    /// <summary>Whether any later change would be visible in <see cref="File"/>.</summary>
    public bool IsSettled { get; }

    /// <summary>Reads a family; null if there is no such file.</summary>
    /// <param name="root">The package path.</param>
    /// <param name="name">The family's name.</param>
    /// <param name="extension">The extension of the file.</param>
    /// <exception cref="PackageDataException">The file cannot be read.</exception>
    public static CombinedFamily? TryRead(DirectoryRoot root, string name, string extension)
    {
        DateTimeOffset begun = DateTimeOffset.UtcNow;
        return DefinitionFile.TryRead(root, root.Path, name + extension) is { } file
            ? new CombinedFamily(file.Data, file.File, !file.MayChangeUnseen && file.File.IsSettledAt(begun))
            : null;
    }

    private List<(VersionRange Range, PythonDictionary Fields, int Line)> ReadOverrides(DefinitionFields fields)
    {
        const string Field = "version_overrides";
        const string Expected = "a dict of dicts by version range";
        List<(VersionRange Range, PythonDictionary Fields, int Line)> list = [];
        if (fields.Find(Field) is not { } overrides)
        {
            return list;
        }
        if (overrides.Value is not PythonDictionary entries)
        {
            throw fields.Mismatch(Field, Expected, overrides);
        }
        if (entries.Entries.Count == 0)
        {
            throw DefinitionError.At(_data.Path, overrides.Line, $"'{Field}' is empty, which rez rejects");
        }
        foreach ((PythonValue key, PythonValue value) in PythonOperators.EntriesOf(entries))
        {
            if (fields.Known(Field, key) is not PythonString range)
            {
                throw fields.Mismatch(Field, Expected, overrides with { Value = key });
            }
            if (fields.Known(Field, value) is not PythonDictionary dictionary)
            {
                throw fields.Mismatch(Field, Expected, overrides with { Value = value });
            }
            dictionary.Entries.ForEach(entry => fields.Known(Field, entry.Key));
            VersionRange parsed;
            try
            {
                parsed = VersionRange.Parse(range.Text);
            }
            catch (VersionSyntaxException e)
            {
                throw DefinitionError.At(_data.Path, overrides.Line, $"'{Field}': {e.Message}");
            }
            // rez makes a dict of the ranges, and raises if that has fewer entries than the field.
            if (list.Exists(entry => entry.Range.Equals(parsed)))
            {
                throw DefinitionError.At(_data.Path, overrides.Line, $"'{Field}': '{range.Text}' is listed twice");
            }
            list.Add((parsed, dictionary, overrides.Line));
        }
        return list;
    }

    /// <inheritdoc />
    public string PathOf(string version) => _data.Path;

    /// <inheritdoc />
    public PackageDefinition Load(string version) =>
        new DefinitionFields(new VersionData(this, Version.Parse(version))).Read().Definition;

    /// <summary>The data of one version: its overrides, the last first, and then the fields of all versions.</summary>
    private sealed class VersionData(CombinedFamily family, Version version) : IDefinitionData
    {
        public string Path => family._data.Path;

        public IReadOnlyCollection<string> DependsOn => family._data.DependsOn;

        public bool IsFollowed => family._data.IsFollowed;

        public DefinitionField? Find(string name) =>
            // rez counts the variants of such a package before it validates them. If there are none, it validates
            // nothing.
            OwnOrCommon(name) is { } found
            && !(name == "variants" && IsEmpty(found.Value))
                ? found
                : null;

        private bool IsEmpty(PythonValue value) =>
            value is PythonDictionary { ScopeContents: { } contents }
                ? throw DefinitionError.NeedsPython(Path, contents.Line, $"'variants' {contents.Reason}")
                : value is PythonString or PythonBytes or PythonSequence or PythonDictionary
                    && PythonInterpreter.TruthOf(value) == false;

        private DefinitionField? OwnOrCommon(string name)
        {
            foreach (
                (VersionRange range, PythonDictionary fields, int line) in family
                    ._overrides.Value.AsEnumerable()
                    .Reverse()
            )
            {
                if (range.Contains(version) && PythonOperators.ItemOf(fields, new PythonString(name)) is { } value)
                {
                    return new DefinitionField(value, line);
                }
            }
            return family._data.Find(name);
        }
    }
}
