namespace Rer;

/// <summary>
/// A source of packages, read in the same two steps as in rez. Listing a family's versions is cheap. Reading a
/// version's definition is expensive, and happens only when the solve reaches it.
/// </summary>
/// <remarks>
/// An engine lists a family, and reads a definition, at most once per solve (or per compiled repository).
/// Implementations must be safe for concurrent callers. The same call must return the same answer for as long as the
/// object lives. Corresponds to <c>rez.packages.iter_packages</c> over a list of package paths.
/// </remarks>
public interface IPackageRepository
{
    /// <summary>The places searched, as rez names them in "package family not found: foo (searched: A; B)".</summary>
    IReadOnlyList<string> SearchPaths { get; }

    /// <summary>The names of all families, in any order. Only eager compilation and completion call this.</summary>
    IEnumerable<string> GetFamilies();

    /// <summary>
    /// The versions of a family as text, in the order in which rez would list them. An empty text is an unversioned
    /// package. The list is empty if there is no such family. The order matters only for <see cref="NoOrderer"/>, which
    /// keeps it, and for the order of reductions in a failure's description.
    /// </summary>
    /// <exception cref="PackageDataException">The family cannot be listed.</exception>
    IReadOnlyList<string> GetVersions(string family);

    /// <summary>The definition of a version that <see cref="GetVersions"/> listed.</summary>
    /// <exception cref="PackageDataException">The definition cannot be read.</exception>
    PackageDefinition GetDefinition(string family, string version);

    /// <summary>
    /// Announces which families will be listed next, so that a slow source can list several at a time. The default does
    /// nothing. The call has no visible effect: errors appear only when the family is listed.
    /// </summary>
    /// <param name="families">The names of the families. Some of them may not exist in this repository.</param>
    void PrepareFamilies(IReadOnlyList<string> families) { }

    /// <summary>
    /// Announces which definitions will be read next, so that a slow source can read several at a time. The default
    /// does nothing. The call has no visible effect: errors appear only when the definition is read.
    /// </summary>
    /// <param name="packages">Pairs of a family and a version that <see cref="GetVersions"/> listed.</param>
    /// <param name="whenReady">Called with the index of each package whose definition can be read without waiting.
    /// Reading such a definition before it is needed costs nothing. The call comes before the method returns, from any
    /// thread, possibly from several at once. It does not throw.</param>
    void Prepare(IReadOnlyList<(string Family, string Version)> packages, Action<int>? whenReady = null) { }
}
