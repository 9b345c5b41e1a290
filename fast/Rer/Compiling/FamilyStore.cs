namespace Rer.Compiling;

/// <summary>
/// Lists, loads and compiles families as they are reached. Each listing and each definition is read once. Safe for
/// concurrent callers.
/// </summary>
/// <param name="source">Where packages come from.</param>
/// <param name="slots">The names, and the requirements of packages.</param>
/// <param name="limits">How small a family must be to store its sets as words.</param>
/// <param name="building">Whether build requirements count.</param>
internal sealed class FamilyStore(IPackageRepository source, SlotTable slots, CompilingLimits limits, bool building)
{
    /// <summary>The versions of a family, listed once.</summary>
    internal FamilyListing GetListing(FamilySlot slot)
    {
        if (slot.Listing is { } listing)
        {
            return listing;
        }

        lock (slot)
        {
            return slot.Listing ??= Restore(slot)?.Listing ?? FamilyListing.Of(source, slot.Name);
        }
    }

    /// <summary>The latest compilation of a family. It may have nothing loaded yet.</summary>
    internal CompiledFamily GetFamily(FamilySlot slot)
    {
        if (slot.Family is { } family)
        {
            return family;
        }

        FamilyListing listing = GetListing(slot);
        lock (slot)
        {
            return slot.Family ??= FamilyBuilder.Build(slot, listing, new CompiledPackage?[listing.Count], limits);
        }
    }

    /// <summary>
    /// A compilation with at least these versions loaded. Definitions are read in the order in which the family was
    /// listed, as in rez.
    /// </summary>
    /// <exception cref="PackageDataException">A definition cannot be read.</exception>
    internal CompiledFamily Load(CompiledFamily family, ReadOnlySpan<ulong> versions)
    {
        FamilySlot slot = family.Slot;
        lock (slot)
        {
            List<VersionId> missing = slot.Family!.NotLoaded(versions);
            if (missing.Count > 0)
            {
                CompileStored(slot);
                source.Prepare(missing.ConvertAll(version => (slot.Name, family.Listing.TextOf(version))));
                missing.ForEach(version => GetPackage(slot, version));
                slot.Family = FamilyBuilder.Build(slot, family.Listing, [.. slot.Loaded!], limits);
            }

            return slot.Family!;
        }
    }

    /// <summary>Compiles a family with every definition loaded.</summary>
    /// <param name="slot">The family.</param>
    /// <param name="unreadable">Receives the errors of definitions that cannot be read.</param>
    /// <exception cref="PackageDataException">The family cannot be listed.</exception>
    internal void LoadAll(FamilySlot slot, List<PackageDataException> unreadable)
    {
        FamilyListing listing = GetListing(slot);
        if (slot.Family is { IsPartial: false })
        {
            return;
        }

        lock (slot)
        {
            CompileStored(slot);
            CompiledPackage?[] packages = slot.Loaded ?? new CompiledPackage?[listing.Count];
            for (int i = 0; i < packages.Length; i++)
            {
                try
                {
                    packages[i] ??= Load(slot, listing, new VersionId(i));
                }
                catch (PackageDataException e)
                {
                    unreadable.Add(e);
                }
            }

            slot.Family = FamilyBuilder.Build(slot, listing, packages, limits);
        }
    }

    /// <summary>
    /// Lists families concurrently before they are needed, and takes over those that were compiled before. Errors occur
    /// again when the family is needed.
    /// </summary>
    internal void ListAhead(FamilySlot[] ahead)
    {
        string[] names = Array.ConvertAll(ahead, slot => slot.Name);
        if (source is ICompiledSource compiled && !building)
        {
            compiled.PrepareFamilies(names, place => RestoreAhead(ahead[place]));
        }
        else
        {
            source.PrepareFamilies(names);
        }
    }

    /// <summary>
    /// Compiles definitions of a family that are ready, before they are needed. Errors are ignored here. They occur
    /// again, and are reported, when the definition is needed.
    /// </summary>
    /// <exception cref="PackageDataException">A definition cannot be compiled.</exception>
    internal void CompileAhead(FamilySlot slot, List<VersionId> versions)
    {
        lock (slot)
        {
            CompileStored(slot);
            foreach (VersionId version in versions)
            {
                try
                {
                    GetPackage(slot, version);
                }
                catch (PackageDataException)
                {
                    // Its version counts as not loaded.
                }
            }

            slot.Family = FamilyBuilder.Build(slot, slot.Listing!, [.. slot.Loaded!], limits);
        }
    }

