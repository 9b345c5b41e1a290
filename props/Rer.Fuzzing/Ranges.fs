/// Version ranges as a tree. They are generated and shrunk without text, rendered in every spelling that rez accepts,
/// and evaluated by plain interval arithmetic.
module Rer.Fuzzing.Ranges

/// One contiguous piece of a range, in one of rez's spellings.
type Span =
    /// `1.2`: every version that starts with it.
    | Prefix of string
    /// `==1.2`
    | Exactly of string
    /// `1.2+`, or `>=1.2` if symbolic.
    | AtLeast of version: string * symbolic: bool
    /// `>1.2`
    | Above of string
    /// `<1.2`
    | Below of string
    /// `<=1.2`
    | AtMost of string
    /// `1.2+<2`: the usual way to write a bounded range.
    | FromUntil of string * string
    /// `1.2..2`: both ends included.
    | Inclusive of string * string
    /// `>=1.2,<2`
    | Comma of string * string
    /// `>1.2<=2`
    | Outside of string * string
    /// `<2,>=1.2`: what pip writes.
    | Reversed of string * string

/// A union of spans. The empty list is the range of all versions.
type Range = Span list

let private spanText span =
    match span with
    | Prefix v -> v
    | Exactly v -> "==" + v
    | AtLeast(v, false) -> v + "+"
    | AtLeast(v, true) -> ">=" + v
    | Above v -> ">" + v
    | Below v -> "<" + v
    | AtMost v -> "<=" + v
    | FromUntil(low, high) -> $"{low}+<{high}"
    | Inclusive(low, high) -> $"{low}..{high}"
    | Comma(low, high) -> $">={low},<{high}"
    | Outside(low, high) -> $">{low}<={high}"
    | Reversed(low, high) -> $"<{high},>={low}"

/// The text of a range, such as `1+<2|==3`.
let text (range: Range) =
    range |> List.map spanText |> String.concat "|"

/// An end of an interval: a version, and whether it belongs to the interval.
type End = { Version: string; Included: bool }

/// A contiguous set of versions. None is an open end.
type Interval = { Low: End; High: End option }

let private all = {
    Low = { Version = ""; Included = true }
    High = None
}

let private included version = { Version = version; Included = true }
let private excluded version = { Version = version; Included = false }

let private interval span =
    match span with
    | Prefix v -> {
        Low = included v
        High = Versions.next v |> Option.map excluded
      }
    | Exactly v -> {
        Low = included v
        High = Some(included v)
      }
    | AtLeast(v, _) -> { all with Low = included v }
    | Above v -> { all with Low = excluded v }
    | Below v -> { all with High = Some(excluded v) }
    | AtMost v -> { all with High = Some(included v) }
    | FromUntil(low, high)
    | Comma(low, high)
    | Reversed(low, high) -> {
        Low = included low
        High = Some(excluded high)
      }
    | Inclusive(low, high) -> {
        Low = included low
        High = Some(included high)
      }
    | Outside(low, high) -> {
        Low = excluded low
        High = Some(included high)
      }

// rez checks no more than this. It does not matter whether a version lies between two bounds.
let private isProper interval =
    match interval.High with
    | None -> true
    | Some high ->
        match Versions.compare interval.Low.Version high.Version with
        | 0 -> interval.Low.Included && high.Included
        | order -> order < 0

/// Whether rez accepts a span. It rejects `3+<2`, and an upper bound below the empty version.
let isValid span = isProper (interval span)

/// The intervals of a range, which may overlap.
let intervals (range: Range) =
    if List.isEmpty range then
        [ all ]
    else
        List.map interval range

/// Whether an interval contains a version.
let private holds version interval =
    (match Versions.compare version interval.Low.Version with
     | 0 -> interval.Low.Included
     | order -> order > 0)
    && (match interval.High with
        | None -> true
        | Some high ->
            match Versions.compare version high.Version with
            | 0 -> high.Included
            | order -> order < 0)

/// Whether a range contains a version.
let contains version range =
    intervals range |> List.exists (holds version)

let private intersectTwo left right =
    let low =
        match Versions.compare left.Low.Version right.Low.Version with
        | 0 -> if left.Low.Included then right.Low else left.Low
        | order when order > 0 -> left.Low
        | _ -> right.Low

    let high =
        match left.High, right.High with
        | None, high
        | high, None -> high
        | Some one, Some other ->
            match Versions.compare one.Version other.Version with
            | 0 -> if one.Included then Some other else Some one
            | order when order < 0 -> Some one
            | _ -> Some other

    let both = { Low = low; High = high }
    if isProper both then Some both else None

/// The intersection of two sets of intervals.
let intersect left right =
    List.allPairs left right
    |> List.choose (fun (one, other) -> intersectTwo one other)

let private complementOfOne interval =
    let below =
        if interval.Low.Version = "" && interval.Low.Included then
            []
        else
            [
                {
                    all with
                        High =
                            Some {
                                interval.Low with
                                    Included = not interval.Low.Included
                            }
                }
            ]

    let above =
        match interval.High with
        | None -> []
        | Some high -> [
            {
                Low = {
                    high with
                        Included = not high.Included
                }
                High = None
            }
          ]

    List.filter isProper (below @ above)

/// The complement of a set of intervals.
let complement intervals =
    intervals |> List.map complementOfOne |> List.fold intersect [ all ]

/// Whether rez's union of some intervals contains more than they do. If it joins three or more, it may overlook a
/// version that two of them exclude between them (SOLVER.md#unfound).
let unionMayBeTooWide (intervals: Interval list) =
    let leaveOutOne (below, above) =
        match below.High with
        | Some high ->
            not high.Included
            && not above.Low.Included
            && Versions.compare high.Version above.Low.Version = 0
        | None -> false

    intervals.Length > 2
    && List.allPairs intervals intervals |> List.exists leaveOutOne
