/// A third implementation of the order of versions. It follows rez's documentation, not either engine, so the
/// generators and the brute-force oracle do not inherit an engine's mistake. It is slow and small on purpose.
module Rer.Fuzzing.Versions

let private isDigit (c: char) = c >= '0' && c <= '9'

/// Compares the runs of digits and of other characters in a token. Other characters come before digits. Digits compare
/// as numbers of any length and, if equal, as text (`01 < 1`). F# compares tuples by their parts and strings by code
/// unit.
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

/// A version's tokens. Separators do not count: `1-0` is `1.0`.
let tokens (version: string) =
    if version = "" then
        []
    else
        List.ofArray (version.Split('.', '-'))

/// Compares as rez does: `beta < 01 < 1 < 1._ < 1.a < 1.0 < 2`.
let compare (left: string) (right: string) =
    let parse version = tokens version |> List.map runs
    // F# compares lists as rez does: element by element, and a list comes before longer ones that start with it.
    Operators.compare (parse left) (parse right)

/// The smallest version that is greater than all versions starting with the given one: `1.2_` for `1.2`. None after the
/// empty version.
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
