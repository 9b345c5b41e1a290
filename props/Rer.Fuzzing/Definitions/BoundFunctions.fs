/// `package.py` files as studios write them, with `@early` and `@late` functions, helpers, and the variables that these
/// use.
module Rer.Fuzzing.Definitions.BoundFunctions

open FsCheck
open FsCheck.FSharp
open Rer.Fuzzing.Generators.Draw

let private indented (lines: string) = "    " + lines.Replace("\n", "\n    ")

/// The assignments before the functions.
let private setting = [
    "name = 'foo'"
    "version = '1.2.3'"
    "_private = 'p'"
    "pairs = {'k': 'v', 'linux': 'l'}"
]

/// A text in an early function, or in an ordinary function of the file.
let rec private part (isEarly: bool) (depth: int) : Gen<string> =
    let simple =
        pick [
            "'a-1'"
            "'b'"
            "'c-2+'"
            "'x y'"
            "''"
            "'1.2.3'"
            "version"
            "name"
            "str(7)"
            "_private"
        ]

    if depth <= 0 then
        simple
    else
        gen {
            let! one = later (fun () -> part isEarly (depth - 1))
            let! other = later (fun () -> part isEarly (depth - 1))
            let! condition = later (fun () -> condition isEarly (depth - 1))

            let calm = [
                $"'%%s-%%s' %% ({one}, {other})"
                $"'{{}}-{{}}'.format({one}, {other})"
                $"'{{v}}-{{w}}'.format(v={one}, w={other})"
                "f'{name}-{version}'"
                $"{one}.split('-')[0]"
                $"'.'.join({one}.split('.')[:2])"
                $"{one}.lower()"
                $"{one}.replace('.', '-')"
                $"{one}.partition('-')[2]"
                $"{one}.rsplit('.', 1)[0]"
                $"{one} + {other}"
                $"({one} if {condition} else {other})"
                $"({one} or {other})"
                "pairs['k']"
                $"pairs.get('zz', {one})"
                $"helper({one})"
                $"helper(b={one})"
                $"{one}.strip('a-')"
                $"{one}.zfill(4)"
            ]

            let early = [
                "this.name"
                "this._private"
                "str(this.version)"
                "this.tools[0]"
                "str(build_variant_index)"
            ]

            return!
                Gen.frequency [
                    2, simple
                    5,
                    mixed
                        (pick calm)
                        (pick [ "this.version"; "this.zz"; $"{one}[9]"; "pairs['zz']"; $"int({one})"; "zz" ])
                    (if isEarly then 2 else 0), pick early
                ]
        }

and private condition isEarly depth : Gen<string> =
    gen {
        let! one = part isEarly depth
        let! other = part isEarly depth

        let always = [
            $"{one} == {other}"
            $"{one} in [{other}, 'b']"
            $"len({one}) > 2"
            $"not {one}"
            $"isinstance({one}, str)"
            $"{one}.startswith(('a', 'L'))"
            $"{one}.isdigit()"
            $"{one} is None"
            "__name__ == '__main__'"
        ]

        let early = [
            "building"
            "not building"
            "testing"
            "build_variant_index == 0"
            "build_variant_requires"
        ]

        return! pick (if isEarly then always @ early else always)
    }

let rec private parts isEarly depth : Gen<string> =
    gen {
        let! items = many (Gen.choose (0, 3)) (part isEarly depth)
        let plain = "[" + String.concat ", " items + "]"

        if depth <= 0 then
            return plain
        else
            let! list = later (fun () -> parts isEarly (depth - 1))
            let! other = later (fun () -> parts isEarly (depth - 1))
            let! condition = condition isEarly (depth - 1)

            return!
                Gen.frequency [
                    3, Gen.constant plain
                    4,
                    pick [
                        $"[x + '-1' for x in {list} if x != 'b']"
                        $"{list} + {other}"
                        $"sorted({list})"
                        $"list(reversed({list}))"
                        $"['%%s%%d' %% (x, i) for i, x in enumerate({list})]"
                        $"[a + b for a, b in zip({list}, {other})]"
                        "[k + v for k, v in pairs.items()]"
                        $"({list} if {condition} else {other})"
                        $"many({list})"
                        "'a,b'.split(',')"
                    ]
                ]
    }

