namespace Rer.Fuzzing.Definitions

open System
open System.Diagnostics
open System.IO
open System.Runtime.InteropServices
open System.Text.Json
open Rer.Fuzzing

/// A field as read by rez.
type RezField<'a> =
    | Known of 'a
    /// Its `@late` function has not been called.
    | Late
    | Wrong of string

/// The fields that rez reads from a definition. A missing field is empty.
type RezDefinition = {
    Name: string option
    Version: string option
    Requires: RezField<string list>
    Variants: RezField<string list list>
    BuildRequires: RezField<string list>
    /// As text, because rez accepts integers of any size.
    Timestamp: RezField<string>
}

/// rez's reading of a definition file.
type RezReading =
    | Loaded of RezDefinition
    | Failed of string

/// rez's reading of a family in one file.
type RezFamily =
    /// Its versions, and the reading of each.
    | Listed of (string * RezReading) list
    | Unlisted of string

/// Parses answers of `rez_definitions.py`, one line of JSON each.
module RezReading =
    let private text (element: JsonElement) =
        Option.ofObj (element.GetString()) |> Option.defaultValue ""

    // JSON cannot represent half of a surrogate pair, so texts are sent as the bytes of their UTF-16.
    let private coded (element: JsonElement) =
        let units =
            MemoryMarshal.Cast<byte, char>(ReadOnlySpan(element.GetBytesFromBase64()))

        String units

    let private list item (element: JsonElement) = [ for entry in element.EnumerateArray() -> item entry ]

    let private field empty value (element: JsonElement) =
        match element.TryGetProperty "value" with
        | true, found when found.ValueKind = JsonValueKind.Null -> Known empty
        | true, found -> Known(value found)
        | false, _ ->
            match element.TryGetProperty "error" with
            | true, error -> Wrong(text error)
            | false, _ -> Late

    let private reading (root: JsonElement) : RezReading =
        match root.TryGetProperty "error" with
        | true, error -> Failed(text error)
        | false, _ ->
            let optional (name: string) =
                match root.TryGetProperty name with
                | true, found -> Some(coded found)
                | false, _ -> None

            Loaded {
                Name = optional "name"
                Version = optional "version"
                Requires = field [] (list coded) (root.GetProperty "requires")
                Variants = field [] (list (list coded)) (root.GetProperty "variants")
                BuildRequires = field [] (list coded) (root.GetProperty "build_requires")
                Timestamp = field "0" text (root.GetProperty "timestamp")
            }

    let parse (line: string) : RezReading =
        use document = JsonDocument.Parse line
        reading document.RootElement

    let parseFamily (line: string) : RezFamily =
        use document = JsonDocument.Parse line

        match document.RootElement.TryGetProperty "versions" with
        | true, versions -> Listed(list (fun entry -> coded entry[0], reading entry[1]) versions)
        | false, _ -> Unlisted(text (document.RootElement.GetProperty "error"))

/// A Python process that loads definition files with a real rez. Not safe for concurrent use. Dispose of it to end it.
type LiveDefinitions(python: string, source: string) =
    let info =
        ProcessStartInfo(python, RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false)

    do
        for argument in [ "-u"; Path.Combine(AppContext.BaseDirectory, "rez_definitions.py"); source ] do
            info.ArgumentList.Add argument

    let start () =
        match Process.Start info with
        | null -> invalidOp $"{python} did not start."
        | server -> server

    let mutable server = start ()

    let ask (kind: string) (file: DefinitionText) =
        let content = Convert.ToBase64String file.Content
        server.StandardInput.WriteLine $"""{{{kind}"extension":"{file.Extension}","content":"{content}"}}"""
        server.StandardInput.Flush()

        match server.StandardOutput.ReadLine() with
        | null ->
            server.Dispose()
            server <- start ()
            """{"error":"the file ends rez's process, or takes too long"}"""
        | line -> line

    /// The rez named by the environment, as for `LiveRez`; none if there is none.
    static member FromEnvironment() : LiveDefinitions option =
        RezOfEnvironment.find (fun names -> new LiveDefinitions(names))

    /// rez's reading of a package: a line of JSON for `RezReading.parse`.
    member _.Ask(file: DefinitionText) : string = ask "" file

    /// rez's reading of a family in one file: a line of JSON for `RezReading.parseFamily`.
    member _.AskFamily(file: DefinitionText) : string = ask "\"family\":true," file

    interface IDisposable with
        member _.Dispose() =
            server.StandardInput.Close()
            server.WaitForExit()
            server.Dispose()
