/// Everything visible in a result, as text by field. Two engines agree if all of it is the same.
module Rer.Fuzzing.Observation

open System
open System.Globalization
open Rer

/// A named part of what is visible.
type Field = { Name: string; Value: string }

/// The step of a solve as a callback saw it.
type Step = {
    Solves: int
    Fails: int
    Phase: string
}

/// A result with everything that can be read from it.
type Observed = {
    /// `solved`, `failed TotalReduction`, `error PackageNotFound`, `stopped Callback` and so on.
    Outcome: string
    Solves: int
    Fails: int
    /// The resolved packages; empty if there are none.
    Packages: ResolvedPackage list
    Fields: Field list
}

let private lines (items: string seq) = String.concat "\n" items

let private index (index: Nullable<int>) =
    if index.HasValue then
        index.Value.ToString CultureInfo.InvariantCulture
    else
        ""

let private packageText (package: ResolvedPackage) =
    $"{package.Name}-{package.Version}[{index package.VariantIndex}]"

let private failureKind (failure: SolveFailure) =
    match failure with
    | :? DependencyConflictsFailure -> "DependencyConflicts"
    | :? TotalReductionFailure -> "TotalReduction"
    | :? CycleFailure -> "Cycle"
    | _ -> "Unknown"

/// The visible parts of a failure. The last three depend on the order of reductions.
let private failureFields name (failure: SolveFailure) =
    let details =
        match failure with
        | :? CycleFailure as cycle -> List.ofSeq cycle.Packages
        | :? DependencyConflictsFailure as conflicts -> [
            for conflict in conflicts.Conflicts -> $"{conflict.Dependency} <--!--> {conflict.ConflictingRequest}"
          ]
        | :? TotalReductionFailure as total -> [
            for reduction in total.Reductions ->
                $"{packageText reduction.Package}: {reduction.Dependency} <--!--> {reduction.ConflictingRequest}"
          ]
        | _ -> []

    [
        name, failureKind failure
        $"{name}: description", failure.Description
        $"{name}: involved", lines failure.InvolvedRequirements
        $"{name}: details", lines details
    ]

/// A graph regardless of the identity and order of its nodes: the labelled nodes and edges, sorted.
let private graphText (graph: ResolveGraph) =
    let node (node: GraphNode) =
        $"{node.Label} {node.FillColor} {node.Style}"

    let edge (edge: GraphEdge) =
        $"{graph.Nodes[edge.Source].Label} -> {graph.Nodes[edge.Target].Label} {edge.Kind} {edge.Label}"

    let sorted (items: string seq) =
        items
        |> Seq.sortWith (fun one other -> String.CompareOrdinal(one, other))
        |> lines

    sorted (Seq.map node graph.Nodes) + "\n" + sorted (Seq.map edge graph.Edges)

/// The start of the message for a graph that cannot be drawn.
let undrawable = "the graph cannot be drawn"

/// The ends of the names of fields that show the order of a graph's edges, or the ids of its nodes.
let graphOrderFields = [ ": detail"; ": dot" ]

/// A graph, or why there is none. Drawing reads packages that the failed phase did not read, and one of them may
/// contradict itself.
let private graphFields name (draw: unit -> ResolveGraph) =
    try
        let graph = draw ()

        [
            name, graphText graph
            $"{name}: detail", graph.GetFailureDetail()
            $"{name}: dot", graph.ToDot()
        ]
    with :? InvalidOperationException as error when error.Message.StartsWith(undrawable, StringComparison.Ordinal) -> [
        name, error.Message
    ]

/// Failures of long solves are compared only at both ends, because each costs an engine a new solve.
let private comparedAtEachEnd = 12

let private failureIndexes count =
    if count <= 2 * comparedAtEachEnd then
        [ 0 .. count - 1 ]
    else
        [ 0 .. comparedAtEachEnd - 1 ] @ [ count - comparedAtEachEnd .. count - 1 ]

