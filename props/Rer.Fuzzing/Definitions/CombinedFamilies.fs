/// Families in one file: `foo.py` or `foo.yaml` with `versions` and `version_overrides`.
module Rer.Fuzzing.Definitions.CombinedFamilies

open FsCheck
open FsCheck.FSharp
open Rer.Fuzzing.Generators.Draw

/// A value that both languages can express.
type private Value =
    | Text of string
    /// In Python, and in YAML.
    | Written of string * string
    | Items of Value list
    /// Keys may repeat.
    | Entries of (Value * Value) list

let rec private inLanguage (escape: string -> string) (choose: string * string -> string) value =
    let write = inLanguage escape choose

    match value with
    | Text text -> "'" + escape text + "'"
    | Written(python, yaml) -> choose (python, yaml)
    | Items items -> "[" + String.concat ", " (List.map write items) + "]"
    | Entries entries ->
        let entry (key, value) = $"{write key}: {write value}"
        "{" + String.concat ", " (List.map entry entries) + "}"

let private inPython =
    inLanguage (fun text -> text.Replace("\\", "\\\\").Replace("'", "\\'")) fst

let private inFlow = inLanguage (fun text -> text.Replace("'", "''")) snd

/// A key and its value in block style: lists and dicts below the key, anything else after it.
let rec private blockEntry (key: string) value =
    match value with
    | Items(_ :: _ as items) -> below key [ for item in items -> $"- {inFlow item}" ]
    | Entries(_ :: _ as entries) -> below key [ for name, item in entries -> blockEntry (inFlow name) item ]
    | _ -> flowEntry key value

and private below key lines =
    key
    + ":"
    + String.concat "" [ for line in lines -> ("\n" + line).Replace("\n", "\n  ") ]

/// A key and its value in flow style.
and private flowEntry key value = $"{key}: {inFlow value}"

let private odd =
    pick [
        Written("None", "null")
        Written("True", "yes")
        Written("1", "1")
        Written("1.0", "1.0")
        Written("1.10", "1.10")
        Written("b'1'", "!!binary MQ==")
        Written("b''", "!!binary ''")
        Written("('1', '2')", "!!python/tuple ['1', '2']")
        Written("{'1', '2'}", "!!set {'1', '2'}")
        Written("()", "~")
        Written("set()", "!!set {}")
        Written("...", "2020-01-01")
        Written("lambda: 1", "*z")
        Written("dict()", "!!omap []")
        Text ""
        Text "abc"
        Items []
        Items [ Items [] ]
        Entries []
        Entries [ Text "1", Text "2" ]
    ]

// Few versions, in several spellings, so that lists repeat them and ranges overlap.
let private version =
    mixed
        (pick [ "1.0"; "1.1"; "1.2"; "1-1"; "2"; "2.0"; "10"; "1.0.0"; "1.a"; "1_0"; "01.0" ])
        (pick [
            ""
            "1..0"
            "1.0 "
            " 1"
            "1.0+"
            ".1"
            "a"
            "A"
            "_"
            "1.é"
            "-"
            "1.0-"
            "1/2"
            "None"
            "1\t0"
        ])

let private range =
    Gen.frequency [
        4, version
        1, Gen.map (fun version -> $"=={version}") version
        2, Gen.map (fun version -> $"{version}+") version
        1, Gen.map (fun version -> $">={version}") version
        1, Gen.map (fun version -> $">{version}") version
        1, Gen.map (fun version -> $"<{version}") version
        1, Gen.map (fun version -> $"<={version}") version
        1, Gen.map2 (fun from until -> $"{from}+<{until}") version version
        1, Gen.map2 (fun from until -> $"{from}..{until}") version version
        1, Gen.map2 (fun from until -> $">={from},<{until}") version version
        1, Gen.map2 (fun one other -> $"{one}|{other}") version version
        1, mixed (Gen.constant "") (pick [ "|"; "1|"; ">2,<1"; "1..2"; "1,"; "=="; "+"; "  "; "1 |2"; "\n" ])
        1, Gen.constant ""
    ]

/// Another spelling of the same range, or nearly the same.
let private respelled (range: string) =
    pick [
        range
        range.Replace('.', '-')
        range.Replace('-', '.')
        range + "|" + range
        range + " "
        range.Replace("+", "").Replace(">=", "") + "+"
        ">=" + range
        range + ".0"
        "0" + range
    ]

let private requirement =
    Gen.map Text (mixed (pick [ "a"; "b-1"; "c-1.2+<3"; "!d"; "~e-2" ]) (pick [ ""; "a b"; "1"; "{x}"; ".f-1" ]))

let private requirements =
    Gen.map Items (many (weighted [ 1, 0; 4, 1; 2, 2 ]) requirement)

let private fields = [
    "requires"
    "requires"
    "variants"
    "variants"
    "build_requires"
    "timestamp"
    "description"
    "tools"
]

let private ordinary field =
    match field with
    | "requires"
    | "build_requires"
    | "tools" -> requirements
    | "variants" -> Gen.map Items (many (weighted [ 1, 0; 3, 1; 2, 2 ]) requirements)
    | "timestamp" -> Gen.map (fun number -> Written(string number, string number)) (Gen.choose (0, 2000))
    | _ -> Gen.constant (Text "text")

let private field =
    gen {
        let! name =
            mixed
                (pick fields)
                (pick [
                    "name"
                    "version"
                    "versions"
                    "version_overrides"
                    "format_version"
                    "commands"
                    "config"
                    "hashed_variants"
                    "base"
                    "x"
                    "requires "
                    ""
                ])

        let! value =
            mixed (ordinary name) (Gen.frequency [ 3, odd; 1, ordinary "variants"; 1, requirements ])

        return name, value
    }

