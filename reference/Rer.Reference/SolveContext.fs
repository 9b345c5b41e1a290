namespace Rer.Reference

open System
open System.Collections.Generic
open System.Collections.Immutable
open System.Threading
open Rer

/// <summary>A list that is sorted at most once, for everyone who shares it.</summary>
/// <remarks>
/// rez sorts some lists in place, although many of its objects share them. All entries made from a version share the
/// list of its variants. All phases that contain a slice share the list of its entries. The first access that needs the
/// order changes it for everyone. The order of reductions in a failure's text shows this (SOLVER.md#memory).
/// </remarks>
[<Sealed>]
type SharedOrder<'T>(items: 'T[], isSorted: bool) =

    let mutable items = items
    let mutable isSorted = isSorted

    /// <summary>The items in their current order.</summary>
    member _.Items = items

    /// <summary>Whether they are sorted.</summary>
    member _.IsSorted = isSorted

    /// <summary>Sorts the items, unless they are sorted.</summary>
    member _.Sort(sort: 'T[] -> 'T[]) : unit =
        if not isSorted then
            items <- sort items
            isSorted <- true

/// <summary>
/// The reductions and intersections that a slice need not repeat. This only saves work. The saving shows in the
/// statistics and the log.
/// </summary>
/// <remarks>Mirrors <c>been_reduced_by</c> and <c>been_intersected_with</c>. These are sets that a slice shares with
/// the copy made by an extraction, and whose current contents it passes on to narrower slices.</remarks>
[<Sealed>]
type SliceMemory(beenReducedBy: ImmutableHashSet<Requirement>, beenIntersectedWith) =

    let mutable beenReducedBy = beenReducedBy

    let mutable beenIntersectedWith: ImmutableHashSet<VersionRange> =
        beenIntersectedWith

    /// <summary>Creates an empty memory.</summary>
    new() = SliceMemory(ImmutableHashSet.Create(equalityComparer = RequirementKey.comparer), ImmutableHashSet.Empty)

    /// <summary>Whether the slice has been reduced by a request.</summary>
    member _.HasBeenReducedBy(request: Requirement) : bool = beenReducedBy.Contains request

    /// <summary>Whether the slice has been intersected with a range.</summary>
    member _.HasBeenIntersectedWith(range: VersionRange) : bool = beenIntersectedWith.Contains range

    /// <summary>Remembers a request.</summary>
    member _.AddReducedBy(request: Requirement) : unit =
        beenReducedBy <- beenReducedBy.Add request

    /// <summary>Remembers a range.</summary>
    member _.AddIntersectedWith(range: VersionRange) : unit =
        beenIntersectedWith <- beenIntersectedWith.Add range

    /// <summary>A separate memory that starts with the contents of this one.</summary>
    member _.Copy() : SliceMemory =
        SliceMemory(beenReducedBy, beenIntersectedWith)

/// <summary>The counts and times of a solve so far. Mirrors those of <c>Solver._init</c>.</summary>
[<Sealed>]
type SolveCounts() =
    /// Dependencies extracted.
    member val Extractions = 0 with get, set
    /// Scopes that an extraction narrowed.
    member val Intersections = 0 with get, set
    /// Slices whose versions were tested against a range.
    member val IntersectionTests = 0 with get, set
    /// Slices that were to be intersected, including those that needed no test.
    member val IntersectionBroadTests = 0 with get, set
    /// Scopes that were reduced.
    member val Reductions = 0 with get, set
    /// Slices whose variants were tested against a requirement.
    member val ReductionTests = 0 with get, set
    /// Scopes that were to be reduced, including those that needed no test.
    member val ReductionBroadTests = 0 with get, set
    /// Time spent extracting from scopes.
    member val ExtractionTime = TimeSpan.Zero with get, set
    /// Time spent testing versions against ranges.
    member val IntersectionTime = TimeSpan.Zero with get, set
    /// Time spent intersecting scopes.
    member val IntersectionTestTime = TimeSpan.Zero with get, set
    /// Time spent testing variants against requirements.
    member val ReductionTime = TimeSpan.Zero with get, set
    /// Time spent reducing scopes.
    member val ReductionTestTime = TimeSpan.Zero with get, set

/// <summary>What a solve depends on, and the memory shared by all its parts.</summary>
/// <remarks>Takes the place of the attributes of <c>Solver</c> that rez's other classes use through <c>solver</c>. A
/// solve changes only the types of this file and <see cref="T:Rer.Reference.PackageSource"/> in place
/// (SOLVER.md#memory).</remarks>
[<Sealed>]
type SolveContext
    (
        options: ResolveOptions,
        requestList: RequirementList,
        source: PackageSource,
        filters: Filter list,
        printer: Printer,
        cancellationToken: CancellationToken
    ) =

    let requirements = Dictionary<string, Requirement>()

    let orderers =
        match options.PackageOrderers with
        | null -> None
        | given -> Some(OrdererList.Parse(source, given))

    let configuredOrderers = OrdererList.Parse(source, options.ConfiguredOrderers)
    let noOrderers = OrdererList.Parse(source, [])

    /// <summary>The options of the solve.</summary>
    member _.Options = options

    /// <summary>The merged request.</summary>
    member _.RequestList = requestList

    /// <summary>The packages.</summary>
    member _.Source = source

    /// <summary>The filters that hide packages.</summary>
    member _.Filters = filters

    /// <summary>The log.</summary>
    member _.Printer = printer

    /// <summary>The counts and times of the solve so far.</summary>
    member val Counts = SolveCounts()

    /// <summary>The orderer for a family that is sorted, or that is requested.</summary>
    member _.Orderer(family: string) : Orderer =
        (orderers |> Option.defaultValue noOrderers).Get family

    /// <summary>
    /// The orderer for a family that a variant adds to the solve. If no orderers were given, rez uses its configuration
    /// here, and only here.
    /// </summary>
    member _.AdditionalOrderer(family: string) : Orderer =
        (orderers |> Option.defaultValue configuredOrderers).Get family

    /// <summary>Adds the duration of an action to a total. Mirrors <c>Solver.timed</c>.</summary>
    member inline this.Timed([<InlineIfLambda>] add: TimeSpan -> unit, [<InlineIfLambda>] action: unit -> 'T) : 'T =
        let start = this.Options.Clock.GetTimestamp()
        let result = action ()
        add (this.Options.Clock.GetElapsedTime start)
        result

    /// <summary>Ends the solve if it was cancelled.</summary>
    member _.ThrowIfCancelled() : unit =
        cancellationToken.ThrowIfCancellationRequested()

    /// <summary>The versions of a family; empty if there is no such family.</summary>
    member _.Packages(family: string) : Package[] = source.Packages family

    /// <summary>Parses a requirement of a package. Each text is parsed only once.</summary>
    /// <exception cref="T:Rer.Reference.SolveError">It cannot be parsed.</exception>
    member _.ParseRequirement (package: Package) (text: string) : Requirement =
        match requirements.TryGetValue text with
        | true, requirement -> requirement
        | false, _ ->
            let requirement =
                Input.parse $"package {package.QualifiedName}: requirement '{text}'" (fun () ->
                    PackageRequest.parse text)

            requirements[text] <- requirement
            requirement
