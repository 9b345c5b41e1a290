/// The facts of the public version algebra, in the order in which `rez_server.py` writes those of a real rez.
module Rer.Props.AlgebraFacts

open Rer.Fuzzing.Generators
open Rer.Versions

let private yes isSo = if isSo then "yes" else "no"
let private word value = $"<{value}>"
let private list (words: string seq) = "[" + String.concat ", " words + "]"

let private orNone<'value when 'value: not struct and 'value: not null>
    (write: 'value -> string)
    (value: 'value | null)
    =
    match value with
    | null -> "none"
    | value -> write value

let private range = orNone<VersionRange> word

let private requirement =
    orNone<Requirement>(fun it -> $"{it} ({it.Name}, {range it.Range}, {yes it.Conflict}, {yes it.Weak})")

/// All facts about the texts.
let ofTexts (texts: RequestTexts.AlgebraTexts) : string list =
    let facts = ResizeArray<string>()

    let fact name find =
        let found =
            try
                find ()
            with :? VersionSyntaxException ->
                "refused"

        facts.Add $"{name}: {found}"

    let parsed name (parse: string -> 'value) (write: 'value -> string) text =
        try
            let value = parse text
            facts.Add $"{name}: {write value}"
            Some value
        with :? VersionSyntaxException as error ->
            facts.Add $"{name}: refused: {error.Message}"
            None

    let a = parsed "a" Version.Parse word (fst texts.Versions)
    let b = parsed "b" Version.Parse word (snd texts.Versions)
    let r = parsed "r" VersionRange.Parse range (fst texts.Ranges)
    let s = parsed "s" VersionRange.Parse range (snd texts.Ranges)
    let p = parsed "p" Requirement.Parse requirement (fst texts.Requirements)
    let q = parsed "q" Requirement.Parse requirement (snd texts.Requirements)
    let o = parsed "o" VersionedObject.Parse word texts.Object

    let ofVersion (a: Version) =
        fact "tokens" (fun () -> a.AsTuple() |> Seq.map word |> list)
        fact "length" (fun () -> word a.Length)
        fact "next" (fun () -> word (a.Next()))

        for count in 0..3 do
            fact $"trim {count}" (fun () -> word (a.Trim count))

        for count in [ -1; -2 ] do
            fact $"trim {count}" (fun () -> (a.Trim count).AsTuple() |> Seq.map word |> list)

        if not a.IsEmpty then
            fact "major" (fun () -> word a.Major)
            fact "last" (fun () -> word (a[a.Length - 1].Next()))

        fact "from" (fun () -> range (VersionRange.FromVersion a))
        fact "from ==" (fun () -> range (VersionRange.Exactly a))
        fact "from >" (fun () -> range (VersionRange.AsSpan(a, null, lowerInclusive = false)))
        fact "from <" (fun () -> range (VersionRange.AsSpan(null, a, upperInclusive = false)))

    let ofVersions (a: Version) (b: Version) =
        fact "a < b" (fun () -> yes (a < b))
        fact "a >= b" (fun () -> yes (a >= b))
        fact "a == b" (fun () -> yes (a = b))
        fact "versions" (fun () -> range (VersionRange.FromVersions [ a; b; a ]))
        fact "span" (fun () -> range (VersionRange.AsSpan(a, b)))
        fact "span open" (fun () -> range (VersionRange.AsSpan(a, b, false, false)))

        if not a.IsEmpty && not b.IsEmpty then
            fact "major < major" (fun () -> yes (a.Major < b.Major))

    let ofRange (r: VersionRange) =
        fact "any" (fun () -> yes r.IsAny)
        fact "lower bounded" (fun () -> yes r.LowerBounded)
        fact "upper bounded" (fun () -> yes r.UpperBounded)
        fact "bounded" (fun () -> yes r.Bounded)
        fact "inverse" (fun () -> range (r.Inverse()))
        fact "split" (fun () -> r.Split() |> Seq.map range |> list)
        fact "r span" (fun () -> range (r.Span()))
        fact "to versions" (fun () -> r.ToVersions() |> orNone (Seq.map word >> list))

        for name, version in [ "a", a; "b", b ] do
            version
            |> Option.iter (fun version -> fact $"{name} in r" (fun () -> yes (r.Contains version)))

    let ofRanges (r: VersionRange) (s: VersionRange) =
        fact "union" (fun () -> range (r.Union s))
        fact "unions" (fun () -> range (r.Union [ s; r ]))
        fact "intersection" (fun () -> range (r.Intersection s))
        fact "intersections" (fun () -> range (s.Intersection [ r; s ]))
        fact "difference" (fun () -> range (r.Difference s))
        fact "intersects" (fun () -> yes (r.Intersects s))
        fact "superset" (fun () -> yes (r.IsSupersetOf s))
        fact "subset" (fun () -> yes (r.IsSubsetOf s))
        fact "r == s" (fun () -> yes (r = s))
        fact "r < s" (fun () -> yes (r < s))

    let ofRequirements (p: Requirement) (q: Requirement) =
        fact "p and q" (fun () -> yes (p.ConflictsWith q))
        fact "merged" (fun () -> requirement (p.Merged q))
        fact "p == q" (fun () -> yes (p = q))

        fact "list" (fun () ->
            let merged = RequirementList [ p; q; Requirement.Parse "bar-1"; p ]

            let names =
                Seq.sortWith (fun (a: string) b -> System.String.CompareOrdinal(a, b))
                >> Seq.map word
                >> list

            list [
                word merged
                yes merged.Conflict.HasValue
                requirement (merged.Get "foo")
                names merged.Names
                names merged.ConflictNames
            ])

    let ofObject (o: VersionedObject) =
        fact "name" (fun () -> word o.Name)
        fact "version" (fun () -> word o.Version)
        fact "exact" (fun () -> word (o.AsExactRequirement()))

    Option.iter ofVersion a
    Option.map2 ofVersions a b |> ignore
    Option.iter ofRange r
    Option.map2 ofRanges r s |> ignore

    Option.map2 (fun (p: Requirement) (o: VersionedObject) -> fact "p and o" (fun () -> yes (p.ConflictsWith o))) p o
    |> ignore

    Option.map2 ofRequirements p q |> ignore
    Option.iter ofObject o
    List.ofSeq facts
