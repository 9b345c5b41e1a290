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
    private readonly List<(string Family, string Version)> _packages = [];
    private readonly List<(FamilySlot Slot, int Version)> _places = [];

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
    internal void Expect(CompiledFamily family, ReadOnlySpan<ulong> versions)
    {
        foreach (int version in family.Listing.Listed)
        {
            if (Bits.Contains(versions, version) && family.Packages[version] is null)
            {
                _packages.Add((family.Slot.Name, family.Listing.Texts[version]));
                _places.Add((family.Slot, version));
            }
        }
    }

    /// <summary>Reads and compiles what was noted.</summary>
    internal void Read()
    {
        if (_packages.Count == 0)
        {
            return;
        }

        bool atHand = repository.Source.Prepare([.. _packages]);
        int threads = Math.Min(Environment.ProcessorCount, _packages.Count / s_minShare);
        if (atHand && threads > 1)
        {
            var families = Definitions();
            Parallel.ForEach(families, new ParallelOptions { MaxDegreeOfParallelism = threads }, Compile);
        }

        _packages.Clear();
        _places.Clear();
    }

    /// <summary>What was read, by family; the largest first, so that none is left for last.</summary>
    private List<(FamilySlot Slot, List<(int, PackageDefinition)> Definitions)> Definitions()
    {
        List<(FamilySlot Slot, List<(int, PackageDefinition)> Definitions)> families = [];
        for (int i = 0; i < _places.Count; i++)
        {
            (FamilySlot slot, int version) = _places[i];
            if (i == 0 || slot != _places[i - 1].Slot)
            {
                families.Add((slot, []));
            }

            if (Find(_packages[i]) is { } definition)
            {
                families[^1].Definitions.Add((version, definition));
            }
        }

        families.Sort((a, b) => b.Definitions.Count.CompareTo(a.Definitions.Count));
        return families;
    }

    private PackageDefinition? Find((string Family, string Version) package)
    {
        try
        {
            return repository.Source.GetDefinition(package.Family, package.Version);
        }
        catch (PackageDataException)
        {
            return null; // raised when its family comes in
        }
    }

    private void Compile((FamilySlot Slot, List<(int, PackageDefinition)> Definitions) family)
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
