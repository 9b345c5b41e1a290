/// Files of package definitions: as written, damaged token by token, and in right or wrong encodings.
module Rer.Fuzzing.Definitions.DefinitionFiles

open System
open System.Text
open System.Text.RegularExpressions
open FsCheck
open FsCheck.FSharp
open Rer.Fuzzing.Generators
open Rer.Fuzzing.Generators.Draw

let private tokens =
    Regex(@"\w+|'[^'\n]*'|""[^""\n]*""|\s+|.", RegexOptions.Singleline)

let private swaps = [
    "["
    "]"
    "("
    ")"
    "{"
    "}"
    ","
    ":"
    "="
    "=="
    "+"
    "+="
    "*"
    "**"
    "-"
    "."
    ";"
    "\n"
    "    "
    " "
    "\t"
    "\\"
    "#"
    "'"
    "\""
    "\"\"\""
    "requires"
    "x"
    "if"
    "else"
    "for"
    "in"
    "not"
    "lambda"
    "def"
    "return"
    "None"
    "import"
    "global"
    "1"
    "'a'"
    "['a']"
    "f"
    "b"
    "@"
    "&a"
    "*a"
    "!"
    "|"
    ">"
    "?"
    "<<"
    "- "
    ": "
    "\ufeff"
    "\u00a0"
    "\u0660"
    "\u2028"
    "\u0085"
    "\u000b"
    "\u0000"
    "\u0001"
    "\u007f"
    "\ufffe"
    "\uff52"
    "\u00b7"
    "\u2118"
]

let private damageToken (text: string) =
    gen {
        let pieces = [| for piece in tokens.Matches text -> piece.Value |]

        if pieces.Length = 0 then
            return text
        else
            let! at = Gen.choose (0, pieces.Length - 1)
            let! other = Gen.choose (0, pieces.Length - 1)
            let! swap = pick swaps
            let! action = Gen.choose (0, 6)

            match action with
            | 0
            | 1 -> pieces[at] <- swap
            | 2 -> pieces[at] <- pieces[at] + swap
            | 3 -> pieces[at] <- ""
            | 4 -> pieces[at] <- pieces[at] + pieces[at]
            | 5 -> pieces[at] <- pieces[other]
            | _ ->
                let kept = pieces[at]
                pieces[at] <- pieces[other]
                pieces[other] <- kept

            return String.concat "" pieces
    }

let private damaged (text: string) =
    gen {
        let! times = mixed (Gen.constant 0) (weighted [ 4, 1; 2, 2; 1, 4 ])

        let! text =
            List.fold (fun text _ -> Gen.bind damageToken text) (Gen.constant text) [ 1..times ]

        let! isHostile = mixed (Gen.constant false) (chance 8)

        return!
            if isHostile then
                HostileText.damaged text
            else
                Gen.constant text
    }

let private encoded (text: string) : Gen<byte[]> =
    let utf8 = Encoding.UTF8.GetBytes text

    seldom [
        utf8
        utf8
        utf8
        utf8
        Array.append (Encoding.UTF8.GetPreamble()) utf8
        Encoding.Latin1.GetBytes text
        Encoding.UTF8.GetBytes(text.Replace("\n", "\r\n"))
        Encoding.UTF8.GetBytes(text.Replace('\n', '\r'))
        Encoding.Unicode.GetBytes text
        Array.append utf8 [| 0xffuy |]
    ]

let private ofText extension text =
    gen {
        let! text = Gen.bind damaged text
        let! content = encoded text

        return {
            Extension = extension
            Content = content
        }
    }

/// A file with a degree of hostility. One file in three is not hostile at all. In the others, one item in twenty or one
/// in five is.
let private drawn (files: Gen<DefinitionText>) =
    gen {
        let! percent = pick [ 0; 5; 20 ]
        return! Gen.resize percent files
    }

/// Any definition file.
let any: Gen<DefinitionText> =
    Gen.frequency [
        3, ofText "py" PythonStatements.file
        1, ofText "py" BoundFunctions.file
        1, ofText "yaml" YamlFiles.file
    ]
    |> drawn

/// Any family in one file.
let anyFamily: Gen<DefinitionText> =
    Gen.frequency [
        1, ofText "py" CombinedFamilies.python
        1, ofText "yaml" CombinedFamilies.yaml
    ]
    |> drawn

/// The file of a seed and an index. There is no other source of randomness.
let at (files: Gen<DefinitionText>) (seed: uint64) (index: int) : DefinitionText =
    (Gen.sampleWithSeed (Rnd(seed + uint64 index * 0x9E3779B97F4A7C15UL)) 0 1 files)[0]
