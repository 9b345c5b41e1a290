using Rer.Compiling;

namespace Rer.Asking;

/// <summary>
/// Technique: read ahead. It is known in advance which families a round will list, and which will enter at its end.
/// They are listed, read and compiled in parallel, one family per core. PERF: a first resolve from disk, of ten of
/// rez's 188, by the native command on two cores, in turns with the command before, ×1.2 (2026-11-23, for commit
/// c57d2fa).
/// </summary>
/// <remarks>
/// Other threads only use the repository and what it has read. There is no visible effect: a family that enters is what
/// it would have been, and errors are raised when the family enters, in rez's order. If an earlier family fails then,
/// some definitions were read for nothing.
/// </remarks>
/// <param name="catalogue">Where definitions are loaded.</param>
/// <param name="mayFilter">Whether filters decide which definitions are used. They read some definitions for that, so
/// none is compiled before rez would reach it.</param>
internal sealed class ReadAhead(Catalogue catalogue, bool mayFilter)
{
    private readonly HashSet<string> _families = [];
    private readonly List<FamilySlot> _slots = [];
    private readonly List<(CompiledFamily Family, List<VersionId> Versions)> _missing = [];

    /// <summary>Records that a family will be listed.</summary>
    internal void Expect(FamilySlot slot)
    {
        // By name, because an object whose hash was computed is no longer cheap to lock.
        if (_families.Add(slot.Name))
        {
            _slots.Add(slot);
        }
    }

    /// <summary>Lists what was recorded.</summary>
    internal void List()
    {
        if (_slots.Count > 1)
        {
            catalogue.Families.ListAhead([.. _slots]);
        }

        _families.Clear();
        _slots.Clear();
    }

    /// <summary>Records what will be needed from a family.</summary>
    /// <param name="family">The compilation known so far.</param>
    /// <param name="versions">The versions in range.</param>
    internal void Expect(CompiledFamily family, ReadOnlySpan<ulong> versions) =>
        _missing.Add((family, family.NotLoaded(versions)));

    /// <summary>
    /// Reads what was recorded, and compiles each family as soon as the last of its definitions is ready.
    /// </summary>
    internal void Read()
    {
        if (_missing.Count == 0)
        {
            return;
        }

        // The largest first, so that none is left for last.
        _missing.Sort((a, b) => b.Versions.Count.CompareTo(a.Versions.Count));
        List<(string Family, string Version)> packages = [];
        List<int> families = [];
        for (int i = 0; i < _missing.Count; i++)
        {
            (CompiledFamily family, List<VersionId> versions) = _missing[i];
            foreach (VersionId version in versions)
            {
                packages.Add((family.Slot.Name, family.Listing.TextOf(version)));
                families.Add(i);
            }
        }

        if (mayFilter)
        {
            catalogue.Source.Prepare(packages);
            _missing.Clear();
            return;
        }

        int[] left = [.. _missing.Select(missing => missing.Versions.Count)];
        catalogue.Source.Prepare(
            packages,
            place =>
            {
                if (Interlocked.Decrement(ref left[families[place]]) == 0)
                {
                    Compile(_missing[families[place]]);
                }
            }
        );
        _missing.Clear();
    }

    private void Compile((CompiledFamily Family, List<VersionId> Versions) missing)
    {
        try
        {
            catalogue.Families.CompileAhead(missing.Family.Slot, missing.Versions);
        }
        catch (PackageDataException)
        {
            // Raised when the family enters.
        }
    }
}
