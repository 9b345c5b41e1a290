using Rer.Compiling;

namespace Rer.Solving;

/// <summary>
/// Technique: read ahead. The families that a round lists, and those that come in at its end, are known before the first
/// of them is: they are listed side by side, their definitions are read side by side, and compiled side by side, a family
/// to a core. PERF: a first resolve from disk, of ten of rez's 188 by the native command on two cores, ×1.2.
/// </summary>
/// <remarks>
/// Only the repository and what it has read is used from other threads. Nothing shows: a family that comes in is what it
/// would have been, and what fails does so when its family comes in, in rez's order. If an earlier family fails then,
/// some definitions were read in vain.
/// </remarks>
/// <param name="repository">Where definitions are loaded.</param>
internal sealed class ReadAhead(CompiledRepository repository)
{
    // Compiling one takes a few microseconds, and so does waking a thread.
    private static readonly int s_minShare = DebugSizes.Shrink(16);

    private readonly HashSet<string> _families = [];
    private readonly List<(CompiledFamily Family, List<int> Versions)> _missing = [];

    /// <summary>Notes that a family will be listed.</summary>
    internal void Expect(FamilySlot slot) => _families.Add(slot.Name);

    /// <summary>Lists what was noted.</summary>
    internal void List()
    {
        if (_families.Count > 1)
        {
            repository.Source.PrepareFamilies([.. _families]);
        }

        _families.Clear();
    }

    /// <summary>Notes what will be needed of a family.</summary>
    /// <param name="family">The compilation known so far.</param>
    /// <param name="versions">The versions in range.</param>
    internal void Expect(CompiledFamily family, ReadOnlySpan<ulong> versions) =>
        _missing.Add((family, family.NotLoaded(versions)));

    /// <summary>Reads and compiles what was noted.</summary>
    internal void Read()
    {
        if (_missing.Count == 0)
        {
            return;
        }

        List<(string Family, string Version)> packages = [];
        foreach ((CompiledFamily family, List<int> versions) in _missing)
        {
            packages.AddRange(versions.Select(version => (family.Slot.Name, family.Listing.Texts[version])));
        }

        bool atHand = repository.Source.Prepare(packages);
        int threads = Math.Min(Environment.ProcessorCount, packages.Count / s_minShare);
        if (atHand && threads > 1)
        {
            var families = _missing.ConvertAll(missing => (missing.Family.Slot, Definitions: Definitions(missing)));
            // The largest first, so that none is left for last.
            families.Sort((a, b) => b.Definitions.Count.CompareTo(a.Definitions.Count));
            SharedWork<(FamilySlot Slot, List<(int Version, PackageDefinition Definition)> Definitions)>.Run(
                families,
                0,
                threads,
                Compile
            );
        }

        _missing.Clear();
    }

    /// <summary>What was read of a family; what failed is raised when the family comes in.</summary>
    private List<(int Version, PackageDefinition Definition)> Definitions(
        (CompiledFamily Family, List<int> Versions) missing
    )
    {
        CompiledFamily family = missing.Family;
        List<(int Version, PackageDefinition Definition)> definitions = [];
        foreach (int version in missing.Versions)
        {
            try
            {
                string text = family.Listing.Texts[version];
                if (repository.Source.GetDefinition(family.Slot.Name, text) is { } definition)
                {
                    definitions.Add((version, definition));
                }
            }
            catch (PackageDataException)
            {
                // As what is null, it is reported when the family comes in.
            }
        }

        return definitions;
    }

    private void Compile((FamilySlot Slot, List<(int Version, PackageDefinition Definition)> Definitions) family)
    {
        try
        {
            repository.CompileAhead(family.Slot, family.Definitions);
        }
        catch (PackageDataException)
        {
            // Raised when the family comes in.
        }
    }
}
