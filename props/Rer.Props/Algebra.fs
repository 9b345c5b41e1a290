namespace Rer.Props

/// The text interface of an implementation of versions, ranges and requirements. The same laws can then be checked for
/// each implementation, and the implementations compared. None if rez has no range, or if a text cannot be parsed.
type Algebra = {
    Name: string
    /// The text of a version, parsed and written again.
    Version: string -> string option
    Compare: string -> string -> int
    Next: string -> string
    Trim: int -> string -> string
    /// The text of a range, parsed and written again.
    Range: string -> string option
    Union: string -> string -> string
    Intersection: string -> string -> string option
    Difference: string -> string -> string option
    Inverse: string -> string option
    IsSuperset: string -> string -> bool
    Intersects: string -> string -> bool
    Contains: string -> string -> bool
    Span: string -> string
    /// The range of exactly some versions.
    OfVersions: string list -> string
    /// The text of a requirement, parsed and written again.
    Requirement: string -> string option
    Merged: string -> string -> string option
    Conflicts: string -> string -> bool
}

module Algebra =
    let private tryParse<'error when 'error :> exn> (parse: string -> string) text =
        try
            Some(parse text)
        with :? 'error ->
            None

    /// The reference's algebra.
    let reference: Algebra =
        let version = Rer.Reference.Version.Parse
        let range = Rer.Reference.VersionRange.Parse
        let requirement = Rer.Reference.Requirement.Parse
        let text (range: Rer.Reference.VersionRange) = range.Text

        {
            Name = "reference"
            Version =
                fun text ->
                    try
                        Some (version text).Text
                    with Rer.Reference.VersionError _ ->
                        None
            Compare = fun left right -> Rer.Reference.Version.Compare(version left, version right)
            Next = fun text -> (version text).Next().Text
            Trim = fun count text -> (version text).Trim(count).Text
            Range =
                fun text ->
                    try
                        Some (range text).Text
                    with Rer.Reference.VersionError _ ->
                        None
            Union = fun left right -> (range left).Union([ range right ]).Text
            Intersection = fun left right -> (range left).Intersection(range right) |> Option.map text
            Difference = fun left right -> (range left).Difference(range right) |> Option.map text
            Inverse = fun one -> (range one).Inverse() |> Option.map text
            IsSuperset = fun left right -> (range left).IsSuperset(range right)
            Intersects = fun left right -> (range left).Intersects(range right)
            Contains = fun one at -> (range one).Contains(version at)
            Span = fun one -> (range one).Span().Text
            OfVersions = fun versions -> (Rer.Reference.VersionRange.FromVersions(Seq.map version versions)).Text
            Requirement =
                fun text ->
                    try
                        Some (requirement text).Text
                    with Rer.Reference.VersionError _ ->
                        None
            Merged = fun left right -> (requirement left).Merged(requirement right) |> Option.map _.Text
            Conflicts = fun left right -> (requirement left).ConflictsWith(requirement right)
        }

    /// The fast engine's algebra.
    let fast: Algebra =
        let version = Rer.Versions.Version.Parse
        let range (text: string) = Rer.Versions.VersionRange.Parse text
        let requirement = Rer.Versions.Requirement.Parse

        let text (range: Rer.Versions.VersionRange | null) =
            match range with
            | null -> None
            | range -> Some(string range)

        let tryParse parse =
            tryParse<Rer.Versions.VersionSyntaxException> parse

        {
            Name = "fast"
            Version = tryParse (version >> string)
            Compare = fun left right -> (version left).CompareTo(version right)
            Next = fun text -> string ((version text).Next())
            Trim = fun count text -> string ((version text).Trim count)
            Range = tryParse (range >> string)
            Union = fun left right -> string ((range left).Union(range right))
            Intersection = fun left right -> text ((range left).Intersection(range right))
            Difference = fun left right -> text ((range left).Difference(range right))
            Inverse = fun one -> text ((range one).Inverse())
            IsSuperset = fun left right -> (range left).IsSupersetOf(range right)
            Intersects = fun left right -> (range left).Intersects(range right)
            Contains = fun one at -> (range one).Contains(version at)
            Span = fun one -> string ((range one).Span())
            OfVersions = fun versions -> string (Rer.Versions.VersionRange.FromVersions(Seq.map version versions))
            Requirement = tryParse (requirement >> string)
            Merged =
                fun left right ->
                    match (requirement left).Merged(requirement right) with
                    | null -> None
                    | merged -> Some(string merged)
            Conflicts = fun left right -> (requirement left).ConflictsWith(requirement right)
        }

    let all = [ reference; fast ]