    /// <summary>
    /// A family's versions with their release times, 0 if unknown, latest first, for <c>soft_timestamp</c>. A
    /// definition is loaded when its time is read, as in rez.
    /// </summary>
    /// <exception cref="PackageDataException">A definition cannot be read.</exception>
    /// <exception cref="InputSyntaxException">It is an ephemeral, not a family.</exception>
    internal IEnumerable<(Versions.Version Version, long Timestamp)> GetReleases(string name)
    {
        FamilySlot slot = slots.Get(name);
        if (slot.IsEphemeral)
        {
            throw new InputSyntaxException(PackageName.Complaint(name));
        }

        FamilyListing listing = GetListing(slot);
        for (VersionId version = default; version < listing.End; version++)
        {
            yield return (listing.VersionOf(version), GetTimestamp(slot, version));
        }
    }

    /// <summary>When a package was released; 0 if unknown. Loads its definition, as rez does.</summary>
    /// <exception cref="PackageDataException">The definition cannot be read.</exception>
    internal long GetTimestamp(FamilySlot slot, VersionId version)
    {
        CompiledPackage package = GetPackage(slot, version);
        return package.IsStored ? slot.Origin!.TimestampOf(slot.Listing!.Positions[version.Number]) : package.Timestamp;
    }

    /// <summary>A package's definition, loaded once.</summary>
    /// <exception cref="PackageDataException">The definition cannot be read.</exception>
    internal CompiledPackage GetPackage(FamilySlot slot, VersionId version)
    {
        FamilyListing listing = GetListing(slot);
        if (slot.Family is { } known && known.PackageOf(version) is { } compiled)
        {
            if (slot.Origin is { IsWatched: true } origin)
            {
                ulong[] used = new ulong[known.VersionWords];
                Bits.Add(used, version.Number);
                origin.Use(known, used);
            }

            return compiled;
        }

        lock (slot)
        {
            slot.Loaded ??= slot.Family is { } family ? [.. family.Packages] : new CompiledPackage?[listing.Count];
            return slot.Loaded[version.Number] ??= Load(slot, listing, version);
        }
    }

    private void RestoreAhead(FamilySlot slot)
    {
        lock (slot)
        {
            slot.Listing ??= Restore(slot)?.Listing;
        }
    }

    /// <summary>Takes over the compiled form of a family, if there is one. The slot must be locked.</summary>
    private CompiledFamily? Restore(FamilySlot slot)
    {
        if (building || (source as ICompiledSource)?.FindCompiled(slot.Name) is not { } stored)
        {
            return null;
        }

        CompiledFamily family;
        try
        {
            family = stored.Read(slot, slots, limits);
        }
        catch (PackageDataException)
        {
            return null; // damage that the checksum did not reveal
        }

        slot.Origin = stored;
        slot.Family = family;
        return family;
    }

    /// <summary>
    /// Compiles what was compiled before, to build a family from it and from what was not. The slot must be locked.
    /// </summary>
    private void CompileStored(FamilySlot slot)
    {
        if (slot.Origin is not { } origin)
        {
            return;
        }

        CompiledPackage?[] packages = slot.Loaded ??= [.. slot.Family!.Packages];
        FamilyListing listing = slot.Family!.Listing;
        for (int i = 0; i < packages.Length; i++)
        {
            if (packages[i] is { IsStored: true })
            {
                string text = listing.TextOf(new VersionId(i));
                packages[i] = CompiledPackage.Of(slots, slot, text, origin.GetDefinition(text), building);
            }
        }
    }

    private CompiledPackage Load(FamilySlot slot, FamilyListing listing, VersionId version)
    {
        string text = listing.TextOf(version);
        PackageDefinition definition =
            source.GetDefinition(slot.Name, text)
            ?? throw new PackageDataException($"{slot.Name}-{text}: the repository's GetDefinition returned null");
        return CompiledPackage.Of(slots, slot, text, definition, building);
    }
}
