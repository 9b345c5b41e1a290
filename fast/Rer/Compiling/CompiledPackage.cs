using System.Globalization;
using System.Runtime.InteropServices;
using Rer.Versions;

namespace Rer.Compiling;

/// <summary>A package definition with its requirements parsed and merged, variant by variant.</summary>
internal sealed class CompiledPackage
{
    // Collects the requirements of a variant before they are merged. A thread uses the same list for each variant that
    // it compiles.
    [ThreadStatic]
    private static List<CompiledRequirement>? s_list;

    private readonly long _timestamp;
    private readonly Func<long>? _readTimestamp;

    // Nothing changes them, so packages that were compiled before and have the same number of variants are one object.
    private static readonly CompiledPackage?[] s_stored = new CompiledPackage?[64];
    private static readonly CompiledPackage s_storedWithoutIndex = NewStored(1, hasIndexes: false);

    private CompiledPackage(CompiledVariant[] variants, bool hasIndexes, long timestamp)
    {
        Variants = variants;
        HasIndexes = hasIndexes;
        _timestamp = timestamp;
    }

    private CompiledPackage(CompiledVariant[] variants, bool hasIndexes, PackageDefinition definition)
        : this(variants, hasIndexes, definition.DeferredTimestamp is null ? definition.Timestamp : 0) =>
        _readTimestamp = definition.DeferredTimestamp;

    /// <summary>The variants. A package without variants has one.</summary>
    internal CompiledVariant[] Variants { get; }

    /// <summary>Whether the package has variants, so that they have indices.</summary>
    internal bool HasIndexes { get; }

    /// <summary>
    /// When the package was released; 0 if unknown. If it was compiled before, see
    /// <see cref="StoredFamily.TimestampOf"/>.
    /// </summary>
    /// <exception cref="PackageDataException">It is invalid. rez notices that only when it is read.</exception>
    internal long Timestamp => _readTimestamp is null ? _timestamp : _readTimestamp();

    /// <summary>
    /// Whether it was compiled before. The requirements of its variants are then only in the family's tables.
    /// </summary>
    internal bool IsStored { get; private init; }

    /// <summary>Creates a package that was compiled before.</summary>
    internal static CompiledPackage Stored(int variants, bool hasIndexes)
    {
        if (variants == 1 && !hasIndexes)
        {
            return s_storedWithoutIndex;
        }

        return variants >= s_stored.Length || !hasIndexes ? NewStored(variants, hasIndexes)
            : Volatile.Read(ref s_stored[variants]) is { } known ? known
            : s_stored[variants] = NewStored(variants, hasIndexes);
    }

    /// <summary>The same package with an error in one of its variants.</summary>
    internal CompiledPackage WithError(int index, VariantError error)
    {
        CompiledVariant[] variants = [.. Variants];
        variants[index] = new CompiledVariant([], error);
        return new(variants, HasIndexes, timestamp: 0) { IsStored = true };
    }

    private static CompiledPackage NewStored(int variants, bool hasIndexes)
    {
        CompiledVariant[] sound = new CompiledVariant[variants];
        Array.Fill(sound, CompiledVariant.Sound);
        return new(sound, hasIndexes, timestamp: 0) { IsStored = true };
    }

    /// <summary>
    /// Compiles a definition. An error in its requirements is stored with the variant, and raised only when a solve
    /// reads it, as in rez: <c>PackageVariant.requires_list</c>.
    /// </summary>
    internal static CompiledPackage Of(
        SlotTable slots,
        FamilySlot family,
        string version,
        PackageDefinition definition,
        bool building
    )
    {
        bool hasIndexes = definition.Variants.Count > 0;
        if (family.Variants.FindAll(definition, building) is { } same)
        {
            return new CompiledPackage(same, hasIndexes, definition);
        }

        IReadOnlyList<string> buildRequires = building ? definition.BuildRequires : [];
        CompiledVariant[] variants = new CompiledVariant[hasIndexes ? definition.Variants.Count : 1];
        List<CompiledRequirement> list = s_list ??= [];
        for (int i = 0; i < variants.Length; i++)
        {
            variants[i] = Compile(
                slots,
                family,
                new VariantLabel(family.Name, version, hasIndexes ? i : null),
                list,
                definition.Requires,
                hasIndexes ? definition.Variants[i] : [],
                buildRequires
            );
        }

        list.Clear(); // a repository must not live as long as the thread
        family.Variants.AddAll(definition, variants);
        return new CompiledPackage(variants, hasIndexes, definition);
    }

