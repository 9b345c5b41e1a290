namespace Rer.Reference

open System
open System.Text.RegularExpressions

/// <summary>
/// The part of Python's regular expressions that filter rules can use. They have no parentheses, because a rule cannot
/// contain parentheses inside its own.
/// </summary>
/// <remarks>Mirrors <c>re.compile</c> and <c>re.match</c>.</remarks>
[<RequireQualifiedAccess>]
module PythonRegex =

    /// <summary>
    /// How long a match may take. The text is only the name and version of a package, so a match that takes longer
    /// would practically never end.
    /// </summary>
    let timeout = TimeSpan.FromSeconds 5.

    let private isOctal character = character >= '0' && character <= '7'

    /// The .NET pattern that matches a text literally, inside or outside a set.
    let private literal (text: string) =
        Regex.Escape(text).Replace("]", "\\]", StringComparison.Ordinal).Replace("-", "\\-", StringComparison.Ordinal)

    /// The .NET pattern for the escape at a position, and the length of the escape.
    let private escape (pattern: string) (i: int) (inSet: bool) : string * int =
        let bad length =
            raise (VersionError $"bad escape {pattern.Substring(i, min length (pattern.Length - i))} at position {i}")

        let hexadecimal length =
            let digits = pattern.Substring(min pattern.Length (i + 2))

            if
                digits.Length >= length
                && digits |> Seq.take length |> Seq.forall Char.IsAsciiHexDigit
            then
                literal (Char.ConvertFromUtf32(Convert.ToInt32(digits.Substring(0, length), 16))), length + 2
            else
                bad (length + 2)

        if i + 1 = pattern.Length then
            raise (VersionError $"bad escape (end of pattern) at position {i}")

        match pattern[i + 1] with
        | 'Z' when not inSet -> "\\z", 2
        | 'A'
        | 'B' when not inSet -> pattern.Substring(i, 2), 2
        | 'x' -> hexadecimal 2
        | 'u' -> hexadecimal 4
        | 'U' -> hexadecimal 8
        | character when isOctal character && (character = '0' || inSet) ->
            let digits =
                pattern.Substring(i + 1)
                |> Seq.truncate 3
                |> Seq.takeWhile isOctal
                |> Seq.length

            literal (string (char (Convert.ToInt32(pattern.Substring(i + 1, digits), 8)))), digits + 1
        | character when Char.IsAsciiDigit character ->
            raise (VersionError $"invalid group reference {character} at position {i + 1}")
        | character when Char.IsAsciiLetter character ->
            if Seq.contains character "abdDfnrsStvwW" then
                pattern.Substring(i, 2), 2
            else
                bad 2
        | character -> literal (string character), 2

    /// The .NET pattern for the set at a position, and the length of the set.
    let private set (pattern: string) (start: int) : string * int =
        let rec read i (text: string) =
            if i >= pattern.Length then
                raise (VersionError $"unterminated character set at position {start}")

            match pattern[i] with
            | ']' when text <> "[" && text <> "[^" -> text + "]", i + 1 - start
            | '\\' ->
                let escaped, length = escape pattern i true
                read (i + length) (text + escaped)
            // In .NET, a bracket in a set may start the subtraction of another set.
            | '['
            | ']' -> read (i + 1) (text + "\\" + string pattern[i])
            | character -> read (i + 1) (text + string character)

        if start + 1 < pattern.Length && pattern[start + 1] = '^' then
            read (start + 2) "[^"
        else
            read (start + 1) "["

    let private quantifier =
        Regex(@"\G(?:[*+?]|\{(?:[0-9]+(?:,[0-9]*)?|,[0-9]*)\})", RegexOptions.CultureInvariant)

    /// The .NET pattern for the quantifier at a position, and the length of the quantifier; empty if there is none.
    /// Python has `{,n}` and possessive quantifiers. The latter become atomic groups around what is quantified.
    let private quantified (pattern: string) (i: int) (atom: string) : string * int =
        match (quantifier.Match(pattern, i)).Value with
        | "" -> atom, 0
        | written ->
            let counted =
                if written.StartsWith "{," then
                    "{0" + written.Substring 1
                else
                    written

            let next = i + written.Length

            if next < pattern.Length && pattern[next] = '+' then
                $"(?>{atom}{counted})", written.Length + 1
            elif next < pattern.Length && pattern[next] = '?' then
                $"{atom}{counted}?", written.Length + 1
            else
                atom + counted, written.Length

    /// <summary>Compiles a pattern to a function that matches it at the start of a text.</summary>
    /// <exception cref="T:Rer.Reference.VersionError">The pattern is invalid.</exception>
    /// <remarks>The function raises <c>RegexMatchTimeoutException</c> after the timeout.</remarks>
    let compile (pattern: string) : string -> bool =
        // The errors for a quantifier that does not follow something repeatable.
        let nothing, multiple = "nothing to repeat", "multiple repeat"
        let anchors = [ "^"; "$"; "|"; "\\A"; "\\z"; "\\b"; "\\B" ]

        let rec translate i (text: string) misplaced =
            if i = pattern.Length then
                text
            elif quantifier.IsMatch(pattern, i) then
                raise (VersionError $"{misplaced} at position {i}")
            else
                let atom, length =
                    match pattern[i] with
                    | '\\' -> escape pattern i false
                    | '[' -> set pattern i
                    | character -> string character, 1

                if List.contains atom anchors then
                    translate (i + length) (text + atom) nothing
                else
                    let atom, quantifierLength = quantified pattern (i + length) atom
                    translate (i + length + quantifierLength) (text + atom) multiple

        try
            let regex =
                Regex($"\\A(?:{translate 0 String.Empty nothing})", RegexOptions.CultureInvariant, timeout)

            regex.IsMatch
        with :? ArgumentException as error ->
            raise (VersionError error.Message)
