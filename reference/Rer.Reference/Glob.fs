namespace Rer.Reference

/// <summary>What a part of a glob pattern matches.</summary>
[<NoComparison>]
type GlobPart =
    /// `*`: any number of characters, including none.
    | AnyRun
    /// `?`: any character.
    | AnyOne
    /// A character.
    | Literal of char
    /// `[...]`: a character in any of the ranges, or with `!` in none of them.
    | Within of ranges: (char * char) list * negated: bool

/// <summary>Glob patterns, matched against a whole text, with case.</summary>
/// <remarks>Mirrors Python's <c>fnmatch.translate</c>.</remarks>
[<RequireQualifiedAccess>]
module Glob =

    /// The ranges of the text between brackets. A hyphen at either end, or after a range, is a plain character. A range
    /// whose ends are in the wrong order is empty.
    let private ranges (text: string) : (char * char) list =
        let rec read i ranges =
            if i >= text.Length then
                List.rev ranges
            elif i + 2 < text.Length && text[i + 1] = '-' then
                read (i + 3) ((text[i], text[i + 2]) :: ranges)
            else
                read (i + 1) ((text[i], text[i]) :: ranges)

        read 0 []

    /// <summary>Parses a pattern. Every text is valid.</summary>
    let parse (pattern: string) : GlobPart list =
        let rec read i parts =
            if i = pattern.Length then
                List.rev parts
            else
                match pattern[i] with
                | '*' -> read (i + 1) (AnyRun :: parts)
                | '?' -> read (i + 1) (AnyOne :: parts)
                | '[' ->
                    let negated = i + 1 < pattern.Length && pattern[i + 1] = '!'
                    let start = if negated then i + 2 else i + 1
                    // A bracket in first place belongs to the set.
                    let close =
                        if start < pattern.Length then
                            pattern.IndexOf(']', start + 1)
                        else
                            -1

                    if close < 0 then
                        read (i + 1) (Literal '[' :: parts)
                    else
                        read (close + 1) (Within(ranges (pattern.Substring(start, close - start)), negated) :: parts)
                | character -> read (i + 1) (Literal character :: parts)

        read 0 []

    let private matchesOne (part: GlobPart) (character: char) =
        match part with
        | AnyRun -> false
        | AnyOne -> true
        | Literal literal -> literal = character
        | Within(ranges, negated) ->
            (ranges
             |> List.exists (fun (first, last) -> first <= character && character <= last))
            <> negated

    /// <summary>Whether a pattern matches a whole text.</summary>
    let matches (pattern: GlobPart list) (text: string) : bool =
        // Where to backtrack to: the last `*` passed, and the next position at which it may end. An earlier `*` never
        // has to be tried again.
        let rec from parts i retry =
            match parts with
            | AnyRun :: rest -> from rest i (Some(rest, i + 1))
            | part :: rest when i < text.Length && matchesOne part text[i] -> from rest (i + 1) retry
            | [] when i = text.Length -> true
            | _ ->
                match retry with
                | Some(rest, next) when next <= text.Length -> from rest next (Some(rest, next + 1))
                | _ -> false

        from pattern 0 None
