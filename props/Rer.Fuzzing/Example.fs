namespace Rer.Fuzzing

open System
open System.Collections.Generic
open Rer
open Rer.Fuzzing.Ranges

/// The prefix of a requirement.
type Prefix =
    /// `foo-1`: must be present, and in the range.
    | Required
    /// `!foo-1`: must not be present in the range.
    | Conflict
    /// `~foo-1`: if present, must be in the range.
    | Weak

/// A requirement before it is written as text.
type Need = {
    Name: string
    Prefix: Prefix
    Range: Range
    /// The separator between name and range, if the range does not start with an operator.
    Separator: char
} with

    /// rez's spelling.
    member this.Text =
        let sign =
            match this.Prefix with
            | Required -> ""
            | Conflict -> "!"
            | Weak -> "~"

        let range = text this.Range

        let separator =
            if range = "" || "=<>".Contains range[0] then
                ""
            else
                string this.Separator

        sign + this.Name + separator + range

/// One version of a family.
type Package = {
    Version: string
    Requires: Need list
    Variants: Need list list
    BuildRequires: Need list
    Timestamp: int64
}

/// A family and its versions, in the order in which they are listed.
type Family = {
    Family: string
    Packages: Package list
}

/// Something that ends a solve from outside and is not data: a caller's code, or time.
type Limit =
    | Unlimited
    /// The callback aborts at a step.
    | AbortAt of int
    /// The callback returns a failure at a step and every later one.
    | FailAt of int
    /// The clock passes the time limit at a step.
    | TimeUpAt of int

/// The options of a solve, as far as they are data.
type Settings = {
    SelectMode: VariantSelectMode
    Filters: PackageFilter list
    Timestamp: int64
    Orderers: PackageOrderer list option
    ConfiguredOrderers: PackageOrderer list
    Building: bool
    Optimised: bool
    ErrorOnMissing: bool
    PruneUnfailed: bool
    MaxFails: int option
    Limit: Limit
} with

    /// rez's defaults.
    static member Default = {
        SelectMode = VariantSelectMode.VersionPriority
        Filters = []
        Timestamp = 0L
        Orderers = None
        ConfiguredOrderers = []
        Building = false
        Optimised = true
        ErrorOnMissing = true
        PruneUnfailed = true
        MaxFails = None
        Limit = Unlimited
    }

    /// Whether anything but the search may end the solve.
    member this.IsLimited = this.MaxFails.IsSome || this.Limit <> Unlimited

/// A request and the settings of its solve.
type Question = {
    Request: Need list
    Settings: Settings
}

/// A generated repository with questions. Every property is checked on these.
type Example = {
    Families: Family list
    Questions: Question list
}

/// Converts examples to the types that engines use.
module Example =
    let private texts (needs: Need list) : IReadOnlyList<string> = [| for need in needs -> need.Text |]

    /// A package as engines see it.
    let definition (package: Package) =
        PackageDefinition(
            Requires = texts package.Requires,
            Variants = [| for variant in package.Variants -> texts variant |],
            BuildRequires = texts package.BuildRequires,
            Timestamp = package.Timestamp
        )

    /// The name of a generated repository in messages, as in books.
    let location = "PATH"

    /// The repository as engines see it.
    let repository (families: Family list) : IPackageRepository =
        let packages = Dictionary<string, IReadOnlyDictionary<string, PackageDefinition>>()

        for family in families do
            let versions = Dictionary<string, PackageDefinition>()

            for package in family.Packages do
                versions[package.Version] <- definition package

            packages[family.Family] <- versions

        MemoryPackageRepository(packages, location)

    /// The request as engines see it.
    let request (question: Question) = texts question.Request

    /// Every requirement of a package.
    let needs (package: Package) =
        package.Requires @ List.concat package.Variants @ package.BuildRequires

    /// Whether rez may take the range of a requirement list, or what several of its conflicts exclude together, to be
    /// larger than it is.
    let mayMergeTooWide (needs: Need list) =
        let excluded (need: Need) =
            match need.Prefix with
            | Required -> []
            | Conflict -> intervals need.Range
            | Weak -> complement (intervals need.Range)

        needs
        |> List.groupBy _.Name
        |> List.exists (fun (_, needs) ->
            unionMayBeTooWide (List.collect excluded needs)
            || needs |> List.exists (fun need -> unionMayBeTooWide (intervals need.Range)))
