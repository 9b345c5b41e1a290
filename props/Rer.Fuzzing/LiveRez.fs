namespace Rer.Fuzzing

open System
open System.Diagnostics
open System.IO
open System.Text
open System.Text.Json
open Rer.Books
open Rer.Fuzzing.Asking
open Rer.Fuzzing.Generators
open Rer.Fuzzing.Observation

/// A real rez's answer to a question.
type RezAnswer =
    | RezAnswered of Observed
    /// rez itself crashed, so there is nothing to compare with.
    | RezCrashed of string

/// The result of reading a requirement of a request.
type RequestJudgement =
    /// It is valid: the requirement as rez writes it.
    | Accepted of string
    /// It is invalid, and why.
    | Refused of string

/// Finds the rez named by the environment.
module RezOfEnvironment =
    /// The environment variable that names the folder of rez's sources, `src` in a checkout.
    [<Literal>]
    let SourceVariable = "REZ_SRC"

    /// The environment variable that names the Python to run it with.
    [<Literal>]
    let PythonVariable = "REZ_PYTHON"

    /// Whether the environment names a real rez.
    let isNamed () =
        [ SourceVariable; PythonVariable ]
        |> List.forall (Environment.GetEnvironmentVariable >> String.IsNullOrEmpty >> not)

    /// Creates an object from the Python and the sources, if the environment names them.
    let find (make: string * string -> 'live) : 'live option =
        match Environment.GetEnvironmentVariable SourceVariable, Environment.GetEnvironmentVariable PythonVariable with
        | (null | ""), _
        | _, (null | "") -> None
        | source, python -> Some(make (python, source))

/// A Python process that runs a real rez. Not safe for concurrent use. Dispose of it to end it.
type LiveRez(python: string, source: string) =
    let info =
        ProcessStartInfo(python, RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false)

    do
        for argument in [ "-u"; Path.Combine(AppContext.BaseDirectory, "rez_server.py"); source ] do
            info.ArgumentList.Add argument

    let server =
        match Process.Start info with
        | null -> invalidOp $"{python} did not start."
        | server -> server

    static let limit (question: Question) =
        match question.Settings.Limit with
        | AbortAt step -> $"""["abort_at",{step}]"""
        | FailAt step -> $"""["fail_at",{step}]"""
        | TimeUpAt step -> $"""["time_up_at",{step}]"""
        | Unlimited -> "null"

    static let text (element: JsonElement) =
        match element.GetString() with
        | null -> invalidOp "rez left out a part of its answer."
        | text -> text

    static let answer (found: JsonElement) =
        match found.TryGetProperty "crash" with
        | true, crash -> RezCrashed(text crash)
        | false, _ ->
            RezAnswered {
                Outcome = text (found.GetProperty "outcome")
                Solves = found.GetProperty("solves").GetInt32()
                Fails = found.GetProperty("fails").GetInt32()
                Packages = []
                Fields = [
                    for field in found.GetProperty("fields").EnumerateArray() ->
                        {
                            Name = text field[0]
                            Value = text field[1]
                        }
                ]
            }

    static let judgement (found: JsonElement) =
        match text found[0] with
        | "accepted" -> Accepted(text found[1])
        | _ -> Refused(text found[1])

    let ask (question: string) =
        server.StandardInput.WriteLine question
        server.StandardInput.Flush()

        match server.StandardOutput.ReadLine() with
        | null -> invalidOp "rez's process ended."
        | line -> JsonDocument.Parse line

    /// The rez named by the environment; none if there is none.
    static member FromEnvironment() : LiveRez option =
        RezOfEnvironment.find (fun names -> new LiveRez(names))

    /// The answers to the questions of an example, in order.
    member _.Ask(example: Example) : RezAnswer list =
        use bytes = new MemoryStream()
        BookFile.Write(bytes, [| ExampleBook.ofExample "question" example |])
        let books = Encoding.UTF8.GetString(bytes.ToArray()).ReplaceLineEndings ""
        let limits = example.Questions |> List.map limit |> String.concat ","

        use document =
            ask $"""{{"books":{books},"limits":[{limits}],"max_solves":{stepBudget}}}"""

        [ for found in document.RootElement.EnumerateArray() -> answer found ]

    /// rez's reading of requirements in requests, in order.
    member _.JudgeRequests(texts: string[]) : RequestJudgement list =
        use document = ask $"""{{"requests":{JsonSerializer.Serialize texts}}}"""
        [ for found in document.RootElement.EnumerateArray() -> judgement found ]

    /// rez.version's facts about texts, one by one. A fact is empty if rez itself crashes on it.
    member _.AlgebraFacts(texts: RequestTexts.AlgebraTexts[]) : string list list =
        let listed (texts: RequestTexts.AlgebraTexts) = [
            fst texts.Versions
            snd texts.Versions
            fst texts.Ranges
            snd texts.Ranges
            fst texts.Requirements
            snd texts.Requirements
            texts.Object
        ]

        use document =
            ask $"""{{"algebra":{JsonSerializer.Serialize(Array.map listed texts)}}}"""

        [
            for found in document.RootElement.EnumerateArray() -> [ for fact in found.EnumerateArray() -> text fact ]
        ]

    interface IDisposable with
        member _.Dispose() =
            server.StandardInput.Close()
            server.WaitForExit()
            server.Dispose()
