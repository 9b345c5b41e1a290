namespace Rer.Reference

open System
open System.Text.RegularExpressions

/// <summary>A version, range or requirement that cannot be parsed. The message is rez's.</summary>
/// <remarks>Mirrors <c>VersionError</c>.</remarks>
exception VersionError of message: string with
    override this.Message = this.message

/// <summary>A run of letters or of digits within a token. Mirrors <c>_SubToken</c>.</summary>
[<CustomEquality; NoComparison>]
type SubToken =
    | Alpha of text: string
    /// The digits without leading zeros, and the text with them.
    | Numeric of digits: string * text: string

    /// <summary>The text.</summary>
    member this.Text =
        match this with
        | Alpha text
        | Numeric(_, text) -> text

    /// <summary>
    /// Compares subtokens: letters before numbers; letters in ASCII order; numbers by value, then by text, <c>01</c>
    /// before <c>1</c>. Mirrors <c>_SubToken.__lt__</c>.
    /// </summary>
    static member Compare(left: SubToken, right: SubToken) : int =
        match left, right with
        | Alpha left, Alpha right -> String.CompareOrdinal(left, right)
        | Alpha _, Numeric _ -> -1
        | Numeric _, Alpha _ -> 1
        | Numeric(digits, text), Numeric(digits', text') ->
            // Without leading zeros, the longer number is larger, however long they are.
            if digits.Length <> digits'.Length then
                digits.Length - digits'.Length
            else
                match String.CompareOrdinal(digits, digits') with
                | 0 -> String.CompareOrdinal(text, text')
                | order -> order

    override this.Equals other =
        match other with
        | :? SubToken as other -> SubToken.Compare(this, other) = 0
        | _ -> false

    override this.GetHashCode() =
        this.Text.GetHashCode StringComparison.Ordinal


/// <summary>
/// The part of a version between separators: a list of at least one subtoken. Mirrors <c>AlphanumericVersionToken</c>.
/// </summary>
[<RequireQualifiedAccess>]
module VersionToken =

    let private runs = Regex("[0-9]+|[a-zA-Z_]+", RegexOptions.CultureInvariant)

    /// <summary>Splits a token into runs of letters and of digits. Mirrors
    /// <c>AlphanumericVersionToken._parse</c>.</summary>
    let parse (token: string) : SubToken[] = [|
        for run in runs.Matches token do
            if Char.IsAsciiDigit run.Value[0] then
                Numeric(run.Value.TrimStart '0', run.Value)
            else
                Alpha run.Value
    |]

    /// <summary>
    /// Compares two lists as Python does: at the first difference, otherwise the shorter one is less.
    /// </summary>
    let inline compareLists ([<InlineIfLambda>] compareItems: 'T -> 'T -> int) (left: 'T[]) (right: 'T[]) : int =
        let shared = min left.Length right.Length
        let mutable i = 0
        let mutable order = 0

        while order = 0 && i < shared do
            order <- compareItems left[i] right[i]
            i <- i + 1

        if order <> 0 then order else left.Length - right.Length

    /// <summary>Mirrors <c>AlphanumericVersionToken.less_than</c>.</summary>
    let compare (left: SubToken[]) (right: SubToken[]) : int =
        compareLists (fun left right -> SubToken.Compare(left, right)) left right

    /// <summary>The text of a token.</summary>
    let text (token: SubToken[]) : string =
        String.Join("", token |> Seq.map _.Text)

    /// <summary>
    /// The next larger token: <c>1</c> is followed by <c>1_</c>. Mirrors <c>AlphanumericVersionToken.next</c>.
    /// </summary>
    let next (token: SubToken[]) : SubToken[] =
        match Array.last token with
        | Alpha text -> Array.updateAt (token.Length - 1) (Alpha(text + "_")) token
        | Numeric _ -> Array.append token [| Alpha "_" |]

/// <summary>
/// A version: a list of tokens. The separators between them show only in its text: <c>1-0</c> equals <c>1.0</c>. The
/// empty version is the smallest. <see cref="P:Rer.Reference.Version.Infinity"/> is greater than all others.
/// </summary>
/// <remarks>Mirrors <c>Version</c>. See SOLVER.md#versions.</remarks>
[<Sealed>]
type Version private (tokens: SubToken[][], separators: string[], isInfinite: bool) =

    static let tokenPattern = Regex("[a-zA-Z0-9_]+", RegexOptions.CultureInvariant)

    let text =
        if isInfinite then
            "[INF]"
        else
            String.Join(
                "",
                tokens
                |> Seq.mapi (fun i token -> VersionToken.text token + Array.get separators i)
            )

    let hash =
        tokens
        |> Array.fold
            (fun hash token -> HashCode.Combine(hash, (VersionToken.text token).GetHashCode StringComparison.Ordinal))
            (if isInfinite then 1 else 0)

    /// <summary>The version of an unversioned package. It has no tokens.</summary>
    static member val Empty = Version([||], [||], false)

    /// <summary>Larger than every version. Mirrors <c>Version.inf</c>.</summary>
    static member val Infinity = Version([||], [||], true)

    /// <summary>Parses a version. Mirrors <c>Version.__init__</c>.</summary>
    /// <exception cref="T:Rer.Reference.VersionError">The text is not a version.</exception>
    static member Parse(text: string) : Version =
        if text = "" then
            Version.Empty
        else
            let tokens = tokenPattern.Matches text |> Seq.map _.Value |> Array.ofSeq

            if tokens.Length = 0 then
                raise (VersionError text)

            let separators = tokenPattern.Split text

            if
                separators[0] <> ""
                || Array.last separators <> ""
                || separators |> Array.exists (fun separator -> PythonText.length separator > 1)
            then
                raise (VersionError $"Invalid version syntax: '{text}'")

            // The last separator is the empty text after the last token.
            Version(Array.map VersionToken.parse tokens, Array.tail separators, false)

    /// <summary>The tokens, each a list of subtokens; empty for the empty version and for infinity.</summary>
    member _.Tokens = tokens

    /// <summary>Whether this is <see cref="P:Rer.Reference.Version.Infinity"/>.</summary>
    member _.IsInfinite = isInfinite

    /// <summary>Whether this is the version of an unversioned package.</summary>
    member _.IsEmpty = tokens.Length = 0 && not isInfinite

    /// <summary>The text, as it was written.</summary>
    member _.Text = text

    /// <summary>
    /// The first tokens of the version. A negative count counts from the end, as in a Python slice. Mirrors
    /// <c>Version.trim</c>.
    /// </summary>
    member _.Trim(count: int) : Version =
        let kept =
            if count < 0 then
                max 0 (tokens.Length + count)
            else
                min count tokens.Length

        Version(
            Array.take kept tokens,
            Array.init kept (fun i -> if i = kept - 1 then "" else separators[i]),
            isInfinite
        )

    /// <summary>
    /// The smallest version above all that start with this one: <c>1.2_</c> after <c>1.2</c>, and infinity after the
    /// empty version. Mirrors <c>Version.next</c>.
    /// </summary>
    member _.Next() : Version =
        if tokens.Length = 0 then
            Version.Infinity
        else
            let last = tokens.Length - 1
            Version(Array.updateAt last (VersionToken.next tokens[last]) tokens, separators, false)

    /// <summary>
    /// Compares token by token. A version comes before those that extend it. Mirrors <c>Version.__lt__</c>.
    /// </summary>
    static member Compare(left: Version, right: Version) : int =
        if Object.ReferenceEquals(left, right) then
            0
        elif left.IsInfinite || right.IsInfinite then
            compare left.IsInfinite right.IsInfinite
        else
            VersionToken.compareLists VersionToken.compare left.Tokens right.Tokens

    override this.Equals other =
        match other with
        | :? Version as other -> hash = other.GetHashCode() && Version.Compare(this, other) = 0
        | _ -> false

    override _.GetHashCode() = hash
    override _.ToString() = text
