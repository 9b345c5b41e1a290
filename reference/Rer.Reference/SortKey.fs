namespace Rer.Reference

open Rer

/// <summary>The keys by which orderers compare versions and ranges. Larger is preferred.</summary>
/// <remarks>Mirrors the Python values returned by <c>PackageOrder.sort_key</c> and used in the key of
/// <c>_PackageEntry.sort</c>, so that they compare as in Python.</remarks>
[<RequireQualifiedAccess; NoComparison>]
type SortKey =
    /// A number.
    | Number of int
    /// The name of a family, compared by code point.
    | Name of string
    /// A version; larger is later.
    | Version of Version
    /// A version; larger is earlier. Mirrors `_ReversedComparable`.
    | Reversed of Version
    /// The tokens of a version.
    | Tokens of SubToken[][]
    /// A key, and the version to compare if two keys cannot be compared. Mirrors `FallbackComparable`.
    | Fallback of key: SortKey * version: Version
    /// Keys in decreasing significance: a Python tuple or list.
    | Sequence of SortKey list
    /// A range of a user-defined orderer. The orderer compares it with its other ranges. All other keys are compared
    /// with `byVersion`.
    | Custom of orderer: IPackageOrderer * family: string * range: string * byVersion: SortKey

/// <summary>Comparing sort keys.</summary>
[<RequireQualifiedAccess>]
module SortKey =

    /// How a user-defined orderer compares two ranges; none if they do not both belong to the same orderer.
    let private tryCustom (left: SortKey) (right: SortKey) : int option =
        match left, right with
        | SortKey.Custom(orderer, family, range, _), SortKey.Custom(orderer', family', range', _) when
            obj.ReferenceEquals(orderer, orderer')
            ->
            try
                Some(CustomOrdererAnswer.Compare(orderer, family, range, family', range'))
            with :? CustomOrdererException as error ->
                raise (SolveError(ResolveErrorKind.PackageOrderer, error.Message))
        | _ -> None

    let private byVersion (key: SortKey) : SortKey =
        match key with
        | SortKey.Custom(_, _, _, byVersion) -> byVersion
        | _ -> key

    /// <summary>Python's <c>==</c>.</summary>
    let rec equal (left: SortKey) (right: SortKey) : bool =
        match left, right with
        | SortKey.Number left, SortKey.Number right -> left = right
        | SortKey.Name left, SortKey.Name right -> left = right
        | SortKey.Version left, SortKey.Version right
        | SortKey.Reversed left, SortKey.Reversed right -> left = right
        | SortKey.Tokens left, SortKey.Tokens right -> left = right
        | SortKey.Fallback(left, _), SortKey.Fallback(right, _) -> equal left right
        | SortKey.Sequence left, SortKey.Sequence right -> left.Length = right.Length && List.forall2 equal left right
        | SortKey.Custom _, _
        | _, SortKey.Custom _ ->
            match tryCustom left right with
            | Some order -> order = 0
            | None -> equal (byVersion left) (byVersion right)
        | _ -> false

    /// Python's `<`; none if it raises.
    let rec private tryLess (left: SortKey) (right: SortKey) : bool option =
        match left, right with
        | SortKey.Number left, SortKey.Number right -> Some(left < right)
        | SortKey.Name left, SortKey.Name right -> Some(PythonText.compare left right < 0)
        | SortKey.Version left, SortKey.Version right -> Some(Version.Compare(left, right) < 0)
        | SortKey.Reversed left, SortKey.Reversed right -> Some(Version.Compare(left, right) > 0)
        | SortKey.Tokens left, SortKey.Tokens right ->
            Some(VersionToken.compareLists VersionToken.compare left right < 0)
        | SortKey.Fallback(left, version), SortKey.Fallback(right, version') ->
            match tryLess left right with
            | None -> Some(Version.Compare(version, version') < 0)
            | decided -> decided
        | SortKey.Sequence left, SortKey.Sequence right -> tryLessSequence left right
        | SortKey.Custom _, _
        | _, SortKey.Custom _ ->
            match tryCustom left right with
            | Some order -> Some(order < 0)
            | None -> tryLess (byVersion left) (byVersion right)
        // rez's infinite version is greater than anything it is compared with, before it checks what that is.
        | SortKey.Version left, _ when left.IsInfinite -> Some false
        | _, SortKey.Version right when right.IsInfinite -> Some true
        | _ -> None

    and private tryLessSequence left right =
        match left, right with
        | [], _ -> Some(not right.IsEmpty)
        | _, [] -> Some false
        | left :: lefts, right :: rights when equal left right -> tryLessSequence lefts rights
        | left :: _, right :: _ -> tryLess left right

    /// <summary>Python's <c>&lt;</c> between keys made for one sort, where it does not raise.</summary>
    let less (left: SortKey) (right: SortKey) : bool =
        tryLess left right |> Option.defaultValue false
