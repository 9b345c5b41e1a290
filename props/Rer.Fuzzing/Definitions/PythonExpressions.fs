/// Python expressions, both of the kinds that the fields of a package expect and of other kinds.
module Rer.Fuzzing.Definitions.PythonExpressions

open FsCheck
open FsCheck.FSharp
open Rer.Fuzzing.Generators.Draw

/// The names of fields that a solve reads, and names that may have any value.
let fields = [
    "requires"
    "requires"
    "variants"
    "build_requires"
    "timestamp"
    "version"
    "name"
]

let variables = [ "x"; "y"; "z"; "tools"; "\u017f"; "\uff58"; "\u00e9t\u00e9"; "e\u0301" ]

let anyName =
    Gen.frequency [
        8, pick (List.take 4 variables)
        2, pick fields
        1, pick variables
        1,
        pick [
            "undefined"
            "str"
            "_"
            "__name__"
            "scope"
            "early"
            "this"
            "ModifyList"
            "match"
            "type"
        ]
    ]

/// A name to which an ordinary file assigns a text.
let private textName = mixed (Gen.constant "y") anyName

/// A name to which an ordinary file assigns a list of texts.
let private textsName = mixed (pick [ "x"; "tools" ]) anyName

/// The statements that define the names used in ordinary files.
let prelude = [ "x = ['x-1', 'w']"; "y = 'y'"; "z = [['z']]"; "tools = ['t']" ]

let private contents = [
    "a"
    "a"
    "b-1"
    "c-1.2+<3"
    "!d"
    "~e-2"
    ".f-1"
    "python-3.11"
    ""
    "{x}"
    "{{}}"
    "%s"
    "%d%%"
    "\\x41"
    "\\n"
    "\\101"
    "\\N{BULLET}"
    "\\u00e9"
    "\\ud800"
    "\\U0001F600"
    "\\q"
    "\\8"
    "\\400"
    "\\\n"
    "\u00e9"
    "\uff41"
    "\U0001F600"
    "\t"
    "a'b"
    "#"
]

let private prefixes = seldom [ ""; "r"; "u"; "f"; "b"; "R"; "rb"; "Rf"; "F"; "ur" ]

let private quotes = weighted [ 6, "'"; 6, "\""; 1, "'''"; 1, "\"\"\"" ]

/// A string literal.
let literal =
    gen {
        let! prefix = prefixes
        let! quote = quotes
        let! content = mixed (pick (List.take 8 contents)) (pick contents)
        return prefix + quote + content + quote
    }

let private numbers = [
    "0"
    "1"
    "2"
    "-1"
    "1700000000"
    "1_000"
    "1__0"
    "0x1F"
    "0x_1f"
    "0x"
    "0x_"
    "0b101"
    "0b2"
    "0o17"
    "017"
    "00"
    "0_0"
    "1e3"
    "1.5"
    "1."
    ".5"
    "1e-2"
    "1_0.0_1"
    "1e400"
    "3j"
    "0777j"
    "10**20"
    "99999999999999999999"
    "1if True else 2"
    "1_"
    "1.real"
    "True"
    "None"
    "..."
]

let number = mixed (pick (List.take 6 numbers)) (pick numbers)

let private comparison =
    pick [ "=="; "!="; "<"; "<="; ">"; ">="; "in"; "not in"; "is"; "is not"; "<>" ]

let private operator =
    pick [
        "+"
        "+"
        "+"
        "-"
        "*"
        "/"
        "//"
        "%"
        "**"
        "<<"
        ">>"
        "&"
        "|"
        "^"
        "@"
    ]

let private joined (separator: string) (items: string list) = System.String.Join(separator, items)

/// A list, tuple or set display of items.
let private display (item: Gen<string>) =
    gen {
        let! items = many (weighted [ 2, 0; 5, 1; 4, 2; 1, 4 ]) item

        let! separator =
            mixed (pick [ ", "; ","; ",\n    "; ", # c\n  " ]) (pick [ " "; ",\\\n"; ",," ])

        let! trailing = weighted [ 6, ""; 2, ","; 1, ",\n" ]
        let! opening, closing = seldom [ "[", "]"; "(", ")"; "{", "}" ]

        return
            opening
            + joined separator items
            + (if items.IsEmpty then "" else trailing)
            + closing
    }

