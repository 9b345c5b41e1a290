namespace Rer.Reference

open System
open System.Globalization

/// <summary>What Python does with text where .NET does otherwise, so far as an answer shows it.</summary>
[<RequireQualifiedAccess>]
module PythonText =

    /// <summary>The order of <c>sorted</c> on <c>str</c>: by code point. UTF-16 units differ from it where a surrogate
    /// meets a unit above the surrogates.</summary>
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

    /// <summary>How many code points a text has: Python's <c>len</c>.</summary>
    let length (text: string) : int =
        text |> Seq.filter (fun unit -> not (Char.IsLowSurrogate unit)) |> Seq.length

    /// <summary>Python's <c>repr</c> of a text without control characters.</summary>
    let repr (text: string) : string =
        let escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal)

        if escaped.Contains '\'' && not (escaped.Contains '"') then
            $"\"{escaped}\""
        else
            "'" + escaped.Replace("'", "\\'", StringComparison.Ordinal) + "'"

    /// <summary>Python's <c>repr</c> of a float: the shortest text that reads back as the same number.</summary>
    let reprOfFloat (value: float) : string =
        let text = value.ToString("R", CultureInfo.InvariantCulture).Replace('E', 'e')

        if text |> Seq.forall (fun c -> Char.IsAsciiDigit c || c = '-') then
            text + ".0"
        else
            text

    /// <summary>Python's <c>int</c> of a text, such as <c>" 1_000 "</c>; none where Python raises.</summary>
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
