namespace Rer.Reference

open System
open Rer

/// <summary>The cost of a solve.</summary>
/// <remarks>Mirrors <c>Solver.solve_stats</c>.</remarks>
[<RequireQualifiedAccess>]
module SolveStats =

    /// <summary>The statistics of a result.</summary>
    let toStatistics (context: SolveContext) (numSolves: int) (numFails: int) (solveTime: TimeSpan) : SolveStatistics =
        let counts = context.Counts

        SolveStatistics(
            numSolves,
            numFails,
            NumExtractions = counts.Extractions,
            NumIntersections = counts.Intersections,
            NumIntersectionTests = counts.IntersectionTests,
            NumIntersectionBroadTests = counts.IntersectionBroadTests,
            NumReductions = counts.Reductions,
            NumReductionTests = counts.ReductionTests,
            NumReductionBroadTests = counts.ReductionBroadTests,
            SolveTime = solveTime,
            LoadTime = context.Source.LoadTime
        )

    /// <summary>The statistics at the end of rez's log: Python's <c>pformat</c> of dictionaries.</summary>
    let toText (context: SolveContext) (numSolves: int) (numFails: int) (solveTime: TimeSpan) : string =
        let counts = context.Counts

        let seconds (time: TimeSpan) =
            PythonText.reprOfFloat time.TotalSeconds

        let groups = [
            "extractions",
            [
                "extraction_time", seconds counts.ExtractionTime
                "num_extractions", string counts.Extractions
            ]
            "global",
            [
                "load_time", seconds context.Source.LoadTime
                "num_fails", string numFails
                "num_solves", string numSolves
                "solve_time", seconds solveTime
            ]
            "intersections",
            [
                "intersection_test_time", seconds counts.IntersectionTestTime
                "intersection_time", seconds counts.IntersectionTime
                "num_intersection_broad_tests", string counts.IntersectionBroadTests
                "num_intersection_tests", string counts.IntersectionTests
                "num_intersections", string counts.Intersections
            ]
            "reductions",
            [
                "num_reduction_broad_tests", string counts.ReductionBroadTests
                "num_reduction_tests", string counts.ReductionTests
                "num_reductions", string counts.Reductions
                "reduction_test_time", seconds counts.ReductionTestTime
                "reduction_time", seconds counts.ReductionTime
            ]
        ]

        // On one line if it fits into 80 columns, including the comma or brace after it.
        let group (name: string, items: (string * string) list) =
            let items = items |> List.map (fun (key, value) -> $"'{key}': {value}")
            let indentation = name.Length + 5
            let line = "{" + String.Join(", ", items) + "}"

            let written =
                if line.Length > 79 - indentation then
                    "{" + String.Join(",\n" + String(' ', indentation + 1), items) + "}"
                else
                    line

            $"'{name}': {written}"

        "{" + String.Join(",\n ", groups |> List.map group) + "}"