let private count = weighted [ 1, 0; 4, 1; 3, 2; 2, 4 ]

let private versions =
    gen {
        let! items =
            many (weighted [ 1, 0; 2, 1; 3, 2; 4, 4 ]) (mixed (Gen.map Text version) odd)

        return! mixed (Gen.constant (Items items)) odd
    }

let private key range =
    mixed (Gen.constant (Text range)) (Gen.oneof [ odd; Gen.constant (Written("'1'", "1")) ])

let private overrides =
    gen {
        let! ranges = many (weighted [ 1, 0; 6, 1; 6, 2; 4, 4 ]) range

        let! again =
            Gen.frequency [
                5, Gen.constant []
                1,
                (if ranges.IsEmpty then
                     Gen.constant []
                 else
                     Gen.map List.singleton (respelled ranges.Head))
            ]

        let! keys = each key (ranges @ again)
        let! own = many (Gen.constant keys.Length) (many count field)

        let! values =
            own
            |> each (fun fields -> mixed (Gen.constant (Entries [ for name, value in fields -> Text name, value ])) odd)

        return! mixed (Gen.constant (Entries(List.zip keys values))) odd
    }

/// The fields of a file, in any order; most have versions and overrides.
let private content =
    gen {
        let! common = many count field
        let! versions = Gen.map (fun value -> "versions", value) versions
        let! overrides = Gen.map (fun value -> "version_overrides", value) overrides
        let! hasVersions = chance 92
        let! hasOverrides = chance 88

        let! named = pick [ []; [ "name", Text "foo" ]; [ "name", Text "bar" ] ]

        return!
            named
            @ common
            @ (if hasVersions then [ versions ] else [])
            @ (if hasOverrides then [ overrides ] else [])
            |> Gen.shuffle
            |> Gen.map List.ofArray
    }

/// Statements that change what was assigned.
let private changes =
    pick [
        "versions.append('2.1')"
        "versions += ['1.1', '3']"
        "versions = versions + ['4']"
        "versions = [v for v in versions if v]"
        "versions = sorted(set(versions))"
        "versions.reverse()"
        "version_overrides['1.1'] = {'requires': ['late-1']}"
        "version_overrides['2'] = version_overrides"
        "version_overrides.update({'1.2': {'variants': [['v-1']]}})"
        "version_overrides.setdefault('2', {})['requires'] = ['d-1']"
        "version_overrides = {v: {'requires': ['r-' + v]} for v in versions}"
        "version_overrides = dict(version_overrides)"
        "version_overrides.pop('1.0', None)"
        "del version_overrides"
        "del versions"
        "version_overrides.clear()"
        "for v in versions:\n    version_overrides[v] = {'requires': ['f-' + v]}"
        "if len(versions) > 2:\n    requires = ['many']"
        "requires = list(versions)"
        "version_overrides = {'1': {'requires': versions}}"
        "@early()\ndef versions():\n    return ['1', '2']"
        "@early()\ndef version_overrides():\n    return {'1': {'requires': ['e-1']}}"
        "@early()\ndef requires():\n    return ['e-1']"
        "@early()\ndef requires():\n    return [str(this.version)]"
        "@late()\ndef requires():\n    return ['l-1']"
        "@late()\ndef versions():\n    return ['1']"
        "@late()\ndef version_overrides():\n    return {}"
        "@early()\ndef helper():\n    return ['h-1']\nversion_overrides = {'1': {'requires': helper}}"
        "@late()\ndef helper():\n    return ['h-1']\nversion_overrides = {'1': {'requires': helper}}"
        "def helper():\n    return ['h-1']\nversion_overrides = {'1': {'requires': helper()}}"
        "def helper():\n    return ['h-1']\nversion_overrides = {'1': {'requires': helper, 'commands': helper}}"
        "def commands():\n    env.X = 1"
        "def versions():\n    return ['1']"
        "with scope('version_overrides') as o:\n    o.x = {'requires': ['s-1']}"
        "with scope('version_overrides'):\n    pass"
        "with scope('variants'):\n    pass"
        "with scope('variants') as v:\n    v.x = 1"
        "with scope('variants'):\n    pass\nwith scope('variants') as v:\n    v.x = 1"
        "with scope('config'):\n    with scope('variants'):\n        pass"
        "with scope('requires'):\n    pass"
        "import os\nversions = [os.sep]"
        "raise Exception()"
    ]

/// The text of a `foo.py` before it is damaged.
let python =
    gen {
        let! fields = content
        let! always = many (weighted [ 5, 0; 1, 1 ]) changes
        let! hostile = mixed (Gen.constant []) (many (Gen.choose (1, 2)) changes)

        return
            [ for name, value in fields -> $"{name} = {inPython value}" ] @ hostile @ always
            |> List.map (fun statement -> statement + "\n")
            |> String.concat ""
    }

/// The text of a `foo.yaml` before it is damaged.
let yaml =
    gen {
        let! fields = content
        let! anchored = mixed (chance 10) (chance 50)
        let! style = pick [ flowEntry; blockEntry ]
        let! merged = pick [ "requires"; "version_overrides"; "versions" ]

        let shared =
            if anchored then
                [
                    "base: &z {requires: [m-1], '1.0': {requires: [m-2]}}"
                    (if merged = "requires" then
                         "<<: *z"
                     else
                         "version_overrides: {<<: *z, '1': {<<: *z, timestamp: 5}}")
                ]
            else
                []

        return
            shared @ [ for name, value in fields -> style name value ]
            |> List.map (fun line -> line + "\n")
            |> String.concat ""
    }
