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
let private familiesVariable = "RER_FAMILIES"
let private seedVariable = "RER_DEFINITIONS_SEED"
let private bookVariable = "RER_DEFINITIONS_BOOK"

/// Judges files, counts the verdicts, and fails if any are findings.
let private check (title: string) (cases: seq<string * DefinitionText * Verdict list>) =
    let counts = SortedDictionary<string, int>()
    let findings = List<string>()

    for label, file, verdict in
        Seq.collect (fun (label, file, verdicts) -> [ for verdict in verdicts -> label, file, verdict ]) cases do
        let key = $"{file.Extension} {nameOf verdict}"

        counts[key] <-
            (match counts.TryGetValue key with
             | true, count -> count + 1
             | false, _ -> 1)

        let finding = $"{label}: {verdict}\n{file}"

        // All versions of a family may have the same error.
        if isFinding verdict && findings.Count < 20 && not (findings.Contains finding) then
            findings.Add finding

    let told =
        String.Join("\n", [ for entry in counts -> $"{entry.Value, 7} {entry.Key}" ])

    TestContext.Current.TestOutputHelper
    |> Option.ofObj
    |> Option.iter (fun output -> output.WriteLine $"{title}\n{told}")

    Assert.True((findings.Count = 0), $"{title}\n{told}\n" + String.Join("\n\n", findings))
    counts

/// The books answered by a real rez. Each line is `{"extension", "content", "rez"}`.
let private definitionsBook =
    Path.Combine(AppContext.BaseDirectory, "definitions.txt.gz")

let private familiesBook = Path.Combine(AppContext.BaseDirectory, "families.txt.gz")

/// The files of a book, judged by rez's recorded answers.
let private recorded book judge =
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

            yield $"line {number}", file, judge file (root.GetProperty("rez").GetRawText())
            line <- text.ReadLine()
    }

/// Loads generated files with a real rez, and writes its answers to the book that the environment names.
let private checkWithRez count files (ask: LiveDefinitions -> DefinitionText -> string) judge =
    withRez (LiveDefinitions.FromEnvironment()) (fun rez ->
        let seed = setting seedVariable (freshSeed ()) uint64

        use writer =
            setting bookVariable TextWriter.Null (fun path ->
                new StreamWriter(new GZipStream(File.Create path, CompressionLevel.SmallestSize)))

        check
            $"{count} files of seed {seed}"
            (seq {
                for index in 0 .. count - 1 do
                    let file = DefinitionFiles.at files seed index
                    let answer = ask rez file
                    let content = Convert.ToBase64String file.Content
                    writer.WriteLine $"""{{"extension":"{file.Extension}","content":"{content}","rez":{answer}}}"""
                    yield $"seed {seed}, file {index}", file, judge file answer
            })
        |> ignore)

let private judgeDefinition file answer = [ judge file (RezReading.parse answer) ]

/// Most of what rez loads must be readable without Python.
let private mostAreRead extension share (counts: SortedDictionary<string, int>) =
    let count verdict =
        match counts.TryGetValue $"{extension} {nameOf verdict}" with
        | true, count -> count
        | false, _ -> 0

    let equal, left = count Equal, count LeftToPython
    Assert.True((equal > share * left), $"{extension}: {equal} read, {left} left to Python")

[<Fact>]
let ``Definitions are read as rez has read them`` () =
    let counts = check definitionsBook (recorded definitionsBook judgeDefinition)
    mostAreRead "py" 2 counts
    mostAreRead "yaml" 20 counts

[<FactWithRez>]
let ``Definitions are read as a real rez reads them`` () =
    checkWithRez (setting countVariable 300 int) DefinitionFiles.any (fun rez file -> rez.Ask file) judgeDefinition

/// Judges families in a folder that is removed afterwards.
let private inFolder (run: (DefinitionText -> string -> Verdict list) -> unit) =
    let folder = Directory.CreateTempSubdirectory "rer-families-"

    try
        run (fun file answer -> judgeFamily folder.FullName file (RezReading.parseFamily answer))
    finally
        folder.Delete true

[<Fact>]
let ``Families in one file are read as rez has read them`` () =
    inFolder (fun judge ->
        let counts = check familiesBook (recorded familiesBook judge)
        mostAreRead "py" 5 counts
        mostAreRead "yaml" 5 counts)

[<FactWithRez>]
let ``Families in one file are read as a real rez reads them`` () =
    inFolder (
        checkWithRez (setting familiesVariable 300 int) DefinitionFiles.anyFamily (fun rez file -> rez.AskFamily file)
    )
