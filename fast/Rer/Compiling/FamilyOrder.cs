namespace Rer.Compiling;

/// <summary>An order in which all versions of a family are tried.</summary>
/// <param name="versions">The versions, the most preferred first.</param>
internal class FamilyOrder(VersionId[] versions)
{
    /// <summary>The versions, the most preferred first.</summary>
    internal VersionId[] Versions => versions;

    /// <summary>Whether it is the order used without orderers.</summary>
    internal bool IsFromTheLatest { get; } = IsRising(versions);

    private static bool IsRising(VersionId[] versions)
    {
        for (int i = 0; i < versions.Length; i++)
        {
            if (versions[i].Number != i)
            {
                return false;
            }
        }

        return true;
    }
}
