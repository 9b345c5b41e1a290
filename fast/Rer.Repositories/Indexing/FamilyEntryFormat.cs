using System.Text;
using Rer.Compiling;
using Rer.Repositories.Definitions;
using Rer.Repositories.Disk;
using Rer.Repositories.Layout;

namespace Rer.Repositories.Indexing;

/// <summary>What is known about a version's definition.</summary>
[Flags]
internal enum DefinitionState : byte
{
    /// <summary>Nothing is known. It was not read, or cannot be understood without the disk or Python.</summary>
    None,
    Known = 1,

    /// <summary>It is in a <c>package.yaml</c>.</summary>
    Yaml = 2,

    /// <summary>It also depends on its version's directory.</summary>
    HasDirectory = 4,

    /// <summary>Python has evaluated it.</summary>
    Evaluated = 8,

    /// <summary>Its build requirements are not known.</summary>
    DefersBuildRequires = 16,

    /// <summary>It has its own file.</summary>
    HasFile = 32,
}

/// <summary>Properties of a family entry.</summary>
[Flags]
internal enum FamilyTraits : byte
{
    /// <inheritdoc cref="FamilyContent.IsListed" />
    Listed = 1,

    /// <inheritdoc cref="FamilyContent.IsSteady" />
    Steady = 2,

    /// <summary>Its versions are in ordinal order, which allows binary search.</summary>
    InOrder = 4,

    /// <summary>Python has evaluated one of its definitions.</summary>
    Evaluated = 8,
}

/// <summary>Writes the bytes that a <see cref="FamilyEntry"/> reads.</summary>
internal static class FamilyEntryFormat
{
    /// <summary>The bytes of a family.</summary>
    /// <param name="content">What is known about it.</param>
    /// <param name="use">Where the entry will be valid.</param>
    /// <param name="compiled">Its compiled form; null if it cannot be compiled.</param>
    public static byte[] Write(FamilyContent content, IdentityUse use, CompiledFamily? compiled)
    {
        FormatWriter body = new();
        ContentTable contents = new(body);
        body.WriteString(content.Name);
        body.WriteNumber((int)content.Kind);
        body.WriteNumber((int)TraitsOf(content));
        body.WriteSigned(content.Seen);
        WriteIdentity(body, content.Identity, use);
        WriteVersions(body, contents, content, use);
        contents.WriteTo(body);
        FormatWriter tables = new(body);
        bool isWritten = compiled is not null && FamilyFormat.TryWrite(tables, compiled);
        body.WriteNumber(isWritten ? 1 : 0);
        if (isWritten)
        {
            body.WriteBytes(tables.Written);
        }

        FormatWriter entry = new();
        FormatStrings.Write(entry, body.Strings);
        entry.WriteBytes(body.Written);
        return entry.Written.ToArray();
    }

    private static FamilyTraits TraitsOf(FamilyContent content) =>
        (content.IsListed ? FamilyTraits.Listed : 0)
        | (content.IsSteady ? FamilyTraits.Steady : 0)
        | (IsInOrder(content.Versions) ? FamilyTraits.InOrder : 0)
        | (content.Definitions.Values.Any(definition => definition.IsEvaluated) ? FamilyTraits.Evaluated : 0);

    private static bool IsInOrder(IReadOnlyList<string> versions)
    {
        for (int i = 1; i < versions.Count; i++)
        {
            if (string.CompareOrdinal(versions[i - 1], versions[i]) >= 0)
            {
                return false;
            }
        }
        return true;
    }

    private static void WriteVersions(FormatWriter body, ContentTable contents, FamilyContent content, IdentityUse use)
    {
        FormatWriter versions = new(body);
        body.WriteNumber(content.Versions.Count);
        foreach (string version in content.Versions)
        {
            body.WritePlace(versions.Length);
            versions.WriteString(version);
            if (content.Definitions.TryGetValue(version, out IndexedDefinition? definition))
            {
                WriteDefinition(versions, contents, definition, use);
            }
            else
            {
                versions.WriteNumber((int)DefinitionState.None);
            }
        }
        body.WriteNumber(versions.Length);
        body.WriteBytes(versions.Written);
    }

