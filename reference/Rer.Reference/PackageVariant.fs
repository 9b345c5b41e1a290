namespace Rer.Reference

open Rer

/// <summary>A variant of a version of a package.</summary>
/// <remarks>Mirrors <c>PackageVariant</c>.</remarks>
[<Sealed>]
type PackageVariant(context: SolveContext, package: Package, index: int option) =

    let requiresList =
        lazy
            (let definition = package.Definition

             let requires = [
                 yield! definition.Requires
                 match index with
                 | Some index -> yield! definition.Variants[index]
                 | None -> ()
                 if context.Options.Building then
                     yield! definition.BuildRequires
             ]

             // All of them are read before any are merged, as in rez: what does not parse comes before what contradicts.
             let parsed = requires |> List.map (context.ParseRequirement package)
             let variant = PackageText.ofVariant package.Name package.Version index

             let merged =
                 Input.parse $"package {variant}: its requirements" (fun () -> RequirementList.Create parsed)

             if merged.Conflict.IsSome then
                 let message =
                     $"The package {variant} has an internal requirements conflict: {merged.Text}"

                 raise (SolveError(ResolveErrorKind.PackageConflict, message))

             merged)

    /// <summary>The family.</summary>
    member _.Name = package.Name

    /// <summary>The version.</summary>
    member _.Version = package.Version

    /// <summary>Which variant of the version; none if it has just one, without an index.</summary>
    member _.Index = index

    /// <summary>
    /// What the variant requires: the requirements of the package, then its own, when building those of the build,
    /// merged. Not looked at before it is asked for, which for many variants never happens.
    /// </summary>
    /// <exception cref="T:Rer.Reference.SolveError">They contradict each other, or do not parse.</exception>
    member _.RequiresList = requiresList.Value

    /// <summary>The families required. Mirrors <c>PackageVariant.request_fams</c>.</summary>
    member _.RequestFams = requiresList.Value.Names

    /// <summary>The families excluded, wholly or in part. Mirrors <c>PackageVariant.conflict_request_fams</c>.</summary>
    member _.ConflictRequestFams = requiresList.Value.ConflictNames

    /// <summary>The requirement on a family. Mirrors <c>PackageVariant.get</c>.</summary>
    member _.TryGet(family: string) : Requirement voption = requiresList.Value.TryGet family

    /// <summary>The text: <c>foo-1.2[0]</c>.</summary>
    override _.ToString() =
        PackageText.ofVariant package.Name package.Version index