    private static CompiledVariant Compile(
        SlotTable slots,
        FamilySlot family,
        in VariantLabel label,
        List<CompiledRequirement> list,
        params ReadOnlySpan<IReadOnlyList<string>> parts
    )
    {
        list.Clear();
        foreach (IReadOnlyList<string> part in parts)
        {
            for (int i = 0; i < part.Count; i++)
            {
                CompiledRequirement requirement;
                try
                {
                    requirement = slots.GetRequirement(part[i]);
                }
                catch (VersionSyntaxException e)
                {
                    return Invalid(label, part[i], e.Message);
                }

                if (PackageName.Complaint(requirement.Slot, requirement.Value) is { } complaint)
                {
                    return Invalid(label, part[i], complaint);
                }

                list.Add(requirement);
            }
        }

        ReadOnlySpan<CompiledRequirement> asked = CollectionsMarshal.AsSpan(list);
        if (family.Variants.Find(asked) is { } same)
        {
            return same;
        }

        CompiledVariant variant = Repeats(asked)
            ? Merge(slots, label, asked)
            : new CompiledVariant(asked.ToArray(), null);
        if (variant.Error is null)
        {
            family.Variants.Add(asked, variant);
        }

        return variant;
    }

    /// <summary>Whether two requirements are for the same family. Only then is there anything to merge.</summary>
    private static bool Repeats(ReadOnlySpan<CompiledRequirement> list)
    {
        // Up to this count, a linear search is faster than hashing.
        const int SearchLimit = 64;
        if (list.Length > SearchLimit)
        {
            HashSet<FamilySlot> families = new(list.Length);
            foreach (CompiledRequirement requirement in list)
            {
                if (!families.Add(requirement.Slot))
                {
                    return true;
                }
            }

            return false;
        }

        for (int i = 1; i < list.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (ReferenceEquals(list[i].Slot, list[j].Slot))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static CompiledVariant Invalid(in VariantLabel label, string requirement, string complaint) =>
        new(
            [],
            new VariantError(
                ResolveErrorKind.InvalidSyntax,
                $"package {label.Package}: requirement '{requirement}': {complaint}"
            )
        );

    private static CompiledVariant Merge(SlotTable slots, in VariantLabel label, ReadOnlySpan<CompiledRequirement> list)
    {
        Requirement[] requirements = new Requirement[list.Length];
        for (int i = 0; i < list.Length; i++)
        {
            requirements[i] = list[i].Value;
        }

        try
        {
            if (RequirementMerge.TryMerge(requirements, out Requirement[] merged, out RequirementConflict? conflict))
            {
                return new CompiledVariant(Array.ConvertAll(merged, slots.Intern), null);
            }

            return new CompiledVariant(
                [],
                new VariantError(
                    ResolveErrorKind.PackageConflict,
                    $"The package {label} has an internal requirements conflict: {conflict}"
                )
            );
        }
        catch (VersionSyntaxException e)
        {
            return new CompiledVariant(
                [],
                new VariantError(ResolveErrorKind.InvalidSyntax, $"package {label}: its requirements: {e.Message}")
            );
        }
    }
}

/// <summary>A variant's requirements, merged and in rez's order, or its error.</summary>
/// <param name="Requirements">Corresponds to <c>PackageVariant.requires_list</c>.</param>
/// <param name="Error">The error raised when they are read; null if there is none.</param>
internal sealed record CompiledVariant(CompiledRequirement[] Requirements, VariantError? Error)
{
    /// <summary>A variant without errors, whose requirements are in the family's tables.</summary>
    internal static CompiledVariant Sound { get; } = new([], null);
}

/// <summary>An error in a variant's requirements.</summary>
/// <param name="Kind">The kind of error that the solve ends with.</param>
/// <param name="Message">Its message.</param>
internal sealed record VariantError(ResolveErrorKind Kind, string Message);

/// <summary>The name of a variant in errors. It is built only for them.</summary>
/// <param name="Family">Its family.</param>
/// <param name="Version">Its version; empty for an unversioned package.</param>
/// <param name="Index">Its index; null if the package has no variants.</param>
internal readonly record struct VariantLabel(string Family, string Version, int? Index)
{
    /// <summary>The package's name.</summary>
    internal string Package => Version.Length == 0 ? Family : $"{Family}-{Version}";

    /// <summary>The variant's name. Corresponds to <c>PackageVariant.__str__</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Package}[{Index}]");
}
