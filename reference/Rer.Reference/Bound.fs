namespace Rer.Reference

/// <summary>Where a contiguous range starts. Mirrors <c>_LowerBound</c>.</summary>
[<CustomEquality; NoComparison>]
type LowerBound = {
    /// The version at the bound.
    Version: Version
    /// Whether the version itself is included.
    Inclusive: bool
} with

    /// <summary>The text: <c>1+</c>, <c>&gt;1</c>.</summary>
    member this.Text =
        if this.Version.IsEmpty then
            (if this.Inclusive then "" else ">")
        elif this.Inclusive then
            this.Version.Text + "+"
        else
            ">" + this.Version.Text

    /// <summary>Compares by version, inclusive before exclusive. Mirrors <c>_LowerBound.__lt__</c>.</summary>
    static member Compare(left: LowerBound, right: LowerBound) : int =
        match Version.Compare(left.Version, right.Version) with
        | 0 -> compare right.Inclusive left.Inclusive
        | order -> order

    /// <summary>Whether a version is above the bound. Mirrors <c>_LowerBound.contains_version</c>.</summary>
    member this.Contains(version: Version) : bool =
        let order = Version.Compare(version, this.Version)
        order > 0 || (this.Inclusive && order = 0)

    override this.Equals other =
        match other with
        | :? LowerBound as other -> LowerBound.Compare(this, other) = 0
        | _ -> false

    override this.GetHashCode() =
        System.HashCode.Combine(this.Version.GetHashCode(), this.Inclusive)


/// <summary>Creating lower bounds.</summary>
[<RequireQualifiedAccess>]
module LowerBound =

    /// <summary>Creates a bound. Mirrors <c>_LowerBound.__init__</c>.</summary>
    let create (version: Version) (inclusive: bool) : LowerBound = {
        Version = version
        Inclusive = inclusive
    }

    /// <summary>The lower bound of all versions: the empty version, included. Mirrors <c>_LowerBound.min</c>.</summary>
    let min = create Version.Empty true

/// <summary>Where a contiguous range ends. Mirrors <c>_UpperBound</c>.</summary>
[<CustomEquality; NoComparison>]
type UpperBound = {
    /// The version at the bound.
    Version: Version
    /// Whether the version itself is included.
    Inclusive: bool
} with

    /// <summary>The text: <c>&lt;=1</c>, <c>&lt;1</c>.</summary>
    member this.Text = (if this.Inclusive then "<=" else "<") + this.Version.Text

    /// <summary>Compares by version, exclusive before inclusive. Mirrors <c>_UpperBound.__lt__</c>.</summary>
    static member Compare(left: UpperBound, right: UpperBound) : int =
        match Version.Compare(left.Version, right.Version) with
        | 0 -> compare left.Inclusive right.Inclusive
        | order -> order

    /// <summary>Whether a version is below the bound. Mirrors <c>_UpperBound.contains_version</c>.</summary>
    member this.Contains(version: Version) : bool =
        let order = Version.Compare(version, this.Version)
        order < 0 || (this.Inclusive && order = 0)

    override this.Equals other =
        match other with
        | :? UpperBound as other -> UpperBound.Compare(this, other) = 0
        | _ -> false

    override this.GetHashCode() =
        System.HashCode.Combine(this.Version.GetHashCode(), this.Inclusive)


/// <summary>Creating upper bounds.</summary>
[<RequireQualifiedAccess>]
module UpperBound =

    /// <summary>The upper bound of all versions. Mirrors <c>_UpperBound.inf</c>.</summary>
    let max =
        {
            Version = Version.Infinity
            Inclusive = true
        }
        : UpperBound

    /// <summary>Creates a bound. Mirrors <c>_UpperBound.__init__</c>.</summary>
    /// <exception cref="T:Rer.Reference.VersionError">Nothing is below the empty version, and infinity cannot be
    /// excluded.</exception>
    let create (version: Version) (inclusive: bool) : UpperBound =
        let bound: UpperBound = {
            Version = version
            Inclusive = inclusive
        }

        if version.Tokens.Length = 0 && not inclusive then
            raise (VersionError $"Invalid upper bound: '{bound.Text}'")

        bound

