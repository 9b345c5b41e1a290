/// Whole `package.yaml` files, with all features of YAML 1.1.
module Rer.Fuzzing.Definitions.YamlFiles

open FsCheck
open FsCheck.FSharp
open Rer.Fuzzing.Generators.Draw

let private scalars = [
    "a"
    "a-1"
    "c-1.2+<3"
    "'!d'"
    "python-3.11"
    "'~e-2'"
    "'a'"
    "\"a\""
    "'it''s'"
    "\"\\x41\\n\""
    "\"\\u00e9\\_\\N\\L\\P\\e\""
    "\"\\q\""
    "!d"
    "~e-2"
    "\"a\\\n  b\""
    "\"a\nb\""
    "\"\\/\""
    "'a\n  b'"
    "1"
    "1.0"
    "1_000"
    "0x1F"
    "0x"
    "0x_"
    "0b101"
    "0b_"
    "017"
    "08"
    "0o17"
    "+1"
    "-1"
    "1:30"
    "1:99"
    "190:20:30"
    "1:30.5"
    "1e3"
    "1.0e+3"
    "1.e+3"
    ".5"
    "."
    "._"
    "-.inf"
    ".NaN"
    "+.5"
    "yes"
    "No"
    "on"
    "y"
    "true"
    "TRUE"
    "null"
    "~"
    ""
    "Null"
    "="
    "<<"
    "2020-01-01"
    "2020-13-01"
    "2020-02-30"
    "2020-1-1"
    "0000-01-01"
    "2020-01-01 10:20:30"
    "2020-01-01T10:20:30.5Z"
    "2020-01-01t25:00:00"
    "2020-01-01 10:20:30 +25:00"
    "2020-01-01 10:20:30 -5"
    "1700000000"
    "1700000000.25"
    "99999999999999999999"
    "a b"
    "a: b"
    "a:b"
    "a #c"
    "a#c"
    "- a"
    "-a"
    "?a"
    "? a"
    "@a"
    "`a"
    "%a"
    "&a"
    "*a"
    "*z"
    "|a"
    ">"
    "{"
    "]"
    ","
    "a, b"
    "\u00e9"
    "\ufeff"
    "\u2028"
    "a\u0085b"
    "\U0001F600"
    "\t"
    "a\tb"
    "-"
    ":a"
    "::"
    "[a]#b"
    "'a'#b"
    "~:{a: b}"
]

let private tags =
    seldom [
        ""
        "&a "
        "&b "
        "!!str "
        "!!int "
        "!!float "
        "!!bool "
        "!!null "
        "!!seq "
        "!!map "
        "!!set "
        "!!omap "
        "!!pairs "
        "!!binary "
        "!!timestamp "
        "! "
        "!foo "
        "!!foo "
        "!<tag:yaml.org,2002:str> "
        "!!python/tuple "
        "!!python/name:os.sep "
        "!!python/str "
        "!!python/none "
        "!e!x "
        "&a &b "
        "!!str &a "
    ]

let private scalar =
    gen {
        let! tag = tags
        let! value = mixed (pick (List.take 9 scalars)) (pick scalars)
        let! isAlias = mixed (Gen.constant false) (chance 8)
        return if isAlias then "*a" else tag + value
    }

let rec private flow (depth: int) : Gen<string> =
    later (fun () ->
        if depth <= 0 then
            scalar
        else
            gen {
                let! items = many (weighted [ 1, 0; 4, 1; 3, 2; 1, 4 ]) (flow (depth - 1))
                let! keys = many (Gen.constant items.Length) scalar
                let! separator = mixed (pick [ ", "; ",\n  "; " , " ]) (pick [ ","; " "; ",," ])
                let! trailing = weighted [ 8, ""; 1, ", " ]
                let! tag = tags
                let sequence = tag + "[" + String.concat separator items + trailing + "]"

                let mapping =
                    List.map2 (fun key item -> $"{key}: {item}") keys items
                    |> String.concat separator

                return! seldom [ sequence; tag + "{" + mapping + trailing + "}"; "[" + mapping + "]" ]
            })