let private throwsOutOfRange (action: unit -> 'a) =
    try
        action () |> ignore
        "no exception"
    with :? ArgumentOutOfRangeException ->
        "out of range"

let private solved (result: SolvedResult) =
    "solved",
    [
        "packages", result.Packages |> Seq.map packageText |> lines
        "ephemerals", lines result.Ephemerals
        yield! graphFields "graph" result.GetGraph
    ]

let private failed (result: FailedResult) =
    let count = result.Statistics.NumFails

    "failed " + failureKind result.Failure,
    [
        yield! failureFields "failure" result.Failure
        yield! graphFields "graph" result.GetGraph
        for index in failureIndexes count do
            yield! failureFields $"failure {index}" (result.GetFailure index)
            yield! graphFields $"graph {index}" (fun () -> result.GetGraph index)
        if count > 0 then
            yield! failureFields "last failure" (result.GetFailure -1)
        "failure past the end", throwsOutOfRange (fun () -> result.GetFailure count)
        "failure before the beginning", throwsOutOfRange (fun () -> result.GetFailure(-count - 1))
    ]

let private error (result: ErrorResult) =
    let message =
        match result.Kind with
        | ResolveErrorKind.PackageFamilyNotFound
        | ResolveErrorKind.PackageNotFound
        | ResolveErrorKind.PackageConflict -> result.Message
        // Each engine has its own words for text that cannot be parsed.
        | _ ->
            if String.IsNullOrWhiteSpace result.Message then
                "no message"
            else
                "a message"

    $"error {result.Kind}", [ "message", message ]

let private stopped (result: StoppedResult) =
    $"stopped {result.Reason}", [ "message", result.Message ]

let private outcome (result: ResolveResult) =
    match result with
    | :? SolvedResult as result -> solved result
    | :? FailedResult as result -> failed result
    | :? ErrorResult as result -> error result
    | :? StoppedResult as result -> stopped result
    | other -> failwith $"A result of an unknown kind: {other.GetType()}."

// An engine may leave some counts out. Only counts that both engines keep are compared.
let private counts (statistics: SolveStatistics) =
    [
        "extractions", statistics.NumExtractions
        "intersections", statistics.NumIntersections
        "intersection tests", statistics.NumIntersectionTests
        "intersection broad tests", statistics.NumIntersectionBroadTests
        "reductions", statistics.NumReductions
        "reduction tests", statistics.NumReductionTests
        "reduction broad tests", statistics.NumReductionBroadTests
    ]
    |> List.choose (fun (name, count) -> if count.HasValue then Some(name, index count) else None)

/// Everything visible in a result, and in the steps that a callback saw.
let observe (result: ResolveResult) (steps: Step list) : Observed =
    let outcome, fields = outcome result
    let statistics = result.Statistics

    {
        Outcome = outcome
        Solves = statistics.NumSolves
        Fails = statistics.NumFails
        Packages =
            (match result with
             | :? SolvedResult as solved -> List.ofSeq solved.Packages
             | _ -> [])
        Fields =
            [
                "outcome", outcome
                yield! fields
                "solves", string statistics.NumSolves
                "fails", string statistics.NumFails
                yield! counts statistics
                "steps",
                steps
                |> List.map (fun step -> $"{step.Solves} {step.Fails} {step.Phase}")
                |> lines
            ]
            |> List.map (fun (name, value) -> { Name = name; Value = value })
    }

/// A field that differs, with both values.
type Difference = {
    Field: string
    Expected: string
    Actual: string
} with

    override this.ToString() =
        $"{this.Field}:\n  expected {this.Expected}\n  actual   {this.Actual}"

/// The fields that both sides have and that differ. If only one side has a field, it is a count that the other does not
/// keep, or the outcomes differ, which is a difference already.
let differences (expected: Observed) (actual: Observed) : Difference list =
    let actualFields = dict [ for field in actual.Fields -> field.Name, field.Value ]

    [
        for field in expected.Fields do
            match actualFields.TryGetValue field.Name with
            | true, value when value <> field.Value -> {
                Field = field.Name
                Expected = field.Value
                Actual = value
              }
            | _ -> ()
    ]
