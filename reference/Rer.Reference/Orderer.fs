namespace Rer.Reference

open System.Collections.Generic
open Rer

/// <summary>A rule for the order in which versions are tried, with its versions parsed.</summary>
/// <remarks>Mirrors <c>PackageOrder</c> and its five kinds. See SOLVER.md#orderers.</remarks>
[<RequireQualifiedAccess; NoComparison; NoEquality>]
type Orderer =
    /// Mirrors `NullPackageOrder`.
    | Null
    /// Mirrors `SortedOrder`.
    | Sorted of descending: bool
    /// Mirrors `VersionSplitPackageOrder`.
    | VersionSplit of firstVersion: Version
    /// Mirrors `TimestampPackageOrder`. The function returns the first version of a family after the timestamp.
    | Timestamp of timestamp: int64 * rank: int * firstAfter: (string -> Version option)
    /// Mirrors `PerFamilyOrder`.
    | PerFamily of orderers: Map<string, Orderer> * defaultOrder: Orderer option
    /// A user-defined orderer. The function returns the position of a family's version, 0 for the preferred one.
    | Custom of orderer: IPackageOrderer * placeOf: (string -> Version -> int)

/// <summary>Functions on orderers.</summary>
[<RequireQualifiedAccess>]
module Orderer =

    /// The first version of a family that was released after a time. Mirrors `TimestampPackageOrder._calc_first_after`.
    let private calcFirstAfter
        (source: PackageSource)
        (timestamp: int64)
        (rank: int)
        (family: string)
        : Version option =
        let descending =
            source.Packages family
            |> List.ofArray
            |> List.sortWith (fun left right -> Version.Compare(right.Version, left.Version))

        // Looks at versions from the latest down to the first that is old enough. Versions without a time do not count.
        // Only the definitions of these versions are loaded.
        let rec scan firstAfter (newer: Package list) (packages: Package list) =
            match packages with
            | [] -> firstAfter, newer
            | package :: older when package.Timestamp = 0 -> scan firstAfter (package :: newer) older
            | package :: older when package.Timestamp > timestamp ->
                scan (Some package.Version) (package :: newer) older
            | package :: _ -> firstAfter, package :: newer

        let firstAfter, seen = scan None [] descending

        match seen with
        | last :: newer when rank <> 0 ->
            // Go up again from where the scan ended, past the versions that differ from that one only below the rank.
            let trimmed = last.Version.Trim(rank - 1)

            newer
            |> List.map _.Version
            |> List.tryFind (fun version -> version.Trim(rank - 1) <> trimmed)
        | [] when rank <> 0 -> None // rez crashes if the family has no packages
        | _ -> firstAfter

    /// Mirrors `TimestampPackageOrder._calc_sort_key`.
    let private timestampKey (firstAfter: Version option) (rank: int) (version: Version) : SortKey =
        let isBefore =
            match firstAfter with
            | None -> true
            | Some firstAfter -> Version.Compare(version, firstAfter) < 0

        if isBefore then
            SortKey.Sequence [ SortKey.Number 1; SortKey.Version version ]
        elif rank <> 0 then
            // rez crashes on a range without an upper bound, because it cannot trim infinity. Here, infinity stays
            // infinity when it is trimmed. So it comes last among the versions after the time.
            let tokens = version.Tokens
            let kept = version.Trim(rank - 1).Tokens.Length

            SortKey.Sequence [
                SortKey.Number 0
                SortKey.Reversed(version.Trim(rank - 1))
                SortKey.Tokens(Array.skip kept tokens)
            ]
        else
            SortKey.Sequence [ SortKey.Number 0; SortKey.Reversed version ]

    /// Calls a user-defined orderer. If it fails, the solve ends.
    let private callCustom (call: unit -> 'T) : 'T =
        try
            call ()
        with :? CustomOrdererException as error ->
            raise (SolveError(ResolveErrorKind.PackageOrderer, error.Message))

    /// The positions that a user-defined orderer gives to the versions of a family.
    let private calcPlaces (source: PackageSource) (orderer: IPackageOrderer) (family: string) : Version -> int =
        let ascending =
            source.Packages family
            |> Array.map _.Version
            |> Array.sortWith (fun left right -> Version.Compare(left, right))

        let texts = ascending |> Array.map _.Text
        let order = callCustom (fun () -> CustomOrdererAnswer.Of(orderer, family, texts))
        let places = order |> Array.mapi (fun place position -> ascending[position], place)

        fun version ->
            places
            |> Array.find (fun (known, _) -> Version.Compare(known, version) = 0)
            |> snd

    /// Mirrors `sort_key_implementation` of the five kinds.
    let rec private versionKey (orderer: Orderer) (family: string) (version: Version) : SortKey =
        match orderer with
        | Orderer.Null -> SortKey.Number 0
        | Orderer.Sorted true -> SortKey.Version version
        | Orderer.Sorted false -> SortKey.Reversed version
        | Orderer.VersionSplit firstVersion ->
            let isFirst = Version.Compare(version, firstVersion) <= 0
            SortKey.Sequence [ SortKey.Number(if isFirst then 1 else 0); SortKey.Version version ]
        | Orderer.Timestamp(_, rank, firstAfter) -> timestampKey (firstAfter family) rank version
        | Orderer.PerFamily(orderers, defaultOrder) ->
            match orderers.TryFind family, defaultOrder with
            | Some orderer, _
            | None, Some orderer -> versionKey orderer family version
            // This happens only within another per_family, where rez crashes.
            | None, None -> SortKey.Version version
        | Orderer.Custom(_, placeOf) -> SortKey.Number -(placeOf family version)

    /// <summary>The key of a version. Mirrors <c>PackageOrder.sort_key</c> on a <c>Version</c>.</summary>
    let sortKey (orderer: Orderer) (family: string) (version: Version) : SortKey =
        SortKey.Fallback(versionKey orderer family version, version)

    /// The orderer that decides for a family.
    let rec private decisive (orderer: Orderer) (family: string) : Orderer =
        match orderer with
        | Orderer.PerFamily(orderers, defaultOrder) ->
            match orderers.TryFind family, defaultOrder with
            | Some orderer, _
            | None, Some orderer -> decisive orderer family
            | None, None -> Orderer.Sorted true
        | _ -> orderer

    let private boundsKey (orderer: Orderer) (family: string) (range: VersionRange) : SortKey =
        let bound version inclusion =
            SortKey.Sequence [ sortKey orderer family version; SortKey.Number inclusion ]

        SortKey.Sequence [
            for { Lower = lower; Upper = upper } in range.Bounds ->
                SortKey.Sequence [
                    bound lower.Version (if lower.Inclusive then -2 else -1)
                    bound upper.Version (if upper.Inclusive then 2 else 1)
                ]
        ]

    /// <summary>
    /// The key of a range. It consists of its bounds, not of versions in it. Mirrors <c>PackageOrder.sort_key</c> on a
    /// <c>VersionRange</c>. A user-defined orderer compares ranges itself, or leaves them to the default.
    /// </summary>
    let sortKeyOfRange (orderer: Orderer) (family: string) (range: VersionRange) : SortKey =
        match decisive orderer family with
        | Orderer.Custom(custom, _) ->
            let byVersion = boundsKey (Orderer.Sorted true) family range

            if custom.RanksRanges then
                SortKey.Custom(custom, family, string range, byVersion)
            else
                byVersion
        | orderer -> boundsKey orderer family range

    /// <summary>The text of an orderer in rez. Mirrors <c>PackageOrder.__str__</c>.</summary>
    let rec private text (orderer: Orderer) : string =
        let pythonBool value = if value then "True" else "False"

        match orderer with
        | Orderer.Null -> "{}"
        | Orderer.Sorted descending -> pythonBool descending
        | Orderer.VersionSplit firstVersion -> firstVersion.Text
        | Orderer.Timestamp(timestamp, rank, _) -> $"({timestamp}, {rank})"
        | Orderer.PerFamily(orderers, defaultOrder) ->
            let items =
                orderers
                |> Map.toList
                |> List.sortWith (fun (left, _) (right, _) -> PythonText.compare left right)
                |> List.map (fun (family, orderer) -> $"({PythonText.repr family}, {PythonText.repr (text orderer)})")

            let defaultText = defaultOrder |> Option.map text |> Option.defaultValue "None"
            let items = System.String.Join(", ", items)
            $"([{items}], {PythonText.repr defaultText})"
        | Orderer.Custom(custom, _) -> custom.Name

    /// <summary>The name of an orderer in rez's log. Mirrors <c>PackageOrder.__repr__</c>.</summary>
    let repr (orderer: Orderer) : string =
        let name =
            match orderer with
            | Orderer.Null -> "NullPackageOrder"
            | Orderer.Sorted _ -> "SortedOrder"
            | Orderer.VersionSplit _ -> "VersionSplitPackageOrder"
            | Orderer.Timestamp _ -> "TimestampPackageOrder"
            | Orderer.PerFamily _ -> "PerFamilyOrder"
            | Orderer.Custom(custom, _) -> custom.GetType().Name

        $"{name}({text orderer})"

    /// <summary>Parses an orderer. Mirrors <c>from_pod</c>.</summary>
    /// <exception cref="T:Rer.Reference.SolveError">Its text cannot be parsed, or it does not name families although it
    /// must.</exception>
    let rec parse (source: PackageSource) (orderer: PackageOrderer) : Orderer =
        match orderer with
        | :? NoOrderer -> Orderer.Null
        | :? SortedOrderer as sorted -> Orderer.Sorted sorted.Descending
        | :? VersionSplitOrderer as split ->
            let what = $"orderer version_split: first version '{split.FirstVersion}'"
            Orderer.VersionSplit(Input.parse what (fun () -> Version.Parse split.FirstVersion))
        | :? CustomOrderer as custom ->
            // The orderer is called once for each family, and only if versions are sorted.
            let known = Dictionary<string, Version -> int>()

            let placeOf family =
                match known.TryGetValue family with
                | true, places -> places
                | false, _ ->
                    let places = calcPlaces source custom.Orderer family
                    known[family] <- places
                    places

            Orderer.Custom(custom.Orderer, placeOf)
        | :? SoftTimestampOrderer as soft ->
            // Computed once for each family. Mirrors `_cached_first_after`.
            let known = Dictionary<string, Version option>()

            let firstAfter family =
                match known.TryGetValue family with
                | true, version -> version
                | false, _ ->
                    let version = calcFirstAfter source soft.Timestamp soft.Rank family
                    known[family] <- version
                    version

            Orderer.Timestamp(soft.Timestamp, soft.Rank, firstAfter)
        | :? PerFamilyOrderer as perFamily ->
            let families (inner: PackageOrderer) =
                match inner.Packages with
                | null ->
                    let message = "orderer per_family: an orderer inside it names no packages"
                    raise (SolveError(ResolveErrorKind.InvalidSyntax, message))
                | families -> families

            let orderers =
                perFamily.Orderers
                |> Seq.collect (fun inner ->
                    let parsed = parse source inner
                    families inner |> Seq.map (fun family -> family, parsed))
                |> Map.ofSeq

            Orderer.PerFamily(orderers, perFamily.DefaultOrder |> Option.ofObj |> Option.map (parse source))
        | _ ->
            invalidArg
                (nameof orderer)
                $"{orderer.GetType().Name} is neither one of rez's kinds of orderers nor a caller's own"

/// <summary>Orderers by family. Mirrors <c>PackageOrderList</c>.</summary>
[<Sealed>]
type OrdererList private (byPackage: Dictionary<string, Orderer>) =

    /// The name that means all families. Mirrors `ALL_PACKAGES`.
    static let allPackages = "*"

    /// <summary>
    /// Parses a list of orderers. A family has the first orderer that names it. Mirrors
    /// <c>PackageOrderList.from_pod</c> and <c>refresh</c>.
    /// </summary>
    static member Parse(source: PackageSource, orderers: PackageOrderer seq) : OrdererList =
        let byPackage = Dictionary<string, Orderer>()

        for orderer in orderers do
            let parsed = Orderer.parse source orderer

            let families =
                match parsed, orderer.Packages with
                | Orderer.PerFamily(orderers, _), _ -> List.ofSeq orderers.Keys
                | _, null -> [ allPackages ]
                | _, packages -> List.ofSeq packages

            for family in families do
                byPackage.TryAdd(family, parsed) |> ignore

        OrdererList byPackage

    /// <summary>
    /// The orderer of a family: its own, otherwise the one for all families, otherwise descending versions. Mirrors
    /// <c>get_orderer</c>.
    /// </summary>
    member _.Get(family: string) : Orderer =
        match byPackage.TryGetValue family, byPackage.TryGetValue allPackages with
        | (true, orderer), _
        | _, (true, orderer) -> orderer
        | _ -> Orderer.Sorted true