let private indent (columns: int) (text: string) =
    let blank = String.replicate columns " "
    blank + text.Replace("\n", "\n" + blank)

/// A node that starts on a new line.
let rec private block (depth: int) : Gen<string> =
    let item =
        if depth <= 0 then
            scalar
        else
            Gen.frequency [ 4, scalar; 2, flow 1; 2, nested (depth - 1) ]

    gen {
        let! items = many (weighted [ 4, 1; 4, 2; 1, 4 ]) item
        let! keys = many (Gen.constant items.Length) scalar
        let! merge = mixed (Gen.constant false) (chance 20)
        let sequence = items |> List.map (fun item -> $"- {item}") |> String.concat "\n"

        let mapping =
            List.map2 (fun key item -> $"{key}: {item}") keys items
            |> (fun entries -> if merge then "<<: *a" :: entries else entries)
            |> String.concat "\n"

        return! seldom [ sequence; mapping; $"? {keys.Head}\n: {items.Head}" ]
    }

and private nested depth =
    gen {
        let! inner = block depth
        let! columns = seldom [ 2; 2; 0; 1; 4 ]
        let! tag = tags
        return tag + "\n" + indent columns inner
    }

let private literalBlock =
    gen {
        let! header = pick [ "|"; ">"; "|-"; "|+"; ">2"; "|1-"; "|0"; ">-1 # c"; "|#c" ]

        let! lines =
            many (Gen.choose (0, 3)) (pick [ "a"; "  a"; ""; " b"; "a: b"; "\tc"; "# d" ])

        return header + "\n" + indent 2 (String.concat "\n" lines)
    }

let private fields = [
    "requires"
    "variants"
    "build_requires"
    "timestamp"
    "version"
    "name"
    "description"
]

let private field =
    gen {
        let! name =
            mixed
                (pick fields)
                (pick [
                    "'requires'"
                    "\"requires\""
                    "!!str requires"
                    "? requires\n"
                    "&a requires"
                    "requires "
                    "x"
                    "1"
                    "~"
                    "[a]"
                    "{a: b}"
                    "<<"
                    "="
                    "! <<"
                    "! ="
                    "&a ="
                    ":"
                    ":a"
                    "*a"
                    "2020-01-01"
                    "!!python/tuple [a]"
                    "- a"
                ])

        let! value =
            mixed
                (match name with
                 | "requires"
                 | "build_requires" -> Gen.oneof [ flow 1; nested 0 ]
                 | "variants" -> Gen.oneof [ flow 2; Gen.map (fun item -> $"\n- {item}") (flow 1) ]
                 | "timestamp" -> pick [ "1"; "1700000000" ]
                 | _ -> pick [ "foo"; "'1.0'"; "text" ])
                (Gen.frequency [
                    4, flow 1
                    1, flow 2
                    3, nested 1
                    3, scalar
                    1, literalBlock
                    1, Gen.constant "*a"
                ])

        let! separator = seldom [ ": "; ": "; ":"; ":\n  "; " : "; ":\t" ]
        return name + separator + value
    }

let private beginning =
    seldom [
        ""
        "---\n"
        "%YAML 1.1\n---\n"
        "%YAML 1.2\n---\n"
        "%YAML 2.0\n---\n"
        "%TAG !e! tag:yaml.org,2002:\n---\n"
        "# c\n"
        "--- # c\n"
        "\n\n"
        "base: &a {requires: [m-1], x: y}\n<<: *a\n"
        "base: &a [b-1]\n"
        "%FOO bar\n---\n"
    ]

let private ending =
    seldom [ "\n"; ""; "\n..."; "\n---\n"; "\n...\n---\na: b\n"; "\n...\nx"; "\n# c" ]

/// The text of a file before it is damaged.
let file =
    gen {
        let! beginning = beginning
        let! fields = many (Gen.choose (1, 6)) field
        let! ending = ending
        return beginning + String.concat "\n" fields + ending
    }