/// <summary>A contiguous range. Mirrors <c>_Bound</c>.</summary>
[<CustomEquality; NoComparison>]
type Bound = {
    /// Where the range starts.
    Lower: LowerBound
    /// Where the range ends.
    Upper: UpperBound
} with

    /// <summary>The version, if there is only one.</summary>
    member this.ExactVersion: Version option =
        if
            this.Lower.Inclusive
            && this.Upper.Inclusive
            && this.Lower.Version = this.Upper.Version
        then
            Some this.Lower.Version
        else
            None

    /// <summary>The shortest text that rez has for it.</summary>
    member this.Text =
        let lower, upper = this.Lower, this.Upper

        if upper.Version.IsInfinite then
            lower.Text
        elif lower.Version = upper.Version then
            "==" + lower.Version.Text
        elif lower.Inclusive && upper.Inclusive then
            if lower.Version.IsEmpty then
                upper.Text
            else
                lower.Version.Text + ".." + upper.Version.Text
        elif lower.Inclusive && lower.Version.Next() = upper.Version then
            lower.Version.Text
        else
            lower.Text + upper.Text

    /// <summary>Compares by lower bound, then by upper bound. Mirrors <c>_Bound.__lt__</c>.</summary>
    static member Compare(left: Bound, right: Bound) : int =
        match LowerBound.Compare(left.Lower, right.Lower) with
        | 0 -> UpperBound.Compare(left.Upper, right.Upper)
        | order -> order

    /// <summary>Mirrors <c>_Bound.contains_version</c>.</summary>
    member this.Contains(version: Version) : bool =
        this.Lower.Contains version && this.Upper.Contains version

    /// <summary>Mirrors <c>_Bound.contains_bound</c>.</summary>
    member this.Contains(bound: Bound) : bool =
        LowerBound.Compare(this.Lower, bound.Lower) <= 0
        && UpperBound.Compare(this.Upper, bound.Upper) >= 0

    override this.Equals other =
        match other with
        | :? Bound as other -> Bound.Compare(this, other) = 0
        | _ -> false

    override this.GetHashCode() =
        System.HashCode.Combine(this.Lower.GetHashCode(), this.Upper.GetHashCode())


/// <summary>Creating and combining contiguous ranges.</summary>
[<RequireQualifiedAccess>]
module Bound =

    /// <summary>All versions. Mirrors <c>_Bound.any</c>.</summary>
    let any = {
        Lower = LowerBound.min
        Upper = UpperBound.max
    }

    /// Whether there is anything between two bounds, as far as bounds can tell.
    let private isPossible (lower: LowerBound) (upper: UpperBound) =
        let order = Version.Compare(lower.Version, upper.Version)
        order < 0 || (order = 0 && lower.Inclusive && upper.Inclusive)

    /// <summary>Creates a contiguous range. Mirrors <c>_Bound.__init__</c>.</summary>
    /// <exception cref="T:Rer.Reference.VersionError">The range would be empty, such as <c>3+&lt;2</c>.</exception>
    let create (lower: LowerBound) (upper: UpperBound) : Bound =
        if not (isPossible lower upper) then
            raise (VersionError "Invalid bound")

        { Lower = lower; Upper = upper }

    /// <summary>A single version: <c>==1.2</c>.</summary>
    let exactly (version: Version) : Bound = {
        Lower = LowerBound.create version true
        Upper = UpperBound.create version true
    }

    let private latest (left: Bound) (right: Bound) =
        if LowerBound.Compare(left.Lower, right.Lower) >= 0 then
            left.Lower
        else
            right.Lower

    let private earliest (left: Bound) (right: Bound) =
        if UpperBound.Compare(left.Upper, right.Upper) <= 0 then
            left.Upper
        else
            right.Upper

    /// <summary>Whether two ranges overlap. Mirrors <c>_Bound.intersects</c>.</summary>
    let intersects (left: Bound) (right: Bound) : bool =
        isPossible (latest left right) (earliest left right)

    /// <summary>The overlap of two ranges, if there is one. Mirrors <c>_Bound.intersection</c>.</summary>
    let intersection (left: Bound) (right: Bound) : Bound option =
        let lower, upper = latest left right, earliest left right

        if isPossible lower upper then
            Some { Lower = lower; Upper = upper }
        else
            None