    private static void WriteDefinition(
        FormatWriter writer,
        ContentTable contents,
        IndexedDefinition definition,
        IdentityUse use
    )
    {
        DefinitionIdentity identity = definition.Identity;
        DefinitionState state =
            DefinitionState.Known
            | (identity.IsYaml ? DefinitionState.Yaml : 0)
            | (identity.File.Kind != FileKind.None ? DefinitionState.HasFile : 0)
            | (identity.Directory.Kind != FileKind.None ? DefinitionState.HasDirectory : 0)
            | (definition.IsEvaluated ? DefinitionState.Evaluated : 0)
            | (definition.Definition.BuildRequires is DeferredList ? DefinitionState.DefersBuildRequires : 0);
        writer.WriteNumber((int)state);
        writer.WriteSigned(definition.Definition.Timestamp);
        if ((state & DefinitionState.HasFile) != 0)
        {
            WriteIdentity(writer, identity.File, use);
        }
        if ((state & DefinitionState.HasDirectory) != 0)
        {
            WriteIdentity(writer, identity.Directory, use);
        }
        writer.WriteNumber(contents.PlaceOf(definition.Definition));
    }

    /// <summary>Reads the file state for which a definition is valid.</summary>
    public static DefinitionIdentity ReadDefinitionIdentity(
        ref FormatReader reader,
        IdentityUse use,
        DefinitionState state
    )
    {
        FileIdentity file = (state & DefinitionState.HasFile) != 0 ? ReadIdentity(ref reader, use) : default;
        FileIdentity directory = (state & DefinitionState.HasDirectory) != 0 ? ReadIdentity(ref reader, use) : default;
        return new DefinitionIdentity(file, (state & DefinitionState.Yaml) != 0, directory);
    }

    /// <summary>Writes an identity.</summary>
    public static void WriteIdentity(FormatWriter writer, FileIdentity identity, IdentityUse use)
    {
        writer.WriteNumber((long)identity.Kind);
        if (identity.Kind == FileKind.None)
        {
            return;
        }
        writer.WriteNumber(identity.Size);
        writer.WriteFixed(identity.Modified);
        writer.WriteSigned(identity.Changed - identity.Modified); // usually they are equal
        if (use == IdentityUse.Local)
        {
            writer.WriteNumber(identity.Device);
            writer.WriteNumber(identity.Number);
        }
    }

    /// <summary>Reads an identity.</summary>
    /// <exception cref="PackageDataException">The entry is damaged.</exception>
    public static FileIdentity ReadIdentity(ref FormatReader reader, IdentityUse use)
    {
        FileKind kind = (FileKind)reader.ReadInt();
        if (kind == FileKind.None)
        {
            return default;
        }
        long size = reader.ReadNumber();
        long modified = reader.ReadFixed();
        long changed = modified + reader.ReadSigned();
        return use == IdentityUse.Local
            ? new FileIdentity(use, kind, size, modified, changed, reader.ReadNumber(), reader.ReadNumber())
            : new FileIdentity(use, kind, size, modified, changed, 0, 0);
    }

    /// <summary>The contents of definitions, each stored once. Strings are stored as positions in a table.</summary>
    private sealed class ContentTable(FormatWriter strings)
    {
        private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
        private readonly FormatWriter _written = new();

        /// <summary>The position of a definition's contents, which are added if they are not in the table.</summary>
        public int PlaceOf(PackageDefinition definition)
        {
            FormatWriter content = new();
            WriteList(content, definition.Requires);
            content.WriteNumber(definition.Variants.Count);
            foreach (IReadOnlyList<string> variant in definition.Variants)
            {
                WriteList(content, variant);
            }
            WriteList(content, definition.BuildRequires is DeferredList ? [] : definition.BuildRequires);
            string key = Encoding.Latin1.GetString(content.Written);
            if (!_places.TryGetValue(key, out int place))
            {
                _places.Add(key, place = _places.Count);
                _written.WriteNumber(content.Length);
                _written.WriteBytes(content.Written);
            }
            return place;
        }

        public void WriteTo(FormatWriter writer)
        {
            FormatWriter table = new();
            table.WriteNumber(_places.Count);
            table.WriteBytes(_written.Written);
            writer.WriteNumber(table.Length);
            writer.WriteBytes(table.Written);
        }

        private void WriteList(FormatWriter content, IReadOnlyList<string> list)
        {
            content.WriteNumber(list.Count);
            foreach (string text in list)
            {
                content.WriteNumber(strings.PlaceOf(text));
            }
        }
    }
}
