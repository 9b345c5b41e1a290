namespace Rer.Reference

open System
open System.Globalization

/// <summary>Python's text functions, where .NET's differ and an answer shows the difference.</summary>
[<RequireQualifiedAccess>]
module PythonText =

    /// <summary>
    /// The order of <c>sorted</c> on <c>str</c>: by code point. The order of UTF-16 units differs if a surrogate is
    /// compared with a unit above the surrogates.
    /// </summary>
    let compare (left: string) (right: string) : int =
        let rank (unit: char) =
            if unit < '\uD800' then int unit
            elif unit >= '\uE000' then int unit - 0x800
            else int unit + 0x2000

        let rec from i =
            if i = left.Length || i = right.Length then
                left.Length - right.Length
            elif left[i] <> right[i] then
                rank left[i] - rank right[i]
            else
                from (i + 1)

        from 0

    /// <summary>The number of code points in a text: Python's <c>len</c>.</summary>
    let length (text: string) : int =
        text |> Seq.filter (fun unit -> not (Char.IsLowSurrogate unit)) |> Seq.length

    /// Whether a code point is printable according to `str.isprintable`. A lone surrogate counts as a code point.
    let private isPrintable (text: string) (i: int) =
        match CharUnicodeInfo.GetUnicodeCategory(text, i) with
        | UnicodeCategory.SpaceSeparator -> text[i] = ' '
        | UnicodeCategory.Control
        | UnicodeCategory.Format
        | UnicodeCategory.Surrogate
        | UnicodeCategory.PrivateUse
        | UnicodeCategory.OtherNotAssigned
        | UnicodeCategory.LineSeparator
        | UnicodeCategory.ParagraphSeparator -> false
        | _ -> true

    /// <summary>Python's <c>repr</c> of a text.</summary>
    let repr (text: string) : string =
        let quote =
            if text.Contains '\'' && not (text.Contains '"') then
                '"'
            else
                '\''

        let rec escaped i =
            if i = text.Length then
                []
            else
                let isPair = i + 1 < text.Length && Char.IsSurrogatePair(text[i], text[i + 1])

                let length = if isPair then 2 else 1

                let value =
                    if isPair then
                        Char.ConvertToUtf32(text[i], text[i + 1])
                    else
                        int text[i]

                let shown =
                    match text[i] with
                    | '\n' -> @"\n"
                    | '\r' -> @"\r"
                    | '\t' -> @"\t"
                    | c when c = '\\' || c = quote -> $"\\{c}"
                    | _ when isPrintable text i -> text.Substring(i, length)
                    | _ when value <= 0xFF -> $"\\x%02x{value}"
                    | _ when value <= 0xFFFF -> $"\\u%04x{value}"
                    | _ -> $"\\U%08x{value}"

                shown :: escaped (i + length)

        $"{quote}{String.Join(String.Empty, escaped 0)}{quote}"

    /// <summary>Python's <c>repr</c> of a float: the shortest text that parses to the same number.</summary>
    let reprOfFloat (value: float) : string =
        let text = value.ToString("R", CultureInfo.InvariantCulture).Replace('E', 'e')

        if text |> Seq.forall (fun c -> Char.IsAsciiDigit c || c = '-') then
            text + ".0"
        else
            text

    /// <summary>Python's <c>int</c> of a text, for example <c>" 1_000 "</c>; none if Python raises.</summary>
    let tryInt (text: string) : bigint option =
        let trimmed = text.Trim()

        let unsigned =
            if trimmed.StartsWith '+' || trimmed.StartsWith '-' then
                trimmed.Substring 1
            else
                trimmed

        let groups = unsigned.Split '_'

        if
            groups
            |> Array.forall (fun group -> group <> "" && Seq.forall Char.IsAsciiDigit group)
        then
            let magnitude = bigint.Parse(String.Join("", groups), CultureInfo.InvariantCulture)
            Some(if trimmed.StartsWith '-' then -magnitude else magnitude)
        else
            None
