/// Text that nobody should write but somebody will: valid text with damage in a few places, or pure noise.
module Rer.Fuzzing.Generators.HostileText

open FsCheck
open FsCheck.FSharp
open Rer.Fuzzing.Generators.Draw

// Pieces that the readers look for, pieces that should never occur, and pieces that .NET and Python treat differently:
// letters and digits of other scripts, characters of two units and halves of them, and characters that end a line or a
// text in other languages.
let private pieces = [
    "-"
    "."
    "+"
    "<"
    ">"
    "="
    "=="
    "|"
    ".."
    "!"
    "~"
    "@"
    "#"
    ","
    " "
    "_"
    "0"
    "1"
    "9"
    "a"
    "Z"
    "("
    ")"
    "["
    "]"
    "{"
    "}"
    "\""
    "'"
    "\\"
    "\n"
    "\r"
    "\t"
    ":"
    ";"
    "*"
    "?"
    "%"
    "$"
    "`"
    "/"
    "\u0000"
    "\u00e9"
    "\u0130"
    "\u0663"
    "\u0f33"
    "\u2028"
    "\ufeff"
    "\ud83d\ude00"
    "\ud83d"
    "\udc00"
    "\u0301"
    "99999999999999999999999999"
    "00000000000000000000000001"
    "-2147483649"
    "1e999"
    "\\u0000"
    "\\N{DASH}"
]

let private piece = pick pieces

/// Noise.
let noise: Gen<string> =
    many (weighted [ 1, 0; 3, 1; 4, 3; 3, 8; 1, 40 ]) piece
    |> Gen.map (String.concat "")

// A text with one place damaged: something inserted, removed, doubled, replaced by noise, or repeated many times.
let private damageOnce (text: string) =
    gen {
        let! from = Gen.choose (0, text.Length)
        let! length = Gen.choose (0, min 6 (text.Length - from))
        let! piece = piece
        let! times = weighted [ 6, 2; 2, 50; 1, 4000 ]

        let before, at, behind =
            text.Substring(0, from), text.Substring(from, length), text.Substring(from + length)

        return!
            weighted [
                3, before + piece + at + behind
                3, before + behind
                2, before + piece + behind
                1, before + String.replicate times (if at = "" then piece else at) + behind
                1, before
            ]
    }

/// A text with a few places damaged.
let damaged (text: string) : Gen<string> =
    gen {
        let! times = weighted [ 4, 1; 2, 2; 1, 5 ]
        return! List.fold (fun text _ -> Gen.bind damageOnce text) (Gen.constant text) [ 1..times ]
    }

/// A text unchanged, damaged, or replaced by noise.
let hostile (percent: int) (text: string) : Gen<string> =
    gen {
        let! isHostile = chance percent
        let! isNoise = chance 15

        if not isHostile then return text
        elif isNoise then return! noise
        else return! damaged text
    }
