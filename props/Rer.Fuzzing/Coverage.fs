namespace Rer.Fuzzing

open System
open System.Collections.Concurrent
open Rer.Fuzzing.Observation

/// Counts the features that occurred in a run. Safe for concurrent use.
type Coverage() =
    let counts = ConcurrentDictionary<string, int>()

    /// Increases a count.
    member _.Add(name: string, by: int) =
        counts.AddOrUpdate(name, by, (fun _ old -> old + by)) |> ignore

    /// A count; zero for a feature that never occurred.
    member _.Count name =
        match counts.TryGetValue name with
        | true, count -> count
        | false, _ -> 0

    /// The number of questions.
    member this.Total = this.Count "questions"

    /// The share of all questions, from 0 to 1.
    member this.Share name =
        float (this.Count name) / float (max 1 this.Total)

    /// Counts a question and its result.
    member this.Note(example: Example, question: Question, observed: Observed) =
        let met name condition =
            if condition then
                this.Add(name, 1)

        let settings = question.Settings
        let packages = example.Families |> List.sumBy (fun family -> family.Packages.Length)

        let needs =
            example.Families |> List.collect _.Packages |> List.collect Example.needs

        this.Add("questions", 1)
        met ("outcome: " + observed.Outcome) true

        met
            "graph: cannot be drawn"
            (observed.Fields
             |> List.exists (fun field -> field.Value.StartsWith(undrawable, StringComparison.Ordinal)))

        for count in [ 1; 3; 10 ] do
            met $"fails: {count} or more" (observed.Fails >= count)
            met $"solved after fails: {count} or more" (observed.Outcome = "solved" && observed.Fails >= count)

        for count in [ 2; 5; 10; 30; 100 ] do
            met $"solves: {count} or more" (observed.Solves >= count)

        for count in [ 5; 10; 20 ] do
            met $"resolved packages: {count} or more" (observed.Packages.Length >= count)

        for count in [ 5; 10; 20; 30 ] do
            met $"families: {count} or more" (example.Families.Length >= count)

        for count in [ 20; 60; 120 ] do
            met $"packages: {count} or more" (packages >= count)

        met
            "repository: variants"
            (example.Families
             |> List.exists (fun family -> family.Packages |> List.exists (fun package -> package.Variants.Length > 1)))

        met "repository: weak requirement" (needs |> List.exists (fun need -> need.Prefix = Weak))
        met "repository: conflict requirement" (needs |> List.exists (fun need -> need.Prefix = Conflict))
        met "repository: ephemeral" (needs |> List.exists (fun need -> need.Name.StartsWith '.'))
        met "request: weak or conflict" (question.Request |> List.exists (fun need -> need.Prefix <> Required))
        met "request: ephemeral" (question.Request |> List.exists (fun need -> need.Name.StartsWith '.'))
        met "option: defaults" (settings = Settings.Default)
        met "option: intersection_priority" (settings.SelectMode <> Settings.Default.SelectMode)
        met "option: filters" (not settings.Filters.IsEmpty)
        met "option: timestamp" (settings.Timestamp <> 0L)
        met "option: orderers" settings.Orderers.IsSome
        met "option: configured orderers" (not settings.ConfiguredOrderers.IsEmpty)
        met "option: building" settings.Building
        met "option: unoptimised" (not settings.Optimised)
        met "option: missing families fail" (not settings.ErrorOnMissing)
        met "option: unpruned" (not settings.PruneUnfailed)

        met "limit: fails" settings.MaxFails.IsSome
        met "limit: fails and another" (settings.MaxFails.IsSome && settings.Limit <> Unlimited)

        match settings.Limit with
        | Unlimited -> ()
        | AbortAt _ -> met "limit: callback aborts" true
        | FailAt _ -> met "limit: callback fails" true
        | TimeUpAt _ -> met "limit: time" true

    /// The counts as a table, with the share of all questions.
    member this.Table() =
        counts
        |> Seq.sortWith (fun one other -> String.CompareOrdinal(one.Key, other.Key))
        |> Seq.map (fun entry -> $"  {entry.Key, -46}{entry.Value, 10}{this.Share entry.Key, 9:P1}")
        |> String.concat "\n"
