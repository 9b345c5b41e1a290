namespace Rer.Reference

/// <summary>
/// A set of versions: contiguous ranges, ascending and separate. A range covers all possible versions, not only those
/// that exist, so <c>3</c> and <c>4</c> never intersect. A range is never empty. Where a result would be, it is none.
/// </summary>
/// <remarks>Mirrors <c>VersionRange</c>. See SOLVER.md#versions.</remarks>
[<Sealed>]
type VersionRange private (bounds: Bound[]) =

    // Computed on demand: most ranges are never written, and not all are used as keys.
    let mutable text: string | null = null
    let mutable hash = 0

    /// Sorts bounds and joins those that overlap or touch.
    static let join (bounds: Bound[]) : Bound[] =
        if bounds.Length < 2 then
            bounds
        else
            let later (left: UpperBound) (right: UpperBound) =
                if UpperBound.Compare(left, right) >= 0 then left else right

            // If a bound excludes the version at which the next one starts, rez checks whether the previous bound
            // includes it. That need not be the bound that reached this far: ==1, <2 and >2 are joined to all versions.
            let touches (upper: UpperBound) (previous: Bound) (lower: LowerBound) =
                let order = Version.Compare(lower.Version, upper.Version)
                order < 0 || (order = 0 && (lower.Inclusive || previous.Upper.Inclusive))

            let add (joined: Bound list, previous: Bound) (bound: Bound) =
                match joined with
                | last :: earlier when touches last.Upper previous bound.Lower ->
                    {
                        last with
                            Upper = later last.Upper bound.Upper
                    }
                    :: earlier,
                    bound
                | _ -> bound :: joined, bound

            let ascending =
                bounds |> Array.sortWith (fun left right -> Bound.Compare(left, right))

            ((([], ascending[0]), ascending) ||> Array.fold add)
            |> fst
            |> List.rev
            |> Array.ofList

    /// <summary>All versions.</summary>
    static member val Any = VersionRange [| Bound.any |]

    /// <summary>Parses a range. Mirrors <c>VersionRange.__init__</c>.</summary>
    /// <exception cref="T:Rer.Reference.VersionError">The text is not a range.</exception>
    static member Parse(text: string) : VersionRange =
        try
            let parts = text.Split '|'

            // With an empty part, the whole range means any version. The parts after it only have to be well-formed.
            match Array.tryFindIndex ((=) "") parts with
            | Some i ->
                parts |> Array.take i |> Array.iter (RangeSyntax.parse >> ignore)

                parts
                |> Array.skip i
                |> Array.filter ((<>) "")
                |> Array.iter (RangeSyntax.find >> ignore)

                VersionRange.Any
            | None ->
                match Array.choose RangeSyntax.parse parts with
                | [||] -> VersionRange.Any
                | bounds -> VersionRange(join bounds)
        with
        | ParseException message -> raise (VersionError $"Syntax error in version range '{text}': {message}")
        | VersionError message -> raise (VersionError $"Invalid version range '{text}': {message}")

    /// <summary>
    /// The versions that start with a version. Mirrors <c>VersionRange.from_version</c> without an operator.
    /// </summary>
    /// <remarks>For the empty version, for which rez raises, this is the range of all versions.</remarks>
    static member FromVersion(version: Version) : VersionRange =
        if version.IsEmpty then
            VersionRange.Any
        else
            VersionRange [|
                Bound.create (LowerBound.create version true) (UpperBound.create (version.Next()) false)
            |]

    /// <summary>Only these versions: <c>==1|==2</c>. Mirrors <c>VersionRange.from_versions</c>.</summary>
    static member FromVersions(versions: Version seq) : VersionRange =
        let ascending =
            versions
            |> Array.ofSeq
            |> Array.sortWith (fun left right -> Version.Compare(left, right))

        let isNew i =
            i = 0 || Version.Compare(ascending[i - 1], ascending[i]) <> 0

        VersionRange [|
            for i in 0 .. ascending.Length - 1 do
                if isNew i then
                    Bound.exactly ascending[i]
        |]

    /// <summary>All versions from one to another, both included. Mirrors <c>VersionRange.as_span</c>.</summary>
    static member FromSpan(first: Version, last: Version) : VersionRange =
        VersionRange [| Bound.create (LowerBound.create first true) (UpperBound.create last true) |]

    /// <summary>The contiguous ranges.</summary>
    member _.Bounds = bounds

    /// <summary>The shortest text that rez has for it.</summary>
    member _.Text: string =
        match text with
        | null ->
            let written = System.String.Join('|', bounds |> Seq.map _.Text)
            text <- written
            written
        | text -> text

    /// <summary>Whether this is the range of all versions. Mirrors <c>VersionRange.is_any</c>.</summary>
    member _.IsAny = bounds.Length = 1 && bounds[0] = Bound.any

    /// <summary>Whether there are versions below it. Mirrors <c>VersionRange.lower_bounded</c>.</summary>
    member _.IsLowerBounded = bounds[0].Lower <> LowerBound.min

    /// <summary>Whether there are versions above it. Mirrors <c>VersionRange.upper_bounded</c>.</summary>
    member _.IsUpperBounded = (Array.last bounds).Upper <> UpperBound.max

    /// <summary>
    /// The contiguous range from the least version to the greatest. Mirrors <c>VersionRange.span</c>.
    /// </summary>
    member _.Span() : VersionRange =
        VersionRange [|
            {
                Lower = bounds[0].Lower
                Upper = (Array.last bounds).Upper
            }
        |]

    /// <summary>The versions that the range names exactly. Mirrors <c>VersionRange.to_versions</c>.</summary>
    member _.ToVersions() : Version list =
        bounds |> Seq.choose _.ExactVersion |> List.ofSeq

    /// <summary>Mirrors <c>VersionRange.contains_version</c>.</summary>
    member _.Contains(version: Version) : bool =
        match VersionRange.LastIndex(bounds, (fun bound -> bound.Lower.Contains version)) with
        | -1 -> false
        | i -> bounds[i].Upper.Contains version

    /// <summary>Whether another range lies entirely within this one. Mirrors <c>VersionRange.issuperset</c>.</summary>
    member _.IsSuperset(other: VersionRange) : bool =
        other.Bounds
        |> Array.forall (fun inner ->
            match VersionRange.LastIndex(bounds, (fun bound -> LowerBound.Compare(bound.Lower, inner.Lower) <= 0)) with
            | -1 -> false
            | i -> bounds[i].Contains inner)

    /// <summary>Mirrors <c>VersionRange.union</c>.</summary>
    member this.Union(others: VersionRange seq) : VersionRange =
        VersionRange(join (Array.collect (fun (range: VersionRange) -> range.Bounds) [| this; yield! others |]))

    /// <summary>The overlap of two ranges, if there is one. Mirrors <c>VersionRange.intersection</c>.</summary>
    member _.Intersection(other: VersionRange) : VersionRange option =
        let shared = ResizeArray<Bound>()

        let collect left right =
            Bound.intersection left right |> Option.iter shared.Add
            false

        VersionRange.ExistsPair(bounds, other.Bounds, collect) |> ignore

        if shared.Count = 0 then
            None
        else
            Some(VersionRange(shared.ToArray()))

    /// <summary>Mirrors <c>VersionRange.intersects</c>.</summary>
    member _.Intersects(other: VersionRange) : bool =
        VersionRange.ExistsPair(bounds, other.Bounds, Bound.intersects)

    /// <summary>All other versions, if there are any. Mirrors <c>VersionRange.inverse</c>.</summary>
    /// <exception cref="T:Rer.Reference.VersionError">The range has touching bounds that its union kept apart, such as
    /// those of <c>&lt;=2|&gt;2</c> in <c>1+&lt;2|&lt;=2|&gt;2</c>. There is no gap to make a bound from.</exception>
    member this.Inverse() : VersionRange option =
        if this.IsAny then
            None
        else
            let below (lower: LowerBound) =
                if lower = LowerBound.min then
                    None
                else
                    Some(UpperBound.create lower.Version (not lower.Inclusive))

            let above (upper: UpperBound) =
                if upper.Version.IsInfinite then
                    None
                else
                    Some(LowerBound.create upper.Version (not upper.Inclusive))

            // The gaps: before the first bound, between neighbours, and after the last.
            let lowers =
                Seq.append [ None ] (bounds |> Seq.map (fun bound -> above bound.Upper))

            let uppers =
                Seq.append (bounds |> Seq.map (fun bound -> below bound.Lower)) [ None ]

            let gap lower upper =
                match lower, upper with
                | None, None -> None
                | _ ->
                    let lower = Option.defaultValue LowerBound.min lower
                    let upper = Option.defaultValue UpperBound.max upper

                    try
                        Some(Bound.create lower upper)
                    with VersionError message ->
                        raise (VersionError $"the range '{this.Text}' cannot be inverted: {message}")

            Some(VersionRange(Seq.map2 gap lowers uppers |> Seq.choose id |> Array.ofSeq))

    /// <summary>
    /// The range without another, if anything is left. Also none if the other is the range of all versions. Mirrors
    /// <c>VersionRange.__sub__</c>.
    /// </summary>
    member this.Difference(other: VersionRange) : VersionRange option =
        other.Inverse() |> Option.bind this.Intersection

    /// The index of the last bound that satisfies a condition; -1 if there is none. The condition must hold for the
    /// first bounds and for no later ones.
    static member private LastIndex(bounds: Bound[], condition: Bound -> bool) : int =
        let rec search low high =
            if low = high then
                low - 1
            else
                let middle = (low + high) / 2

                if condition bounds[middle] then
                    search (middle + 1) high
                else
                    search low middle

        search 0 bounds.Length

    /// Whether a condition holds for any two bounds of two ranges, among those that may overlap, in ascending order.
    static member private ExistsPair(left: Bound[], right: Bound[], condition: Bound -> Bound -> bool) : bool =
        let rec from i j =
            if i = left.Length || j = right.Length then
                false
            elif condition left[i] right[j] then
                true
            // The one that ends first cannot meet any more bounds.
            elif UpperBound.Compare(left[i].Upper, right[j].Upper) <= 0 then
                from (i + 1) j
            else
                from i (j + 1)

        from 0 0

    override this.Equals other =
        match other with
        | :? VersionRange as other ->
            obj.ReferenceEquals(this, other)
            || (this.GetHashCode() = other.GetHashCode() && bounds = other.Bounds)
        | _ -> false

    override _.GetHashCode() =
        if hash = 0 then
            hash <-
                bounds
                |> Array.fold (fun hash bound -> System.HashCode.Combine(hash, bound.GetHashCode())) 1

        hash

    override this.ToString() = this.Text
