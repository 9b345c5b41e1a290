/// Requests as text: what people type after `rez-env`, and what they mistype.
module Rer.Fuzzing.Generators.RequestTexts

open FsCheck
open FsCheck.FSharp
open Rer.Fuzzing.Generators.Draw

let private prefix =
    weighted [
        50, ""
        12, "!"
        12, "~"
        8, "."
        4, "!."
        4, "~."
        1, "!!"
        1, "~!"
        1, "!~"
        1, ".."
        1, ".!"
        1, " "
    ]

// rez's own pattern takes exponential time to reject a long name, so names are short.
let private name =
    weighted [
        12, "foo"
        3, "foo_bar"
        3, "foo.bar"
        2, "f"
        2, "7zip"
        2, "_x"
        2, "Foo"
        1, "__pycache__"
        1, ""
    ]

let private separator =
    weighted [ 24, "-"; 4, "@"; 4, "#"; 8, ""; 2, "=="; 2, "<"; 2, ">="; 1, "--"; 1, "=" ]

let private version =
    Gen.oneof [
        pick VersionGenerators.schemes |> Gen.bind VersionGenerators.version
        pick [ ""; "1"; "2.0"; "1.2.beta"; "01"; "1-2"; "1_"; "1..2"; "1." ]
    ]

let private range =
    gen {
        let! low = version
        let! high = version

        let! form =
            weighted [
                8, low
                3, low + "+"
                2, low + "+<" + high
                2, low + ".." + high
                2, "==" + low
                2, "<" + high
                2, "<=" + high
                2, ">" + low
                2, ">=" + low + ",<" + high
                2, "<" + high + ",>=" + low
                1, ">=" + low + "<" + high
                1, "=="
                1, "*"
            ]

        let! other = version

        return!
            weighted [
                6, form
                1, form + "|" + other
                1, other + "|" + form
                1, form + "|" + other + "+"
            ]
    }

// Pieces that .NET and Python treat differently, pieces that shells and people insert, and the operators of requests.
let private piece =
    let characters =
        "-.+<>=|,!~@#_$*?%&'\"\\/:;()[]{} 0aZ\t\n\r\u0000\u00a0\u00e9\u0130\u0663\u200b\u2028\ufeff\ufffd"

    let longer = [ "\U0001f40d"; "\U000e0041"; ".."; "=="; "99999999999999999999" ]
    pick (List.append [ for character in characters -> string character ] longer)

let private damageOnce (text: string) =
    gen {
        let! from = Gen.choose (0, text.Length)
        let! length = Gen.choose (0, min 3 (text.Length - from))
        let! piece = piece
        let before, behind = text.Substring(0, from), text.Substring(from + length)

        return!
            weighted [
                3, before + piece + text.Substring from
                2, before + behind
                2, before + piece + behind
            ]
    }

// Half of a character cannot be represented in JSON.
let private isWhole (text: string) =
    System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes text) = text

// Damages a text a few times, mostly not at all.
let private damaged (text: string) =
    gen {
        let! times = weighted [ 6, 0; 3, 1; 1, 2; 1, 3 ]
        return! List.fold (fun text _ -> Gen.bind damageOnce text) (Gen.constant text) [ 1..times ]
    }
    |> Gen.where isWhole

let private requirementOn name =
    gen {
        let! prefix = prefix
        let! name = name
        let! isBare = chance 25
        let! separator = separator
        let! range = range

        let text =
            if isBare then
                prefix + name
            else
                prefix + name + separator + range

        return! damaged text
    }

/// One requirement of a request, as typed.
let requirement: Gen<string> = requirementOn name

/// Texts on which to compare two implementations of versions, ranges and requirements.
type AlgebraTexts = {
    Versions: string * string
    Ranges: string * string
    /// Mostly for one family.
    Requirements: string * string
    /// A name and a version.
    Object: string
}

let private orDamaged draw =
    gen {
        let! text = draw
        let! isDamaged = chance 15
        return! if isDamaged then damaged text else Gen.constant text
    }

/// Texts, most of which can be parsed.
let algebra: Gen<AlgebraTexts> =
    let some = requirementOn (weighted [ 12, "foo"; 1, "bar"; 1, "" ])

    gen {
        let! versions = Gen.two (orDamaged version)
        let! ranges = Gen.two (orDamaged range)
        let! requirements = Gen.two some
        let! separator = weighted [ 8, "-"; 1, "@"; 1, "#"; 1, "" ]
        let! version = version

        return {
            Versions = versions
            Ranges = ranges
            Requirements = requirements
            Object = "foo" + separator + version
        }
    }
