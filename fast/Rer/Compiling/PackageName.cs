using Rer.Versions;

namespace Rer.Compiling;

/// <summary>
/// Which package names rez accepts. Corresponds to <c>rez.utils.formatting.is_valid_package_name</c>.
/// </summary>
internal static class PackageName
{
    /// <summary>
    /// Whether a name is valid for a family: letters, digits and underscores, with single dots between them. An
    /// ephemeral has an additional dot at the start.
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
    /// rez's message for a requirement with an invalid family name; null if it is valid. A conflict with an ephemeral,
    /// such as <c>!.foo</c>, has no valid name, because rez removes the dot only from the start of a requirement.
    /// Corresponds to <c>PackageRequest</c>.
    /// </summary>
    internal static string? Complaint(FamilySlot family, Requirement requirement) =>
        family.HasValidName && !(family.IsEphemeral && requirement.Conflict) ? null
        : family.IsEphemeral && !requirement.Conflict ? Complaint(family.Name[1..])
        : Complaint(family.Name);

    /// <summary>rez's message for an invalid name.</summary>
    internal static string Complaint(string name) => $"Not a valid package name: {PythonText.Quote(name)}";
}
