/// Whole `package.py` files: ordinary ones, and ones that use every feature of Python to confuse a reader.
module Rer.Fuzzing.Definitions.PythonStatements

open FsCheck
open FsCheck.FSharp
open Rer.Fuzzing.Generators.Draw
open Rer.Fuzzing.Definitions.PythonExpressions

let private indented (lines: string) = "    " + lines.Replace("\n", "\n    ")

/// The usual value of a field.
let private ordinary (field: string) : Gen<string> =
    match field with
    | "requires"
    | "build_requires" -> texts 1
    | "variants" -> lists 2
    | "timestamp" -> number
    | _ -> text 1

let private assignment =
    gen {
        let! field = pick fields
        let! value = mixed (ordinary field) (any 3)
        let! style = Gen.choose (0, 40)

        return
            match style with
            | 0 -> $"{field} = x = {value}"
            | 1 -> $"x = {field} = {value}"
            | 2 -> $"{field}: list = {value}"
            | 3 -> $"{field}, x = {value}, 'x'"
            | 4 -> $"{field} = \\\n  {value}"
            | 5 -> $"({field}) = {value}"
            | 6 -> $"[{field}] = [{value}]"
            | 7 -> $"{field} = {value}; x = {field}"
            | 8 -> $"{field} = {value} # c"
            | 9 -> $"{field}, *x = {value}"
            | _ -> $"{field} = {value}"
    }

let private variableAssignment =
    mixed
        (Gen.oneof [
            Gen.map (fun value -> $"x = {value}") (texts 2)
            Gen.map (fun value -> $"y = {value}") (text 2)
            Gen.map (fun value -> $"z = {value}") (lists 2)
        ])
        (Gen.map2 (fun name value -> $"{name} = {value}") (pick variables) (any 2))

let private calmChange =
    gen {
        let! name = pick [ "x"; "x"; "tools" ]
        let! items = texts 1
        let! item = text 1

        return!
            pick [
                $"{name} += {items}"
                $"{name} += [{item}]"
                $"{name}.append({item})"
                $"{name}.extend({items})"
                $"{name}.insert(0, {item})"
                $"{name}.insert(-1, {item})"
                $"{name} = {name} + [{item}]"
                $"{name}.append('r'); {name}.remove('r')"
                $"{name}.append('p'); {name}.pop()"
                $"{name}.sort()"
                $"{name}.reverse()"
                $"{name}.clear()"
                $"{name}[:] = {items}"
                $"{name} = {name} * 2"
                $"{name}.append('s'); {name}[0] = {item}"
                $"y += {item}"
                $"z.append({items})"
                $"tools = {name}"
                $"requires = {name}"
                $"{name}, tools = tools, {name}"
            ]
    }

let private hostileChange =
    gen {
        let! name = Gen.frequency [ 2, pick variables; 3, pick fields ]
        let! value = any 1
        let! item = text 1

        return!
            pick [
                $"{name} += {value}"
                $"{name} += [{item}]"
                $"{name}.append({item})"
                $"{name}.append({value})"
                $"{name}.extend({value})"
                $"{name}.insert(0, {item})"
                $"{name}.insert(-1, {item})"
                $"{name}.remove({item})"
                $"{name}.pop()"
                $"{name}.sort()"
                $"{name}.reverse()"
                $"{name}.clear()"
                $"{name}[0] = {value}"
                $"{name}[:] = {value}"
                $"{name}[0:1] = {value}"
                $"{name}[0] += {value}"
                $"{name}.x = {value}"
                $"{name} *= 2"
                $"{name} -= {value}"
                $"{name} |= {value}"
                $"{name}: {value}"
                $"del {name}"
                $"del {name}[0]"
                $"({name} := {value})"
                $"x = {name}.append"
                $"list.append({name}, {item})"
                $"setattr({name}, 'a', {value})"
            ]
    }

let private change = mixed calmChange hostileChange

let private import =
    mixed
        (pick [
            "import os"
            "import os, sys"
            "import os.path as path"
            "from os import path as p"
            "from os import (path,\n  sep as s,)"
            "from sys import platform as p"
            "from __future__ import annotations"
        ])
        (pick [
            "import os.path as requires"
            "import os, sys as x"
            "from os import path as x"
            "from os.path import *"
            "from __future__ import braces"
            "import nothing_like_it"
            "from . import x"
            "from os import nothing"
            "import os.path as \uff52equires"
        ])

let private decorator =
    mixed
        (pick [ "@early()"; "@late()"; "@include('x')" ])
        (pick [
            "@early"
            "@late"
            "@undefined"
            "@staticmethod"
            "@(lambda f: ['d'])"
            "@x.append"
            "@\uff45arly()"
        ])

let private parameters =
    gen {
        let! value = any 1

        return!
            mixed
                (weighted [ 10, ""; 1, "this" ])
                (pick [
                    $"a={value}"
                    $"a=x.append({value})"
                    $"a: {value}"
                    $"a: x.append({value}) = 1"
                    "a, /, b, *, c"
                    "a=1, b"
                    "*"
                    "*a, **k"
                    "a, a"
                    "a, b"
                ])
    }

let private functionBody =
    gen {
        let! value = any 2
        let! items = texts 1
        let! field = pick fields

        return!
            mixed
                (pick [
                    $"return {items}"
                    "pass"
                    $"if building:\n    return {items}\nreturn []"
                    $"import os\nreturn {items}"
                    $"v = {items}\nreturn v"
                    $"return this.{field}"
                ])
                (pick [
                    $"return {value}"
                    $"global {field}\n{field} = {value}"
                    $"{field}.append({value})"
                    $"yield {value}"
                    $"def g():\n    nonlocal x\nreturn {value}"
                    $"env.PATH.append({value})"
                    "return undefined"
                    $"await {value}"
                    $"x = {value}\nreturn x"
                ])
    }

