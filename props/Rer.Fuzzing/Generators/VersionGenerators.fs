/// Versions as studios write them, and versions that nobody should write.
module Rer.Fuzzing.Generators.VersionGenerators

open FsCheck
open FsCheck.FSharp
open Rer.Fuzzing
open Rer.Fuzzing.Generators.Draw

/// How a family numbers its versions.
type Scheme =
    /// `1.4.2`
    | Semantic
    /// `7`, `3.1`
    | Short
    /// `2024.1`
    | Year
    /// `rc1.2a.beta`: letters, digits and both.
    | Odd
    /// `01.002`
    | Padded
    /// `1_2.v3_rc1`
    | Underscored
    /// `1.2-3`: both separators, and upper case.
    | Dashed
    /// A single package without a version.
    | Unversioned

let schemes = [ Semantic; Short; Year; Odd; Padded; Underscored; Dashed ]

let private number high = Gen.choose (0, high) |> Gen.map string
let private dotted parts = String.concat "." parts

let private oddToken =
    pick [
        "0"
        "1"
        "2"
        "10"
        "08"
        "8"
        "a"
        "b"
        "beta"
        "rc1"
        "2a"
        "a2"
        "_"
        "X"
        "12b3"
        "_1"
        "1_"
        "Z9"
        "00"
    ]

/// One version of a scheme.
let version scheme : Gen<string> =
    match scheme with
    | Unversioned -> Gen.constant ""
    | Semantic ->
        gen {
            let! major = number 4
            let! minor = number 3
            let! patch = number 3
            return dotted [ major; minor; patch ]
        }
    | Short -> many (weighted [ 3, 1; 2, 2 ]) (number 9) |> Gen.map dotted
    | Year ->
        gen {
            let! year = Gen.choose (2018, 2025)
            let! rest = many (Gen.choose (0, 2)) (number 4)
            return dotted (string year :: rest)
        }
    | Odd -> many (Gen.choose (1, 4)) oddToken |> Gen.map dotted
    | Padded ->
        many (Gen.choose (1, 3)) (pick [ "0"; "00"; "01"; "1"; "001"; "02"; "2"; "010"; "10" ])
        |> Gen.map dotted
    | Underscored ->
        many (Gen.choose (1, 2)) (pick [ "_"; "1_"; "1_2"; "1"; "v1"; "v1_rc1"; "__"; "2_" ])
        |> Gen.map dotted
    | Dashed ->
        gen {
            let! tokens =
                many (Gen.choose (1, 3)) (pick [ "1"; "2"; "3"; "A"; "a"; "RC"; "rc"; "10" ])

            let! separators = Gen.listOfLength tokens.Length (weighted [ 2, "."; 1, "-" ])

            return
                List.zip tokens separators
                |> List.mapi (fun index (token, separator) -> if index = 0 then token else separator + token)
                |> String.concat ""
        }

/// Distinct versions of a family, in no particular order. Versions that are equal in rez, such as `1.0` and `1-0`, are
/// rarely both kept, because real repositories do not have them.
let versions scheme count : Gen<string list> =
    match scheme with
    | Unversioned -> Gen.constant [ "" ]
    | _ ->
        gen {
            let! drawn = Gen.listOfLength count (version scheme)
            let! keepEquals = chance 2
            let distinct = List.distinct drawn

            if keepEquals then
                return distinct
            else
                return distinct |> List.distinctBy Versions.tokens
        }

/// The start of a version. Most ranges are written for major or minor numbers.
let beginning (version: string) =
    gen {
        let! tokens = Gen.choose (1, max 1 (Versions.tokens version).Length)
        return Versions.trim tokens version
    }
