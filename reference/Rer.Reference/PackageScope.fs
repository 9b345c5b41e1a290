namespace Rer.Reference

open Rer
open Rer.Reference

/// <summary>
/// What the solve so far allows for one family: variants or, for a conflict or an ephemeral, only a range.
/// </summary>
/// <remarks>Mirrors <c>_PackageScope</c>. See SOLVER.md#scopes.</remarks>
[<ReferenceEquality>]
type PackageScope = {
    /// The request by which other scopes are reduced. If the scope has variants, it is exactly their versions.
    PackageRequest: Requirement
    /// The variants; none for a conflict or an ephemeral.
    VariantSlice: PackageVariantSlice option
} with

    /// <summary>The family.</summary>
    member this.PackageName = this.PackageRequest.Name

    /// <summary>Whether the family is an ephemeral, which has no packages.</summary>
    member this.IsEphemeral = this.PackageRequest.IsEphemeral

    /// <summary>Whether the scope excludes versions without requiring any.</summary>
    member this.IsConflict = this.PackageRequest.IsConflict

    /// <summary>Whether nothing is left to decide. Mirrors <c>_is_solved</c>.</summary>
    member this.IsSolved =
        match this.VariantSlice with
        | None -> true
        | Some slice -> slice.Length = 1 && not slice.Extractable

/// <summary>The result of reducing a scope.</summary>
[<NoComparison>]
type ReducedScope =
    /// The scope, which is the original one if it was not reduced.
    | ReducedTo of PackageScope
    /// No variant is left. Each was removed for a reason.
    | TotallyReduced of Reduction list