let rec private statement isEarly depth : Gen<string> =
    gen {
        let! text = part isEarly 2
        let! list = parts isEarly 1
        let! condition = condition isEarly 1

        let! body =
            if depth <= 0 then
                Gen.constant "pass"
            else
                later (fun () -> statement isEarly (depth - 1))

        let calm = [
            $"found.append({text})"
            $"found += {list}"
            $"found.extend({list})"
            $"found.insert(0, {text})"
            $"found = found + [{text}]"
            $"found.append('u'); found[0] = {text}"
            "found.reverse()"
            $"if {condition}:\n{indented body}"
            $"if {condition}:\n{indented body}\nelse:\n    found.append('else')"
            $"if {condition}:\n    return {list}"
            $"for x in {list}:\n    found.append(x)\n{indented body}"
            $"for x in {list}:\n    if {condition}:\n        break\n    found.append(x + '-1')\nelse:\n    found.append('all')"
            "for k, v in pairs.items():\n    found.append(k + v)"
            "n = 0\nwhile n < 3:\n    n += 1\n    if n == 2:\n        continue\n    found.append(str(n))"
            $"try:\n{indented body}\nexcept KeyError:\n    found.append('failed')"
            "add(found)"
        ]

        return!
            mixed
                (pick calm)
                (pick [
                    "found.remove('zz')"
                    "found.pop()"
                    "this.tools.append('q')"
                    "global pairs\npairs = {}"
                    "pairs['k'] = 'w'"
                    "raise Exception('no')"
                    "assert False"
                    "import nothing_there"
                    "del found"
                    "requires.append('early')"
                ])
    }

/// A function that rez binds, for a field that solves read.
let private boundFunction: Gen<string> =
    gen {
        let! field =
            Gen.frequency [
                6, Gen.constant "requires"
                3, Gen.constant "variants"
                2, pick [ "build_requires"; "private_build_requires"; "description" ]
            ]

        let! isLate = chance 12

        let! decorator =
            if isLate then
                Gen.constant "@late()"
            else
                mixed (Gen.constant "@early()") (pick [ "@early"; "@early()\n@include('x')"; "@late()" ])

        let! parameters = mixed (Gen.constant "") (pick [ "data"; "a, b"; "a='d'" ])

        let! import =
            seldom [ ""; "import os\n"; "from rez.package_py_utils import expand_requires\n" ]

        let! start = parts true 2
        let! statements = many (Gen.choose (0, 3)) (statement true 2)

        let! last =
            seldom [
                (if field = "variants" then
                     "return [found]"
                 else
                     "return found")
                ""
                "return found[0]"
            ]

        let first =
            if isLate then
                "found = ['in'] if in_context() else ['out']"
            else
                $"found = {start}"

        let body =
            String.concat "\n" ((import + first) :: statements @ [ (if last = "" then "pass" else last) ])

        return $"{decorator}\ndef {field}({parameters}):\n{indented body}"
    }

let private ownFunctions: Gen<string list> =
    gen {
        let! helper =
            pick [
                "return a + b"
                "if a == 'd':\n    return b\nreturn a"
                "return version + a"
                "for c in a:\n    if c == '-':\n        return c\nreturn 'n'"
                "x = []\nx.append(a)\nreturn x[0]"
            ]

        let! many =
            pick [
                "return xs"
                "return [x for x in xs if x]"
                "xs.append('m')\nreturn xs"
                "tools.append('g')\nreturn tools"
            ]

        let! add = pick [ "xs.append('added')"; "pass"; "return None"; "tools.append('g')" ]

        return [
            $"def helper(a='d', b='e'):\n{indented helper}"
            $"def many(xs):\n{indented many}"
            $"def add(xs):\n{indented add}"
        ]
    }

/// The text of a file before it is damaged.
let file: Gen<string> =
    gen {
        let! own = ownFunctions
        let! requires = parts false 1
        let! variants = pick [ "[]"; "[['a']]"; "[['a-1'], ['a-2', 'b']]" ]
        let! bound = many (Gen.choose (1, 3)) boundFunction

        let! isLate = chance 20

        let commands =
            if isLate then
                [ "def commands():\n    env.PATH.append('{root}')" ]
            else
                []

        let fields = [ "tools = ['t']"; $"requires = {requires}"; $"variants = {variants}" ]
        return String.concat "\n" (setting @ own @ fields @ bound @ commands) + "\n"
    }
