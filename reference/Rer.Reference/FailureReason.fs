namespace Rer.Reference

/// <summary>Why a variant was removed: one of its requirements conflicts with another scope.</summary>
/// <remarks>Mirrors <c>Reduction</c>.</remarks>
[<NoComparison>]
type Reduction = {
    /// The family of the variant.
    Name: string
    /// The version of the variant.
    Version: Version
    /// The index of the variant; none if the version has only one, without an index.
    VariantIndex: int option
    /// The requirement of the variant.
    Dependency: Requirement
    /// The request of the other scope.
    ConflictingRequest: Requirement
} with

    /// <summary>The variant as text, for example <c>foo-1.2[0]</c>. Mirrors <c>Reduction.reducee_str</c>.</summary>
    member this.Reducee = PackageText.ofVariant this.Name this.Version this.VariantIndex

    /// <summary>Mirrors <c>Reduction.involved_requirements</c>.</summary>
    member this.InvolvedRequirements = [
        Requirement.Construct(this.Name, VersionRange.FromVersion this.Version)
        this.Dependency
        this.ConflictingRequest
    ]

    override this.ToString() =
        $"{this.Reducee} (dep({this.Dependency}) <--!--> {this.ConflictingRequest})"

/// <summary>Two requirements that cannot both hold.</summary>
/// <remarks>Mirrors <c>DependencyConflict</c>.</remarks>
[<NoComparison>]
type DependencyConflict = {
    /// The merged requirement of all variants of some scopes.
    Dependency: Requirement
    /// The request that it conflicts with.
    ConflictingRequest: Requirement
} with

    override this.ToString() =
        $"{this.Dependency} <--!--> {this.ConflictingRequest}"

/// <summary>Why a phase failed.</summary>
/// <remarks>Mirrors <c>FailureReason</c>. See SOLVER.md#failures.</remarks>
[<NoComparison>]
type FailureReason =
    /// All variants of a scope were removed.
    | TotalReduction of Reduction list
    /// A dependency shared by all variants of a scope conflicts with another scope, or with another such dependency.
    | DependencyConflicts of DependencyConflict list
    /// The packages, each with its version, require each other in a cycle.
    | Cycle of (string * Version) list

    /// <summary>The text. Mirrors <c>FailureReason.description</c>.</summary>
    member this.Description =
        let parenthesised items =
            System.String.Join(' ', items |> List.map (fun item -> $"({item})"))

        match this with
        | TotalReduction reductions -> $"A package was completely reduced: {parenthesised reductions}"
        | DependencyConflicts conflicts -> $"The following package conflicts occurred: {parenthesised conflicts}"
        | Cycle packages ->
            let names = this.CyclePackages
            $"""A cyclic dependency was detected: {System.String.Join(" --> ", names @ List.truncate 1 names)}"""

    /// <summary>The packages of a cycle as text; empty for other reasons.</summary>
    member this.CyclePackages: string list =
        match this with
        | Cycle packages -> packages |> List.map (fun (name, version) -> PackageText.ofPackage name version)
        | _ -> []

    /// <summary>Mirrors <c>FailureReason.involved_requirements</c>.</summary>
    member this.InvolvedRequirements: Requirement list =
        match this with
        | TotalReduction reductions -> reductions |> List.collect _.InvolvedRequirements
        | DependencyConflicts conflicts ->
            conflicts
            |> List.collect (fun conflict -> [ conflict.Dependency; conflict.ConflictingRequest ])
        | Cycle packages ->
            packages
            |> List.map (fun (name, version) -> Requirement.Construct(name, VersionRange.FromVersion version))
