namespace Rer.Reference

open System.Collections.Generic

/// <summary>
/// A requirement for the packages of one family: <c>foo-1+</c> requires one in the range, <c>!foo-1</c> allows none in
/// it, <c>~foo-1</c> (weak) allows none outside it.
/// </summary>
/// <remarks>Mirrors <c>Requirement</c>. See SOLVER.md#requirements.</remarks>
[<Sealed>]
type Requirement private (name: string, range: VersionRange option, isConflict: bool, isWeak: bool, separator: char) =

    // Computed on demand: most requirements are never written.
    let mutable text: string | null = null

    let hash =
        System.HashCode.Combine(name, isConflict, range |> Option.map hash |> Option.defaultValue 0)

    /// <summary>Parses a requirement. Mirrors <c>Requirement.__init__</c>.</summary>
    /// <exception cref="T:Rer.Reference.VersionError">Its range cannot be parsed.</exception>
    static member Parse(text: string) : Requirement =
        let isWeak = text.StartsWith '~'
        let isConflict = isWeak || text.StartsWith '!'
        let text = if isConflict then text.Substring 1 else text

        match text.IndexOfAny [| '-'; '@'; '#'; '='; '<'; '>' |] with
        | -1 when isWeak -> Requirement(text, None, true, true, '-')
        | -1 -> Requirement(text, Some VersionRange.Any, isConflict, false, '-')
        | i ->
            let isSeparator = Seq.contains text[i] "-@#"
            let range = VersionRange.Parse(text.Substring(if isSeparator then i + 1 else i))
            let range = if isWeak then range.Inverse() else Some range
            Requirement(text.Substring(0, i), range, isConflict, isWeak, (if isSeparator then text[i] else '-'))

    /// <summary>The requirement that a family is in a range. Mirrors <c>Requirement.construct</c>.</summary>
    static member Construct(name: string, range: VersionRange) : Requirement =
        Requirement(name, Some range, false, false, '-')

    /// <summary>The family.</summary>
    member _.Name = name

    /// <summary>
    /// The versions required or, for a conflict, excluded. None for a weak requirement that allows everything, which
    /// has no effect.
    /// </summary>
    member _.Range = range

    /// <summary>Whether it excludes versions instead of requiring a package: <c>!foo</c>, <c>~foo</c>.</summary>
    member _.IsConflict = isConflict

    /// <summary>Whether it was written <c>~foo</c>. Mirrors <c>Requirement.weak</c>.</summary>
    member _.IsWeak = isWeak

    /// <summary>Whether its family is an ephemeral: a name without packages, which starts with a dot.</summary>
    member _.IsEphemeral = name.StartsWith '.'

    /// <summary>The text, as rez writes it. Mirrors <c>Requirement.__str__</c>.</summary>
    member this.Text: string =
        match text with
        | null ->
            let written = this.Write()
            text <- written
            written
        | text -> text

    /// <summary>
    /// The text, shortened if the range lists exact versions: <c>foo-1..3(5)</c>. Mirrors <c>_short_req_str</c>.
    /// </summary>
    member this.ShortText: string =
        match range with
        | Some range when
            not isConflict
            && range.Bounds.Length > 1
            && range.ToVersions().Length = range.Bounds.Length
            ->
            $"{name}-{range.Span()}({range.Bounds.Length})"
        | _ -> this.Text

    /// <summary>Whether nothing satisfies both requirements. Mirrors <c>Requirement.conflicts_with</c>.</summary>
    member _.ConflictsWith(other: Requirement) : bool =
        match range, other.Range with
        | Some range, Some range' when name = other.Name ->
            match isConflict, other.IsConflict with
            | true, true -> false
            | true, false -> range.IsSuperset range'
            | false, true -> range'.IsSuperset range
            | false, false -> not (range.Intersects range')
        | _ -> false

    /// <summary>
    /// Whether a version of a family violates the requirement. Mirrors <c>Requirement.conflicts_with</c> on a
    /// <c>VersionedObject</c>.
    /// </summary>
    member _.ConflictsWith(family: string, version: Version) : bool =
        match range with
        | Some range when name = family -> range.Contains version = isConflict
        | _ -> false

    /// <summary>
    /// Combines two requirements for one family; none if they contradict each other. Prefix and separator come from the
    /// one that is not a conflict, otherwise from the first. Mirrors <c>Requirement.merged</c>.
    /// </summary>
    member this.Merged(other: Requirement) : Requirement option =
        match range, other.Range with
        | None, _ -> Some other
        | _, None -> Some this
        | Some range, Some range' ->
            let like (side: Requirement) range = side.With(range, side.IsWeak)

            match isConflict, other.IsConflict with
            | true, true ->
                let range = range.Union [ range' ]
                Some(this.With(range, isWeak && other.IsWeak && not range.IsAny))
            | true, false -> range'.Difference range |> Option.map (like other)
            | false, true -> range.Difference range' |> Option.map (like this)
            | false, false -> range.Intersection range' |> Option.map (like this)

    member private _.With(range: VersionRange, isWeak: bool) =
        Requirement(name, Some range, isConflict, isWeak, separator)

    member private _.Write() =
        let prefix =
            if isWeak then "~"
            elif isConflict then "!"
            else ""

        // A weak requirement is stored as what it excludes, and written as what it allows.
        let written =
            match range with
            | None -> VersionRange.Any
            | Some range when isWeak -> range.Inverse() |> Option.defaultValue VersionRange.Any
            | Some range -> range

        if written.IsAny then
            prefix + name
        elif Seq.contains written.Text[0] "=<>" then
            prefix + name + written.Text
        else
            $"{prefix}{name}{separator}{written.Text}"

    /// <summary>Compares by family, range and kind. Mirrors <c>Requirement.__eq__</c>.</summary>
    override this.Equals other =
        match other with
        | :? Requirement as other ->
            obj.ReferenceEquals(this, other)
            || (name = other.Name && isConflict = other.IsConflict && range = other.Range)
        | _ -> false

    override _.GetHashCode() = hash

    override this.ToString() = this.Text

/// <summary>Requirements as keys, which must be equal and have the same text.</summary>
[<RequireQualifiedAccess>]
module RequirementKey =

    /// <summary>
    /// Distinguishes <c>foo-1-0</c> from <c>foo-1.0</c>, although they are equal. rez compares requirements by range
    /// but hashes them by text, so its sets and dictionaries contain both.
    /// </summary>
    let comparer = {
        new IEqualityComparer<Requirement> with
            member _.Equals(left, right) =
                match left, right with
                | NonNull left, NonNull right ->
                    obj.ReferenceEquals(left, right)
                    || (left.Equals right && left.Text = right.Text)
                | _ -> isNull left && isNull right

            member _.GetHashCode requirement = requirement.GetHashCode()
    }

/// <summary>
/// A list of requirements. Those for one family are merged into one, in the position of the first. Or it contains the
/// two requirements that could not be merged.
/// </summary>
/// <remarks>Mirrors <c>RequirementList</c>.</remarks>
[<Sealed>]
type RequirementList private (merged: Requirement[], byName: Dictionary<string, Requirement>, conflict) =

    let names =
        lazy HashSet(merged |> Seq.filter (fun request -> not request.IsConflict) |> Seq.map _.Name)

    let conflictNames =
        lazy HashSet(merged |> Seq.filter _.IsConflict |> Seq.map _.Name)

    /// <summary>Merges requirements. Mirrors <c>RequirementList.__init__</c>.</summary>
    static member Create(requirements: Requirement seq) : RequirementList =
        let byName = Dictionary<string, Requirement>()
        let order = List<string>()

        let add (requirement: Requirement) =
            match byName.TryGetValue requirement.Name with
            | false, _ ->
                order.Add requirement.Name
                byName[requirement.Name] <- requirement
                None
            | true, existing ->
                match existing.Merged requirement with
                | Some merged ->
                    byName[requirement.Name] <- merged
                    None
                | None -> Some(existing, requirement)

        match requirements |> Seq.tryPick add with
        | Some conflict -> RequirementList([||], byName, Some conflict)
        | None -> RequirementList([| for name in order -> byName[name] |], byName, None)

    /// <summary>The merged requirements; empty if there is a conflict.</summary>
    member _.Requirements = merged

    /// <summary>The two requirements that contradict each other, if any do.</summary>
    member _.Conflict: (Requirement * Requirement) option = conflict

    /// <summary>The families of the requirements that are not conflicts.</summary>
    member _.Names: IReadOnlySet<string> = names.Value

    /// <summary>The families of the conflicts.</summary>
    member _.ConflictNames: IReadOnlySet<string> = conflictNames.Value

    /// <summary>The requirement for a family. Mirrors <c>RequirementList.get</c>.</summary>
    member _.TryGet(name: string) : Requirement voption =
        match byName.TryGetValue name with
        | true, requirement -> ValueSome requirement
        | false, _ -> ValueNone

    /// <summary>The text. Mirrors <c>RequirementList.__str__</c>.</summary>
    member _.Text =
        match conflict with
        | Some(left, right) -> $"{left} <--!--> {right}"
        | None -> System.String.Join(' ', merged |> Seq.map _.Text)
