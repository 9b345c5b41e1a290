namespace Rer.Reference

open Rer
open Rer.Reference

/// The state of a phase while it is being solved.
[<NoComparison; NoEquality>]
type private Progress = {
    Scopes: PackageScope[]
    Extractions: (string * Requirement) list
    /// Scopes that were narrowed since the last reductions.
    Changed: Set<int>
    /// Conflict scopes that became scopes with variants since the last reductions.
    Widened: Set<int>
}

/// <summary>Solves a phase: extract, merge, intersect, add, reduce, until nothing changes.</summary>
/// <remarks>Mirrors <c>_ResolvePhase.solve</c>. Each stage is a function, in rez's order and named after the headings
/// in rez's log: extracting, merge-extractions, intersecting, adding, reducing. See SOLVER.md#phases.</remarks>
[<RequireQualifiedAccess>]
module PhaseSolving =

    /// Extracts everything that the scopes can extract now. The latest extraction comes first.
    let private extracting (context: SolveContext) (scopes: PackageScope[]) =
        let rec extract extracted (scope: PackageScope) =
            context.ThrowIfCancelled()

            match PackageScope.extract context scope with
            | None -> scope, extracted
            | Some(scope, request) -> extract ((scope.PackageName, request) :: extracted) scope

        context.Printer.Subheader "EXTRACTING:"
        let counts = context.Counts

        let scopes, extracted =
            context.Timed(
                (fun time -> counts.ExtractionTime <- counts.ExtractionTime + time),
                (fun () -> Array.mapFold extract [] scopes)
            )

        counts.Extractions <- counts.Extractions + extracted.Length
        scopes, extracted

    /// Merges the extractions into one request for each family.
    let private mergeExtractions (context: SolveContext) (extracted: (string * Requirement) list) (progress: Progress) =
        context.Printer.Subheader "MERGE-EXTRACTIONS:"
        let requests = RequirementList.Create(extracted |> List.rev |> List.map snd)

        match requests.Conflict with
        | Some(first, second) ->
            let conflict: DependencyConflict = {
                Dependency = first
                ConflictingRequest = second
            }

            Error(progress, Some(DependencyConflicts [ conflict ]))
        | None ->
            context.Printer.Line(fun () -> $"merged extractions: {requests.Text}")
            Ok requests

    /// Intersects the scopes with the requests for their families.
    let private intersecting (cache: PackageVariantCache) (requests: RequirementList) (progress: Progress) =
        let context = cache.Context
        context.Printer.Subheader "INTERSECTING:"

        let rec from i (progress: Progress) =
            if i = progress.Scopes.Length then
                Ok progress
            else
                context.ThrowIfCancelled()
                let scope = progress.Scopes[i]

                match requests.TryGet scope.PackageName with
                | ValueNone -> from (i + 1) progress
                | ValueSome request ->
                    // An extraction is never a conflict, and has a range.
                    let range = Option.defaultValue VersionRange.Any request.Range

                    match PackageScope.intersect cache range scope with
                    | None ->
                        let conflict: DependencyConflict = {
                            Dependency = request
                            ConflictingRequest = scope.PackageRequest
                        }

                        Error(progress, Some(DependencyConflicts [ conflict ]))
                    | Some same when same = scope -> from (i + 1) progress
                    | Some changed ->
                        context.Counts.Intersections <- context.Counts.Intersections + 1
                        let isWidened = scope.IsConflict && not changed.IsConflict

                        from (i + 1) {
                            progress with
                                Scopes = Array.updateAt i changed progress.Scopes
                                Changed = progress.Changed.Add i
                                Widened =
                                    if isWidened then
                                        progress.Widened.Add i
                                    else
                                        progress.Widened
                        }

        context.Timed(
            (fun time -> context.Counts.IntersectionTestTime <- context.Counts.IntersectionTestTime + time),
            (fun () -> from 0 progress)
        )

    /// The message about a missing family, with the packages that require it.
    let private missingFamily (context: SolveContext) (progress: Progress) (family: string) : string =
        let requesters =
            ResolvePhase.extractionsInOrder progress.Extractions
            |> List.filter (fun (_, request) -> request.Name = family)
            |> List.map fst

        $"""package family not found: {family}, was required by: {System.String.Join(", ", requesters)} """
        + $"(searched: {context.Source.SearchPaths})"

    /// Adds scopes for requests whose families have none.
    let private adding (cache: PackageVariantCache) (requests: RequirementList) (progress: Progress) =
        let context = cache.Context
        let known = progress.Scopes |> Seq.map _.PackageName |> Set.ofSeq

        let rec add (progress: Progress) (requests: Requirement list) =
            match requests with
            | [] -> Ok progress
            | request :: rest ->
                let scope =
                    try
                        Some(PackageScope.create cache request)
                    with SolveError(ResolveErrorKind.PackageFamilyNotFound, _) ->
                        if context.Options.ErrorOnMissingVariantRequires then
                            let message = missingFamily context progress request.Name
                            raise (SolveError(ResolveErrorKind.PackageFamilyNotFound, message))

                        None

                match scope with
                | None -> Error(progress, None)
                | Some scope ->
                    context.Printer.Line(fun () -> $"added {PackageScope.text context scope}")

                    add
                        {
                            progress with
                                Scopes = Array.append progress.Scopes [| scope |]
                        }
                        rest

        let unknown =
            requests.Requirements
            |> List.ofArray
            |> List.filter (fun request -> not (known.Contains request.Name))

        if not unknown.IsEmpty then
            context.Printer.Subheader "ADDING:"

        add progress unknown

    /// Extracts, merges, intersects and adds until there is nothing left to extract.
    let rec private extractToTheEnd (cache: PackageVariantCache) (progress: Progress) =
        let context = cache.Context

        match extracting context progress.Scopes with
        | _, [] -> Ok progress
        | scopes, extracted ->
            let progress = {
                progress with
                    Scopes = scopes
                    Extractions = extracted @ progress.Extractions
            }

            mergeExtractions context extracted progress
            |> Result.bind (fun requests -> intersecting cache requests progress |> Result.bind (adding cache requests))
            |> Result.bind (extractToTheEnd cache)

    /// Which scopes are to be reduced by which, the next pair first. rez sorts the pairs and takes them from the end.
    let private pendingReductions (previousCount: int) (progress: Progress) : struct (int * int) list =
        let count = progress.Scopes.Length
        let all = [ count - 1 .. -1 .. 0 ]

        let changedOrAdded =
            all |> List.filter (fun i -> i >= previousCount || progress.Changed.Contains i)

        [
            for x in all do
                // New or widened scopes have not been reduced by any other.
                let others =
                    if x >= previousCount || progress.Widened.Contains x then
                        all
                    else
                        changedOrAdded

                for y in others do
                    if x <> y then
                        struct (x, y)
        ]

    /// Reduces scopes by each other until nothing changes.
    let private reducing (context: SolveContext) (previousCount: int) (progress: Progress) =
        context.Printer.Subheader "REDUCING:"
        let last = progress.Scopes.Length - 1

        let rec reduce (scopes: PackageScope[]) (pending: struct (int * int) list) =
            match pending with
            | [] -> Ok { progress with Scopes = scopes }
            | struct (x, y) :: pending ->
                context.ThrowIfCancelled()

                match PackageScope.reduceBy context scopes[y].PackageRequest scopes[x] with
                | TotallyReduced reductions -> Error({ progress with Scopes = scopes }, Some(TotalReduction reductions))
                | ReducedTo scope when scope = scopes[x] -> reduce scopes pending
                | ReducedTo scope ->
                    // The others have to be reduced again by the narrowed scope.
                    let again =
                        (pending, seq { 0..last })
                        ||> Seq.fold (fun pending j -> if j = x then pending else struct (j, x) :: pending)

                    reduce (Array.updateAt x scope scopes) again

        let counts = context.Counts

        context.Timed(
            (fun time -> counts.ReductionTestTime <- counts.ReductionTestTime + time),
            (fun () -> reduce progress.Scopes (pendingReductions previousCount progress))
        )

    /// Alternates between extracting and reducing until nothing changes.
    let rec private run (cache: PackageVariantCache) (progress: Progress) =
        let context = cache.Context
        let previousCount = progress.Scopes.Length

        match extractToTheEnd cache progress with
        | Error failed -> Error failed
        | Ok progress ->
            let count = progress.Scopes.Length

            if count = previousCount && progress.Changed.IsEmpty && progress.Widened.IsEmpty then
                Ok progress
            else
                let previousCount, changed =
                    if context.Options.Optimised then
                        previousCount, progress.Changed
                    else
                        // All scopes by all scopes.
                        count, Set.ofSeq (seq { 0 .. count - 1 })

                match reducing context previousCount { progress with Changed = changed } with
                | Error failed -> Error failed
                | Ok progress ->
                    run cache {
                        progress with
                            Changed = Set.empty
                            Widened = Set.empty
                    }

    let private isSolved (phase: ResolvePhase) : bool = phase.Scopes |> Array.forall _.IsSolved

    /// <summary>
    /// Solves a pending phase as far as possible without a decision. Mirrors <c>_ResolvePhase.solve</c>.
    /// </summary>
    /// <returns>The phase: failed, solved or exhausted.</returns>
    /// <exception cref="T:Rer.Reference.SolveError">A family or package is not found, or a package contradicts
    /// itself.</exception>
    let solve (cache: PackageVariantCache) (phase: ResolvePhase) : ResolvePhase =
        let solved status (progress: Progress) reason = {
            Scopes = progress.Scopes
            Status = status
            FailureReason = reason
            Extractions = progress.Extractions
            ChangedScopes = Set.empty
        }

        let start = {
            Scopes = phase.Scopes
            Extractions = []
            Changed = phase.ChangedScopes
            Widened = Set.empty
        }

        match run cache start with
        | Error(progress, reason) -> solved Failed progress reason
        | Ok progress ->
            let phase = solved Exhausted progress None

            if isSolved phase then
                { phase with Status = Solved }
            else
                phase
