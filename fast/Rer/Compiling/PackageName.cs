using Rer.Versions;

namespace Rer.Compiling;

/// <summary>What rez takes for a name of a package. <c>rez.utils.formatting.is_valid_package_name</c>.</summary>
internal static class PackageName
{
    /// <summary>
    /// Whether a family may be called this: letters, digits and underscores, with single dots between them. An ephemeral
    /// has one dot more, at its start.
    /// </summary>
    internal static bool IsValid(string name)
    {
        ReadOnlySpan<char> rest = name.StartsWith('.') ? name.AsSpan(1) : name;
        bool afterDot = true;
        foreach (char c in rest)
        {
            if (c == '.' && !afterDot)
            {
                afterDot = true;
            }
            else if (char.IsAsciiLetterOrDigit(c) || c == '_')
            {
                afterDot = false;
            }
            else
            {
                return false;
            }
        }

        return !afterDot && rest is not "__pycache__";
    }

    /// <summary>
    /// rez's words for a requirement whose family may not be called that; null if it may. A conflict with an ephemeral,
    /// such as <c>!.foo</c>, has no valid name: rez takes the dot off only where the requirement begins with it.
    /// <c>PackageRequest</c>.
    /// </summary>
    internal static string? Complaint(FamilySlot family, Requirement requirement) =>
        family.HasValidName && !(family.IsEphemeral && requirement.Conflict) ? null
        : family.IsEphemeral && !requirement.Conflict ? Complaint(family.Name[1..])
        : Complaint(family.Name);

    /// <summary>rez's words for a name that is none.</summary>
    internal static string Complaint(string name) => $"Not a valid package name: {PythonText.Quote(name)}";
}
