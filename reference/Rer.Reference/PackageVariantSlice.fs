namespace Rer.Reference

open System.Collections.Generic

/// <summary>The families that the variants of a slice require or exclude.</summary>
[<ReferenceEquality>]
type FamilyInfo = {
    /// The families that all variants require, ordered by code point.
    CommonFams: string[]
    /// The families that any variant requires or excludes.
    FamRequires: HashSet<string>
}

/// <summary>Some of the variants of a family: those that a scope still considers possible. Never empty.</summary>
/// <remarks>Mirrors <c>_PackageVariantSlice</c>. See SOLVER.md#slices.</remarks>
[<ReferenceEquality>]
type PackageVariantSlice = {
    /// The family.
    PackageName: string
    /// Its versions, in the order of the repository until they are sorted for a split.
    Entries: SharedOrder<PackageEntry>
    /// The number of extracted families. Families are extracted in the order of their names, so these are the first
    /// common ones.
    ExtractedCount: int
    /// The work that need not be repeated.
    Memory: SliceMemory
    /// The number of variants.
    Length: int
    /// Exactly the versions in the slice.
    LazyRange: Lazy<VersionRange>
    /// Computed on demand. This sorts the first entry.
    LazyFamilyInfo: Lazy<FamilyInfo>
} with

    /// <summary>Exactly the versions in the slice.</summary>
    member this.Range = this.LazyRange.Value

    /// <summary>The families that any variant requires or excludes.</summary>
    member this.FamRequires = this.LazyFamilyInfo.Value.FamRequires

    /// <summary>The families that all variants require, ordered by code point.</summary>
    member this.CommonFams = this.LazyFamilyInfo.Value.CommonFams

    /// <summary>The families extracted so far.</summary>
    member this.ExtractedFams =
        this.CommonFams |> Seq.take this.ExtractedCount |> Set.ofSeq

    /// <summary>Whether there is a family left to extract.</summary>
    member this.Extractable = this.ExtractedCount < this.CommonFams.Length

/// <summary>The result of reducing a slice.</summary>
[<NoComparison>]
type ReducedSlice =
    /// No variant had to be removed.
    | Unreduced
    /// Some variants had to be removed.
    | Reduced of PackageVariantSlice
    /// All variants had to be removed, each for a reason.
    | ReducedToNothing of Reduction list

