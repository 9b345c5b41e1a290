/// The order of versions, written a third time: from rez's documentation and not from either engine, so that the
/// generators and the brute-force oracle inherit nobody's mistake. Slow and small on purpose.
module Rer.Fuzzing.Versions

let private isDigit (c: char) = c >= '0' && c <= '9'

/// How a token's runs of digits and of other characters compare: others before digits; digits as numbers whatever
/// their length, and if equal as text (`01 < 1`). Tuples and strings of F# compare by parts and by code unit.
let rec private runs (token: string) =
    if token = "" then
        []
    else
        let isNumber = isDigit token[0]

        let run =
            token |> Seq.takeWhile (fun c -> isDigit c = isNumber) |> System.String.Concat

        let digits = run.TrimStart '0'

        let key =
            if isNumber then
                (1, digits.Length, digits, run)
            else
                (0, 0, "", run)

        key :: runs (token.Substring run.Length)

/// A version's tokens; separators do not count: `1-0` is `1.0`.
let tokens (version: string) =
    if version = "" then
        []
    else
        List.ofArray (version.Split('.', '-'))

/// Compares as rez does: `beta < 01 < 1 < 1._ < 1.a < 1.0 < 2`.
let compare (left: string) (right: string) =
    let parse version = tokens version |> List.map runs
    // F#'s comparison of lists is rez's: element by element, and of two equal beginnings the shorter is less.
    Operators.compare (parse left) (parse right)

/// The least version that does not begin with a version's tokens: `1.2_` for `1.2`. None after the empty version.
let next (version: string) =
    if version = "" then None else Some(version + "_")

/// Versions in rez's order.
let sort (versions: string list) = List.sortWith compare versions

/// The first tokens of a version, and the separators between them.
let trim (count: int) (version: string) =
    let rec cut from left =
        match version.IndexOfAny([| '.'; '-' |], from) with
        | -1 -> version
        | at when left = 1 -> version.Substring(0, at)
        | at -> cut (at + 1) (left - 1)

    if count <= 0 then "" else cut 0 count
