/// Compares the reading of generated definition files, ordinary and hostile, with rez's own loading.
module Rer.Props.DefinitionTests

open System
open System.Collections.Generic
open System.IO
open System.IO.Compression
open System.Text.Json
open Xunit
open Rer.Fuzzing
open Rer.Fuzzing.Definitions
open Rer.Props.Checking
open Rer.Props.Definitions

let private countVariable = "RER_DEFINITIONS"
let private seedVariable = "RER_DEFINITIONS_SEED"
let private bookVariable = "RER_DEFINITIONS_BOOK"

/// Judges files, counts the verdicts, and fails if any are findings.
let private check (title: string) (cases: seq<string * DefinitionText * RezReading>) =
    let counts = SortedDictionary<string, int>()
    let findings = List<string>()

    for label, file, theirs in cases do
        let verdict = judge file theirs
        let key = $"{file.Extension} {nameOf verdict}"

        counts[key] <-
            (match counts.TryGetValue key with
             | true, count -> count + 1
             | false, _ -> 1)

        if isFinding verdict && findings.Count < 20 then
            findings.Add $"{label}: {verdict}\n{file}"

    let told =
        String.Join("\n", [ for entry in counts -> $"{entry.Value, 7} {entry.Key}" ])

    TestContext.Current.TestOutputHelper
    |> Option.ofObj
    |> Option.iter (fun output -> output.WriteLine $"{title}\n{told}")

    Assert.True((findings.Count = 0), $"{title}\n{told}\n" + String.Join("\n\n", findings))
    counts

/// The book of definitions answered by a real rez. Each line is `{"extension", "content", "rez"}`.
let private book = Path.Combine(AppContext.BaseDirectory, "definitions.txt.gz")

let private recorded () =
    seq {
        use file = File.OpenRead book
        use text = new StreamReader(new GZipStream(file, CompressionMode.Decompress))
        let mutable line = text.ReadLine()
        let mutable number = 0

        while not (isNull line) do
            number <- number + 1
            use document = JsonDocument.Parse(string line)
            let root = document.RootElement

            let file = {
                Extension = string (root.GetProperty("extension").GetString())
                Content = root.GetProperty("content").GetBytesFromBase64()
            }

            yield $"line {number}", file, RezReading.parse (root.GetProperty("rez").GetRawText())
            line <- text.ReadLine()
    }

[<Fact>]
let ``Definitions are read as rez has read them`` () =
    let counts = check book (recorded ())
    // Most of what rez loads must be readable without Python.
    let loaded extension =
        counts[$"{extension} {nameOf Equal}"], counts[$"{extension} {nameOf LeftToPython}"]

    for extension, share in [ "py", 2; "yaml", 20 ] do
        let equal, left = loaded extension
        Assert.True((equal > share * left), $"{extension}: {equal} read, {left} left to Python")

[<FactWithRez>]
let ``Definitions are read as a real rez reads them`` () =
    withRez (LiveDefinitions.FromEnvironment()) (fun rez ->
        let seed = setting seedVariable (freshSeed ()) uint64
        let count = setting countVariable 300 int

        use writer =
            setting bookVariable TextWriter.Null (fun path ->
                new StreamWriter(new GZipStream(File.Create path, CompressionLevel.SmallestSize)))

        check
            $"{count} files of seed {seed}"
            (seq {
                for index in 0 .. count - 1 do
                    let file = DefinitionFiles.at seed index
                    let answer = rez.Ask file
                    let content = Convert.ToBase64String file.Content
                    writer.WriteLine $"""{{"extension":"{file.Extension}","content":"{content}","rez":{answer}}}"""
                    yield $"seed {seed}, file {index}", file, RezReading.parse answer
            })
        |> ignore)