/// Any expression of a given depth.
let rec any (depth: int) : Gen<string> =
    later (fun () ->
        if depth <= 0 then
            Gen.frequency [ 4, literal; 2, textName; 2, textsName; 2, number; 1, Gen.constant "[]" ]
        else
            mixed
                (Gen.frequency [ 4, text depth; 4, texts depth; 2, lists depth; 2, truth depth; 1, number ])
                (Gen.frequency [ 1, text depth; 1, texts depth; 1, lists depth; 1, truth depth; 4, odd depth ]))

/// Mostly a value that an ordinary file would have; in a hostile file, anything.
and private wanted (calm: Gen<string>) (depth: int) : Gen<string> =
    later (fun () -> Gen.sized (fun percent -> Gen.frequency [ 100 - percent / 2, calm; percent / 2, any depth ]))

/// An expression whose value is mostly a text.
and text depth : Gen<string> =
    later (fun () ->
        if depth <= 0 then
            Gen.frequency [ 8, literal; 2, textName ]
        else
            let inner = wanted (text (depth - 1)) (depth - 1)

            Gen.frequency [
                10, literal
                3, textName
                2, Gen.map2 (fun a b -> $"{a} + {b}") inner inner
                1, Gen.map2 (fun a b -> $"{a} {b}") literal literal
                1, Gen.map2 (fun a b -> $"({a}\n {b})") literal literal
                1, Gen.map2 (fun a b -> $"{a} %% {b}") inner inner
                1, Gen.map2 (fun a b -> $"'%%s-%%s' %% ({a}, {b})") inner inner
                1, Gen.map2 (fun a b -> $"'{{}}-{{}}'.format({a}, {b})") inner inner
                1, Gen.map2 (fun a b -> $"'{{v}}-{{0}}'.format({a}, v={b})") inner inner
                1, Gen.map (fun a -> $"'-'.join({a})") (texts (depth - 1))
                1, Gen.map (fun a -> $"f'a-{{{a}}}'") inner
                1,
                Gen.map2
                    (fun a f -> $"f\"b-{{{a}{f}}}\"")
                    textName
                    (seldom [ ""; "!r"; ":>5"; "="; ":{x}"; "!s"; ":,"; "!x" ])
                1, Gen.map2 (fun a b -> $"{a}[{b}]") (texts (depth - 1)) (mixed (Gen.constant "0") number)
                1, Gen.map (fun a -> $"str({a})") inner
                1,
                Gen.map2
                    (fun a m -> $"{a}.{m}")
                    inner
                    (mixed
                        (pick [ "upper()"; "strip()"; "replace('a', 'b')" ])
                        (pick [ "lower"; "foo()"; "encode()"; "title()" ]))
                1, Gen.map3 (fun a c b -> $"{a} if {c} else {b}") inner (truth (depth - 1)) inner
                1, Gen.map3 (fun a o b -> $"{a} {o} {b}") inner (pick [ "or"; "and" ]) inner
                1,
                Gen.map2
                    (fun a s -> $"{a}[{s}]")
                    inner
                    (mixed (pick [ "1:"; ":-1"; "::2"; ":" ]) (pick [ "0"; "-1"; "9"; "'a'"; "" ]))
                1, Gen.map2 (fun a n -> $"{a} * {n}") inner number
            ])

/// An expression whose value is mostly a list of texts.
and texts depth : Gen<string> =
    later (fun () ->
        if depth <= 0 then
            Gen.frequency [ 6, display literal; 2, textsName ]
        else
            let inner = wanted (texts (depth - 1)) (depth - 1)

            Gen.frequency [
                10, display (text (depth - 1))
                3, textsName
                3, Gen.map2 (fun a b -> $"{a} + {b}") inner inner
                1, Gen.map2 (fun a n -> $"{a} * {n}") inner (mixed (Gen.constant "2") number)
                1, Gen.map (fun a -> $"list({a})") inner
                1, Gen.map (fun a -> $"sorted({a})") inner
                1, Gen.map2 (fun a b -> $"[*{a}, {b}]") inner (text (depth - 1))
                1, Gen.map2 (fun a v -> $"[{v} for {v} in {a}]") inner (mixed (Gen.constant "w") (pick variables))
                1, Gen.map2 (fun a b -> $"[{b} for v in {a} if v]") inner (text (depth - 1))
                1, Gen.map (fun a -> $"[w for v in {a} for w in v]") inner
                1,
                Gen.map2
                    (fun a s -> $"{a}[{s}]")
                    inner
                    (mixed (pick [ ":"; "1:"; ":1"; "::-1" ]) (pick [ "0"; "-1"; "5" ]))
                1,
                Gen.map2
                    (fun a s -> $"{a}.split({s})")
                    (text (depth - 1))
                    (mixed (pick [ ""; "'-'"; "','"; "None" ]) (pick [ "'', 1"; "1"; "''" ]))
                1,
                Gen.map2
                    (fun a m -> $"{a}.{m}")
                    inner
                    (mixed (Gen.constant "copy()") (pick [ "pop()"; "sort()"; "append('s')"; "index('a')" ]))
                1, Gen.map2 (fun a b -> $"{a} or {b}") inner inner
                1, Gen.map3 (fun a c b -> $"({a} if {c} else {b})") inner (truth (depth - 1)) inner
                1, Gen.map (fun a -> $"(x := {a})") inner
                1, Gen.map2 (fun a b -> $"(lambda q={a}: q)({b})") inner (pick [ ""; "['l']"; "q=x" ])
            ])

