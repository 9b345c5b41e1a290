namespace Rer;

/// <summary>
/// Where packages come from, in the two steps that rez takes: listing a family's versions is cheap, reading a
/// version's definition is dear and happens only when the solve reaches it.
/// </summary>
/// <remarks>
/// An engine asks for the versions of a family, and for each definition, at most once for each solve (or for each
/// compiled repository). Implementations are safe for concurrent callers and answer the same question the same way
/// for as long as they live. Answers to <c>rez.packages.iter_packages</c> over a list of package paths.
/// </remarks>
public interface IPackageRepository
{
    /// <summary>
    /// The places searched, as rez names them in "package family not found: foo (searched: A; B)".
    /// </summary>
    IReadOnlyList<string> SearchPaths { get; }

    /// <summary>The names of all families, in any order. Only eager compilation and completion ask for it.</summary>
    IEnumerable<string> GetFamilies();

    /// <summary>
    /// The versions of a family as text, in the order in which rez would see them; the empty text is an unversioned
    /// package. Empty if there is no such family. The order decides nothing but the order of reductions in a
    /// failure's description.
    /// </summary>
    /// <exception cref="PackageDataException">The family cannot be listed.</exception>
    IReadOnlyList<string> GetVersions(string family);

    /// <summary>The definition of a version that <see cref="GetVersions"/> listed.</summary>
    /// <exception cref="PackageDataException">The definition cannot be read.</exception>
    PackageDefinition GetDefinition(string family, string version);

    /// <summary>
    /// Told which families will be listed next, so that a slow source can list several at a time. Does nothing by
    /// default, and nothing that shows ever: what fails does so when it is asked for.
    /// </summary>
    /// <param name="families">Names, of which some may be unknown here.</param>
    void PrepareFamilies(IReadOnlyList<string> families) { }

    /// <summary>
    /// Told which definitions will be asked for next, so that a slow source can read several at a time. Does nothing
    /// by default, and nothing that shows ever: what fails does so when it is asked for.
    /// </summary>
    /// <param name="packages">Families with versions of those that <see cref="GetVersions"/> listed.</param>
    /// <param name="whenAtHand">Called with the place of each of them that is at hand, so that asking for it ahead of need
    /// costs nothing: before the method returns, from any thread, and several at a time. It does not throw.</param>
    void Prepare(IReadOnlyList<(string Family, string Version)> packages, Action<int>? whenAtHand = null) { }
}