/// <summary>Functions on slices.</summary>
[<RequireQualifiedAccess>]
module PackageVariantSlice =

    /// The preferred variant of the first entry. This sorts that entry.
    let private firstVariantOf (context: SolveContext) (entries: SharedOrder<PackageEntry>) : PackageVariant =
        let entry = entries.Items[0]
        PackageEntry.sort context entry
        entry.Variants.Items[0]

    /// Mirrors `_update_fam_info`.
    let private familyInfo (context: SolveContext) (entries: SharedOrder<PackageEntry>) : FamilyInfo =
        let common = HashSet<string>((firstVariantOf context entries).RequestFams)
        let requires = HashSet<string>()

        for entry in entries.Items do
            for variant in entry.Variants.Items do
                common.IntersectWith variant.RequestFams
                requires.UnionWith variant.RequestFams
                requires.UnionWith variant.ConflictRequestFams

        {
            CommonFams = common |> Seq.sortWith PythonText.compare |> Array.ofSeq
            FamRequires = requires
        }

    let private make context packageName (entries: SharedOrder<PackageEntry>) memory : PackageVariantSlice =
        // The versions do not depend on how they are sorted later.
        let versions = entries.Items

        {
            PackageName = packageName
            Entries = entries
            ExtractedCount = 0
            Memory = memory
            Length = versions |> Array.sumBy _.Length
            LazyRange = lazy VersionRange.FromVersions(versions |> Seq.map _.Version)
            LazyFamilyInfo = lazy familyInfo context entries
        }

    /// <summary>A slice of one or more versions. Mirrors <c>_PackageVariantSlice.__init__</c>.</summary>
    let create (context: SolveContext) (packageName: string) (entries: PackageEntry[]) : PackageVariantSlice =
        make context packageName (SharedOrder(entries, false)) (SliceMemory())

    /// A slice with other entries. It forgets what was extracted, but remembers the work that need not be repeated.
    /// Mirrors `_copy`.
    let private copy context (slice: PackageVariantSlice) (entries: PackageEntry[]) : PackageVariantSlice =
        make context slice.PackageName (SharedOrder(entries, slice.Entries.IsSorted)) (slice.Memory.Copy())

    /// <summary>
    /// The preferred variant of the first entry. This sorts that entry. Mirrors <c>first_variant</c>.
    /// </summary>
    let firstVariant (context: SolveContext) (slice: PackageVariantSlice) : PackageVariant =
        firstVariantOf context slice.Entries

    /// <summary>
    /// The text: <c>foo[2..6(3:4)]*</c> for 3 versions and 4 variants, <c>foo[2..6(2)]</c> for 2 versions with one
    /// variant each, <c>[foo==2[0,1]]</c> for variants of one version, <c>[foo==2[0]]</c> or <c>[foo==2]</c> for one
    /// variant. A star means that there is something left to extract. Mirrors <c>__str__</c>.
    /// </summary>
    let text (context: SolveContext) (slice: PackageVariantSlice) : string =
        let entries = slice.Entries.Items
        let name = slice.PackageName

        let written =
            if slice.Length = 1 then
                let variant = firstVariant context slice

                let index =
                    variant.Index |> Option.map (fun i -> $"[{i}]") |> Option.defaultValue ""

                $"[{name}=={variant.Version}{index}]"
            elif entries.Length = 1 then
                let indexes = entries[0].Variants.Items |> Seq.choose _.Index |> Seq.sort
                $"[{name}=={entries[0].Version}[{System.String.Join(',', indexes)}]]"
            elif entries.Length = slice.Length then
                $"{name}[{slice.Range.Span()}({slice.Length})]"
            else
                $"{name}[{slice.Range.Span()}({entries.Length}:{slice.Length})]"

        if slice.Extractable then written + "*" else written

    /// <summary>
    /// The slice without the versions outside a range. It is the original slice if all versions are in the range, and
    /// none if no version is. Mirrors <c>_PackageVariantSlice.intersect</c>.
    /// </summary>
    let intersect
        (context: SolveContext)
        (range: VersionRange)
        (slice: PackageVariantSlice)
        : PackageVariantSlice option =
        let counts = context.Counts
        counts.IntersectionBroadTests <- counts.IntersectionBroadTests + 1

        if range.IsAny then
            Some slice
        elif context.Options.Optimised && slice.Memory.HasBeenIntersectedWith range then
            Some slice
        else
            context.Printer.Passive(fun () -> $"intersecting {text context slice} wrt range '{range}'...")
            counts.IntersectionTests <- counts.IntersectionTests + 1

            let entries =
                context.Timed(
                    (fun time -> counts.IntersectionTime <- counts.IntersectionTime + time),
                    (fun () -> slice.Entries.Items |> Array.filter (fun entry -> range.Contains entry.Version))
                )

            if entries.Length = 0 then
                None
            else
                let result =
                    if entries.Length < slice.Entries.Items.Length then
                        copy context slice entries
                    else
                        slice

                result.Memory.AddIntersectedWith range
                Some result

    /// Mirrors `_PackageVariantSlice._reduce_by`.
    let private removeConflicting
        (context: SolveContext)
        (request: Requirement)
        (slice: PackageVariantSlice)
        : ReducedSlice =
        context.Counts.ReductionTests <- context.Counts.ReductionTests + 1
        let reductions = List<Reduction>()

        // Variants often share requirements.
        let tested = Dictionary<Requirement, bool>(HashIdentity.Reference)

        let conflicts (requirement: Requirement) =
            match tested.TryGetValue requirement with
            | true, result -> result
            | false, _ ->
                let result = requirement.ConflictsWith request
                tested[requirement] <- result
                result

        let survives (variant: PackageVariant) =
            match variant.TryGet request.Name with
            | ValueSome requirement when conflicts requirement ->
                let reduction = {
                    Name = variant.Name
                    Version = variant.Version
                    VariantIndex = variant.Index
                    Dependency = requirement
                    ConflictingRequest = request
                }

                reductions.Add reduction
                context.Printer.Line(fun () -> $"removed {reduction}")
                false
            | _ -> true

        let reduceEntry (entry: PackageEntry) =
            let variants = entry.Variants.Items |> Array.filter survives

            if variants.Length = entry.Length then Some entry
            elif variants.Length = 0 then None
            else Some(PackageEntry.ofSome false entry variants)

        let entries = slice.Entries.Items |> Array.choose reduceEntry

        if entries.Length = 0 then
            ReducedToNothing(List.ofSeq reductions)
        elif reductions.Count = 0 then
            slice.Memory.AddReducedBy request
            Unreduced
        else
            let reduced = copy context slice entries
            reduced.Memory.AddReducedBy request
            Reduced reduced

    /// <summary>The slice without the variants whose requirements conflict with a request. Mirrors
    /// <c>_PackageVariantSlice.reduce_by</c>.</summary>
    let reduceBy (context: SolveContext) (request: Requirement) (slice: PackageVariantSlice) : ReducedSlice =
        context.Printer.Passive(fun () -> $"reducing {text context slice} wrt {request.ShortText}...")
        let counts = context.Counts

        if context.Options.Optimised && slice.Memory.HasBeenReducedBy request then
            Unreduced
        elif request.Range.IsNone || not (slice.FamRequires.Contains request.Name) then
            Unreduced
        else
            context.Timed(
                (fun time -> counts.ReductionTime <- counts.ReductionTime + time),
                (fun () -> removeConflicting context request slice)
            )

    /// <summary>
    /// Extracts the first family, by name, that all variants require and that has not been extracted yet, with all
    /// versions that any variant allows. None if there is no such family. Conflicts are never extracted; they take
    /// effect by reduction. Mirrors <c>_PackageVariantSlice.extract</c>.
    /// </summary>
    let extract (slice: PackageVariantSlice) : (PackageVariantSlice * Requirement) option =
        if not slice.Extractable then
            None
        else
            let family = slice.CommonFams[slice.ExtractedCount]
            let ranges = HashSet<VersionRange>()

            for entry in slice.Entries.Items do
                for variant in entry.Variants.Items do
                    match variant.TryGet family with
                    | ValueSome requirement -> requirement.Range |> Option.iter (ranges.Add >> ignore)
                    | ValueNone -> ()

            let range = (Seq.head ranges).Union(Seq.tail ranges)

            let extracted = {
                slice with
                    ExtractedCount = slice.ExtractedCount + 1
                    Entries = SharedOrder(slice.Entries.Items, slice.Entries.IsSorted)
            }

            Some(extracted, Requirement.Construct(family, range))

    /// Sorts the entries for all phases that share the slice. Mirrors `sort_versions`.
    let private sortVersions (context: SolveContext) (slice: PackageVariantSlice) : unit =
        if not slice.Entries.IsSorted then
            let orderer = context.Orderer slice.PackageName

            let sortKey (entry: PackageEntry) =
                Orderer.sortKey orderer slice.PackageName entry.Version

            slice.Entries.Sort(PythonSort.sortDescending SortKey.less sortKey)
            context.Printer.Line(fun () -> $"sorted: {slice.PackageName} packages: {Orderer.repr orderer}")

    /// Finds where to split: before the first variant that shares no dependency with all those before it. Returns this
    /// position, and the families that the variants before it share. None would mean that all variants share a
    /// dependency. That cannot happen, because it would have been extracted.
    let private findSplit context (slice: PackageVariantSlice) (fams: Set<string>) : (int * int * Set<string>) option =
        let entries = slice.Entries.Items

        let rec overEntries i prev fams =
            if i = entries.Length then
                None
            else
                // Sort as late as possible, because it is expensive.
                PackageEntry.sort context entries[i]
                overVariants i 0 prev fams

        and overVariants i j prev (fams: Set<string>) =
            let variants = entries[i].Variants.Items

            if j = variants.Length then
                overEntries (i + 1) prev fams
            else
                let fams = fams |> Set.filter variants[j].RequestFams.Contains

                if fams.IsEmpty then
                    prev
                else
                    overVariants i (j + 1) (Some(i, j + 1, fams)) fams

        overEntries 0 None fams

    /// <summary>
    /// Splits the slice in two, the preferred part first. That part contains the first variants that share a family to
    /// extract, or only the first variant. Mirrors <c>_PackageVariantSlice.split</c>.
    /// </summary>
    let split (context: SolveContext) (slice: PackageVariantSlice) : PackageVariantSlice * PackageVariantSlice =
        sortVersions context slice

        let splitAt entryIndex variantCount reason =
            let entries = slice.Entries.Items
            let before = Array.take entryIndex entries
            let behind = Array.skip (entryIndex + 1) entries

            let first, second =
                match PackageEntry.split context variantCount entries[entryIndex] with
                | Some(entry, nextEntry) -> Array.append before [| entry |], Array.append [| nextEntry |] behind
                | None -> Array.take (entryIndex + 1) entries, behind

            let first, second = copy context slice first, copy context slice second

            context.Printer.Line(fun () ->
                $"split (reason: {reason}) {text context slice} into {text context first} and {text context second}")

            first, second

        let fams =
            if slice.Length > 2 then
                Set.difference (Set.ofSeq (firstVariant context slice).RequestFams) slice.ExtractedFams
            else
                Set.empty

        if fams.IsEmpty then
            PackageEntry.sort context slice.Entries.Items[0]
            splitAt 0 1 "first variant"
        else
            match findSplit context slice fams with
            | Some(entryIndex, variantCount, shared) ->
                splitAt entryIndex variantCount (System.String.Join(", ", shared |> Seq.sortWith PythonText.compare))
            | None -> failwith $"common families still in a slice being split: {text context slice}"