/// An expression whose value is mostly a list of lists of texts.
and lists depth : Gen<string> =
    later (fun () ->
        Gen.frequency [
            6, display (texts (depth - 1))
            1, Gen.map2 (fun a b -> $"{a} + {b}") (display (texts (depth - 1))) (display (texts (depth - 1)))
            1,
            Gen.map2
                (fun a v -> $"[[{v}] for {v} in {a}]")
                (texts (depth - 1))
                (mixed (Gen.constant "w") (pick variables))
            1, Gen.map2 (fun a n -> $"[{a}] * {n}") (texts (depth - 1)) (mixed (Gen.constant "2") number)
            1, mixed (Gen.constant "z") anyName
        ])

/// An expression whose value is mostly a boolean.
and truth depth : Gen<string> =
    later (fun () ->
        Gen.frequency [
            2, pick [ "True"; "False"; "None"; "1"; "0"; "''"; "[]"; "()"; "{}"; "0.0"; "not x" ]
            3,
            Gen.map3
                (fun a o b -> $"{a} {o} {b}")
                literal
                (mixed (pick [ "=="; "!="; "<" ]) comparison)
                (mixed literal (any (depth - 1)))
            1,
            Gen.map3
                (fun a o b -> $"{a} {o} {b}")
                literal
                (mixed (pick [ "in"; "not in" ]) comparison)
                (texts (depth - 1))
            1, Gen.map2 (fun a b -> $"1 < {a} < {b}") number number
            1,
            Gen.map2
                (fun a t -> $"isinstance({a}, {t})")
                (any (depth - 1))
                (pick [ "str"; "list"; "int"; "(str, list)" ])
            1, Gen.map (fun a -> $"len({a})") (wanted (texts (depth - 1)) (depth - 1))
            1, Gen.map2 (fun a b -> $"{a} and {b}") (any (depth - 1)) (any (depth - 1))
        ])

/// Rare expressions, both valid and invalid.
and private odd depth : Gen<string> =
    later (fun () ->
        let inner = any (depth - 1)

        Gen.frequency [
            1, Gen.map3 (fun a o b -> $"{a} {o} {b}") inner operator inner
            1, Gen.map2 (fun a o -> $"{o}{a}") inner (pick [ "-"; "+"; "~"; "not "; "await "; "yield "; "* "; "**" ])
            1, Gen.map2 (fun k v -> $"{{{k}: {v}}}") inner inner
            1, Gen.map3 (fun k v a -> $"{{{k}: {v}, **{a}}}") literal inner inner
            1, Gen.map2 (fun k v -> $"{{{k}: {v}}}[{k}]") literal inner
            1, Gen.map2 (fun k v -> $"{{'a': {v}}}.get({k})") literal inner
            1, Gen.map2 (fun a v -> $"{{{v}: 1 for {v} in {a}}}") inner (pick variables)
            1, Gen.map2 (fun a v -> $"{{{v} for {v} in {a}}}") inner (pick variables)
            1, Gen.map2 (fun a v -> $"({v} for {v} in {a})") inner (pick variables)
            1,
            Gen.map2
                (fun a f -> $"{f}({a})")
                inner
                (pick [ "dict"; "set"; "tuple"; "int"; "float"; "repr"; "bool"; "bytes" ])
            1, Gen.map2 (fun a b -> $"lambda p={a}: {b}") inner inner
            1,
            pick [
                "globals()['x']"
                "locals().get('x')"
                "eval('x')"
                "__file__"
                "os.getenv('X')"
                "dir()"
                "vars()"
            ]
            1, Gen.map (fun a -> $"{a}.x") inner
            1, Gen.map2 (fun a b -> $"{a}({b})") inner inner
        ])
