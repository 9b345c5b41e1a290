namespace Rer.Reference

open System.Text.RegularExpressions
open Rer

/// <summary>What families may be called, and requirements whose family is.</summary>
/// <remarks>Mirrors <c>is_valid_package_name</c> and <c>PackageRequest</c> of <c>rez.utils.formatting</c>.</remarks>
[<RequireQualifiedAccess>]
module PackageRequest =

    // rez's pattern, `[a-zA-Z_0-9](\.?[a-zA-Z0-9_]+)*`, takes exponential time to reject; this one says the same.
    let private packageName =
        Regex(@"\A[a-zA-Z0-9_]+(\.[a-zA-Z0-9_]+)*\z", RegexOptions.CultureInvariant)

    /// <summary>Whether a family may be called this.</summary>
    let isPackageName (name: string) : bool =
        packageName.IsMatch name && name <> "__pycache__"

    /// <summary>rez's words for a name that is none.</summary>
    let complaint (name: string) : string =
        $"Not a valid package name: {PythonText.repr name}"

    /// <summary>
    /// Parses a requirement and judges the name in it. Only a requirement that begins with the dot of an ephemeral may
    /// have it: a conflict with an ephemeral, such as <c>!.foo</c>, has no valid name.
    /// </summary>
    /// <exception cref="T:Rer.Reference.VersionError">Its range does not parse, or no family may be called that.</exception>
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