let private definition =
    gen {
        let! decorators = many (weighted [ 3, 0; 5, 1; 1, 2 ]) decorator
        let! keyword = seldom [ "def"; "def"; "async def" ]

        let! name =
            mixed
                (pick [ "requires"; "build_requires"; "commands"; "f"; "g" ])
                (pick (fields @ [ "x"; "\uff52equires"; "pre_commands" ]))

        let! parameters = parameters
        let! returns = seldom [ ""; " -> list"; " -> x.append('r')" ]
        let! body = functionBody
        let decorators = decorators |> List.map (fun d -> d + "\n") |> String.concat ""
        return $"{decorators}{keyword} {name}({parameters}){returns}:\n{indented body}"
    }

let private classDefinition =
    gen {
        let! value = any 1

        return!
            pick [
                "class A:\n    pass"
                $"class requires:\n    x = {value}"
                $"class A(list, metaclass=type):\n    global requires\n    requires = {value}"
                $"class A:\n    x.append({value})"
                $"class A({value}):\n    pass"
                $"class A:\n    def f(self, y=x.append('c')):\n        return {value}"
            ]
    }

let private strange =
    pick [
        "..."
        "break"
        "return 1"
        "print('p')"
        "assert x"
        "assert True, x"
        "raise ValueError"
        "global x"
        "nonlocal x"
        "type T = list"
        "yield 1"
        "print 'x'"
        "exec 'x'"
        "x = = 1"
        "__all__ = []"
        "x: str"
        "x: undefined"
        "exit()"
        "x: x.append('a')"
    ]

let rec private statement (depth: int) : Gen<string> =
    later (fun () ->
        let simple =
            mixed
                (Gen.frequency [
                    8, assignment
                    4, variableAssignment
                    6, change
                    1, import
                    1, pick [ "pass"; "'text'"; "# c"; "" ]
                ])
                (Gen.frequency [
                    3, assignment
                    3, variableAssignment
                    3, change
                    1, import
                    1, any 2
                    2, strange
                ])

        if depth <= 0 then
            simple
        else
            Gen.frequency [ 10, simple; 2, definition; 1, classDefinition; 2, compound depth ])

and private compound depth : Gen<string> =
    gen {
        let! body = block (depth - 1)
        let! other = block (depth - 1)
        let! condition = truth 1
        let! value = mixed (texts 1) (any 1)

        let! name =
            mixed (Gen.constant "v") (Gen.frequency [ 2, pick variables; 1, pick fields ])

        return!
            mixed
                (pick [
                    $"if {condition}:\n{body}"
                    $"if {condition}:\n{body}\nelse:\n{other}"
                    $"if {condition}:\n{body}\nelif {value}:\n{other}\nelse:\n    pass"
                    $"for {name} in {value}:\n{body}"
                    $"for {name} in {value}:\n{body}\n    break\nelse:\n{other}"
                    $"while {condition}:\n{body}\n    break"
                    $"while False:\n{body}\nelse:\n{other}"
                    $"try:\n{body}\nexcept Exception as {name}:\n{other}"
                    $"try:\n{body}\nexcept:\n{other}\nelse:\n    x = 'e'\nfinally:\n    y = 'f'"
                    $"try:\n{body}\nfinally:\n{other}"
                    $"with scope('config') as c:\n{body}"
                    $"with scope('{name}'):\n{body}"
                    $"with scope('config'):\n    with scope('{name}'):\n        x = {value}"
                    $"with open('/dev/null') as {name}:\n{body}"
                    $"with (open('/dev/null') as x, open('/dev/null')):\n{body}"
                    $"match {value}:\n    case [{name}, *rest]:\n    {indented body}\n    case _:\n    {indented other}"
                    $"match {value}:\n    case 'a' | 'b':\n    {indented body}"
                    $"if {condition}: {name} = {value}"
                    $"if {condition}: x = 1; y = 2"
                ])
                (pick [
                    $"for {name}, y in {value}:\n    continue"
                    $"with scope({value}):\n{body}"
                    $"try:\n{body}\nexcept* ValueError:\n{other}"
                    $"\tif {condition}:\n\t{body}"
                ])
    }

and private block depth : Gen<string> =
    many (weighted [ 4, 1; 2, 2 ]) (statement depth)
    |> Gen.map (fun statements -> indented (String.concat "\n" statements))

let private beginning =
    seldom [
        ""
        "# -*- coding: utf-8 -*-\n"
        "#!/usr/bin/env python\n# vim: set fileencoding=latin-1 :\n"
        "# coding: ascii\n"
        "# coding=nonsense\n"
        "# coding: utf8\n"
        "# coding: utf-16\n"
        "'''doc'''\n"
        "\f\n"
        "# coding: cp1252\n"
    ]

/// The text of a file before it is damaged.
let file =
    gen {
        let! beginning = beginning
        let! isNamed = chance 70
        let! isPrepared = mixed (Gen.constant true) (chance 50)
        let! statements = many (Gen.choose (1, 7)) (statement 2)
        let! ending = seldom [ "\n"; ""; "\\"; "\n\n  \n" ]

        let lines =
            (if isNamed then [ "name = 'foo'"; "version = '1'" ] else [])
            @ (if isPrepared then prelude else [])
            @ statements

        return beginning + String.concat "\n" lines + ending
    }
