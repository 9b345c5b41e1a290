namespace Rer.Reference

open System.Text.RegularExpressions
open Rer

/// <summary>Valid names of families, and requirements with valid names.</summary>
/// <remarks>Mirrors <c>is_valid_package_name</c> and <c>PackageRequest</c> of <c>rez.utils.formatting</c>.</remarks>
[<RequireQualifiedAccess>]
module PackageRequest =

    // rez's pattern, `[a-zA-Z_0-9](\.?[a-zA-Z0-9_]+)*`, takes exponential time to reject a name. This one is
    // equivalent.
    let private packageName =
        Regex(@"\A[a-zA-Z0-9_]+(\.[a-zA-Z0-9_]+)*\z", RegexOptions.CultureInvariant)

    /// <summary>Whether a name is valid for a family.</summary>
    let isPackageName (name: string) : bool =
        packageName.IsMatch name && name <> "__pycache__"

    /// <summary>rez's message for an invalid name.</summary>
    let complaint (name: string) : string =
        $"Not a valid package name: {PythonText.repr name}"

    /// <summary>
    /// Parses a requirement and checks its name. Only a plain requirement may start with the dot of an ephemeral. A
    /// conflict with an ephemeral, such as <c>!.foo</c>, is not valid.
    /// </summary>
    /// <exception cref="T:Rer.Reference.VersionError">Its range cannot be parsed, or its name is not valid for a
    /// family.</exception>
    let parse (text: string) : Requirement =
        let requirement = Requirement.Parse text

        let name =
            if text.StartsWith '.' then
                requirement.Name.Substring 1
            else
                requirement.Name

        if not (isPackageName name) then
            raise (VersionError(complaint name))

        requirement