/// <summary>Functions on scopes.</summary>
[<RequireQualifiedAccess>]
module PackageScope =

    /// A scope with variants. It requests their versions. Mirrors `_copy` and `_update`.
    let private ofSlice (slice: PackageVariantSlice) : PackageScope = {
        PackageRequest = Requirement.Construct(slice.PackageName, slice.Range)
        VariantSlice = Some slice
    }

    /// <summary>The scope of a request. Mirrors <c>_PackageScope.__init__</c>.</summary>
    /// <exception cref="T:Rer.Reference.SolveError">There is no such family, or no version in the range.</exception>
    let create (cache: PackageVariantCache) (request: Requirement) : PackageScope =
        match request.Range with
        | Some range when not request.IsConflict && not request.IsEphemeral ->
            match cache.GetVariantSlice(request.Name, range) with
            | Some slice -> ofSlice slice
            | None ->
                let text = (Requirement.Construct(request.Name, range)).Text
                let message = $"Package could not be found: {text}"
                raise (SolveError(ResolveErrorKind.PackageNotFound, message))
        | _ -> {
            PackageRequest = request
            VariantSlice = None
          }

    /// <summary>The text of the variants, or of the request if there are none. Mirrors <c>__str__</c>.</summary>
    let text (context: SolveContext) (scope: PackageScope) : string =
        match scope.VariantSlice with
        | None -> scope.PackageRequest.Text
        | Some slice -> PackageVariantSlice.text context slice

    let private intersectEphemeral (context: SolveContext) (range: VersionRange) (scope: PackageScope) =
        let intersection =
            match scope.PackageRequest.Range with
            // A weak ephemeral without a range has no effect. rez crashes on it here.
            | None -> Some range
            | Some own when scope.IsConflict -> range.Difference own
            | Some own -> range.Intersection own

        match intersection with
        | None ->
            context.Printer.Line(fun () ->
                $"{text context scope} intersected with range '{range}' resulted in conflict")

            None
        | _ when intersection = scope.PackageRequest.Range -> Some scope
        | Some intersection ->
            let narrowed = {
                scope with
                    PackageRequest = Requirement.Construct(scope.PackageName, intersection)
            }

            context.Printer.Line(fun () ->
                $"{text context scope} was intersected to {text context narrowed} by range '{range}'")

            Some narrowed

    let private intersectPackages (cache: PackageVariantCache) (range: VersionRange) (scope: PackageScope) =
        let context = cache.Context

        let slice =
            match scope.VariantSlice, scope.PackageRequest.Range with
            | Some slice, _ -> PackageVariantSlice.intersect context range slice
            // A conflict scope is widened to the versions in the range that it does not exclude.
            | None, None -> cache.GetVariantSlice(scope.PackageName, range)
            | None, Some excluded ->
                range.Difference excluded
                |> Option.bind (fun left -> cache.GetVariantSlice(scope.PackageName, left))

        match slice with
        | None ->
            context.Printer.Line(fun () ->
                $"{text context scope} intersected with range '{range}' resulted in no packages")

            None
        | _ when slice = scope.VariantSlice -> Some scope
        | Some slice ->
            let changed = ofSlice slice

            context.Printer.Line(fun () ->
                $"{text context scope} was intersected to {text context changed} by range '{range}'")

            Some changed

    /// <summary>
    /// The scope within a range: the original one if that changes nothing, none if nothing is left. Mirrors
    /// <c>_PackageScope.intersect</c>.
    /// </summary>
    /// <exception cref="T:Rer.Reference.SolveError">A conflict scope is widened, and there is no such
    /// family.</exception>
    let intersect (cache: PackageVariantCache) (range: VersionRange) (scope: PackageScope) : PackageScope option =
        if scope.IsEphemeral then
            intersectEphemeral cache.Context range scope
        else
            intersectPackages cache range scope

    /// <summary>The scope without the variants whose requirements conflict with a request. Mirrors
    /// <c>_PackageScope.reduce_by</c>.</summary>
    let reduceBy (context: SolveContext) (request: Requirement) (scope: PackageScope) : ReducedScope =
        let counts = context.Counts
        let printer = context.Printer
        counts.ReductionBroadTests <- counts.ReductionBroadTests + 1

        match scope.VariantSlice with
        | None -> ReducedTo scope
        | Some slice ->
            match PackageVariantSlice.reduceBy context request slice with
            | Unreduced -> ReducedTo scope
            | ReducedToNothing reductions ->
                counts.Reductions <- counts.Reductions + 1
                printer.Line(fun () -> $"{text context scope} was reduced to nothing by {request.ShortText}")
                printer.Break()
                TotallyReduced reductions
            | Reduced slice ->
                counts.Reductions <- counts.Reductions + 1
                let reduced = ofSlice slice

                printer.Line(fun () ->
                    $"{text context scope} was reduced to {text context reduced} by {request.ShortText}")

                printer.Break()
                ReducedTo reduced

    /// <summary>
    /// Extracts a dependency shared by all variants, if there is one left. Mirrors <c>_PackageScope.extract</c>.
    /// </summary>
    let extract (context: SolveContext) (scope: PackageScope) : (PackageScope * Requirement) option =
        scope.VariantSlice
        |> Option.bind PackageVariantSlice.extract
        |> Option.map (fun (slice, request) ->
            context.Printer.Line(fun () -> $"extracted {request} from {text context scope}")
            { scope with VariantSlice = Some slice }, request)

    /// <summary>
    /// Splits the scope in two, the preferred part first; none if it has fewer than two variants. Mirrors
    /// <c>_PackageScope.split</c>.
    /// </summary>
    let split (context: SolveContext) (scope: PackageScope) : (PackageScope * PackageScope) option =
        match scope.VariantSlice with
        | Some slice when slice.Length > 1 ->
            let first, second = PackageVariantSlice.split context slice
            Some(ofSlice first, ofSlice second)
        | _ -> None

    /// <summary>The variant of a scope with nothing left to decide. Mirrors <c>_get_solved_variant</c>.</summary>
    let solvedVariant (context: SolveContext) (scope: PackageScope) : PackageVariant option =
        scope.VariantSlice
        |> Option.filter (fun _ -> scope.IsSolved)
        |> Option.map (PackageVariantSlice.firstVariant context)

    /// <summary>The request of an ephemeral that is not a conflict. Mirrors <c>_get_solved_ephemeral</c>.</summary>
    let solvedEphemeral (scope: PackageScope) : Requirement option =
        if scope.IsEphemeral && not scope.IsConflict then
            Some scope.PackageRequest
        else
            None
