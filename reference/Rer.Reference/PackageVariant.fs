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

             // All requirements are parsed before any are merged, as in rez. So a parse error comes before a
             // contradiction.
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

    /// <summary>The index of the variant; none if the version has only one, without an index.</summary>
    member _.Index = index

    /// <summary>
    /// The merged requirements of the variant: those of the package, then its own, then those for building if the solve
    /// is for a build. They are computed on demand. Many variants never need them.
    /// </summary>
    /// <exception cref="T:Rer.Reference.SolveError">They contradict each other, or cannot be parsed.</exception>
    member _.RequiresList = requiresList.Value

    /// <summary>The families required. Mirrors <c>PackageVariant.request_fams</c>.</summary>
    member _.RequestFams = requiresList.Value.Names

    /// <summary>
    /// The families excluded, completely or in part. Mirrors <c>PackageVariant.conflict_request_fams</c>.
    /// </summary>
    member _.ConflictRequestFams = requiresList.Value.ConflictNames

    /// <summary>The requirement for a family. Mirrors <c>PackageVariant.get</c>.</summary>
    member _.TryGet(family: string) : Requirement voption = requiresList.Value.TryGet family

    /// <summary>The text: <c>foo-1.2[0]</c>.</summary>
    override _.ToString() =
        PackageText.ofVariant package.Name package.Version index
