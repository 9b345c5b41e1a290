/// Compares Rer's reading of a definition file, or of a family in one file, with rez's.
module Rer.Props.Definitions

open System
open System.Diagnostics
open System.IO
open Rer
open Rer.Repositories
open Rer.Fuzzing.Definitions

/// The result of comparing two readings of one file.
type Verdict =
    /// Both read the same.
    | Equal
    /// Only Python can tell, and rez loads it.
    | LeftToPython
    /// Only Python can tell, and rez does not load it.
    | LeftToPythonRightly
    | BothRefuse
    /// Read, but rez fails in code that Rer does not follow: imports, calls, loops. The documentation says so.
    | UnfollowedFails
    /// A difference, described in words.
    | ReadWrongly of string
    | WronglyAccepted of string
    | WronglyRefused of string
    /// Something other than an error for users.
    | Broken of string

/// Whether a verdict is a finding.
let isFinding (verdict: Verdict) =
    match verdict with
    | ReadWrongly _
    | WronglyAccepted _
    | WronglyRefused _
    | Broken _ -> true
    | _ -> false

/// The name of a verdict in counts.
let nameOf (verdict: Verdict) =
    match verdict with
    | Equal -> "read equal"
    | LeftToPython -> "left to Python, which loads it"
    | LeftToPythonRightly -> "left to Python, which does not load it"
    | BothRefuse -> "refused by both"
    | UnfollowedFails -> "read, although code that is not followed fails"
    | ReadWrongly _ -> "READ WRONGLY"
    | WronglyAccepted _ -> "READ, AND REZ REFUSES IT"
    | WronglyRefused _ -> "REFUSED, AND REZ READS IT"
    | Broken _ -> "BROKEN"

let private timeBound = TimeSpan.FromSeconds 5.0

let private parse (file: DefinitionText) =
    if file.Extension = "yaml" then
        PackageFile.ParseYaml("package.yaml", file.Content)
    else
        PackageFile.ParsePython("package.py", file.Content)

/// A field that is read on access.
let private looked (read: unit -> 'a) =
    try
        Choice1Of3(read ())
    with :? PackageDataException as error ->
        if error.NeedsPython then
            Choice2Of3()
        else
            Choice3Of3 error.Message

let private strings (list: seq<string>) = List.ofSeq list

/// The difference of a field, if there is one.
let private difference name ours theirs =
    match ours, theirs with
    | Choice2Of3(), _
    | Choice3Of3 _, (Wrong _ | Late) -> None
    | Choice1Of3 value, Known expected when value = expected -> None
    | Choice1Of3 value, theirs -> Some $"{name}: rez has %A{theirs}, we have %A{value}"
    | Choice3Of3 error, Known expected -> Some $"{name}: rez has %A{expected}, we say {error}"

/// The differences of what a solve reads.
let private differences (definition: PackageDefinition) (theirs: RezDefinition) =
    let timestamp (text: string) =
        string (bigint.Max(bigint Int64.MinValue, bigint.Min(bigint.Parse text, bigint Int64.MaxValue)))

    let time =
        match theirs.Timestamp with
        | Known text -> Known(timestamp text)
        | other -> other

    List.choose id [
        difference "requires" (looked (fun () -> strings definition.Requires)) theirs.Requires
        difference "variants" (looked (fun () -> [ for v in definition.Variants -> strings v ])) theirs.Variants
        difference "build_requires" (looked (fun () -> strings definition.BuildRequires)) theirs.BuildRequires
        difference "timestamp" (looked (fun () -> string definition.Timestamp)) time
    ]

/// The differences of names in the file, which a solve does not read.
let private differencesOfNames (ours: PackageFile) (theirs: RezDefinition) =
    let named name (ours: string | null) (theirs: string option) =
        match ours, theirs with
        | null, _ -> None
        | ours, Some theirs when ours = theirs -> None
        | ours, theirs -> Some $"{name}: rez has %A{theirs}, we have {ours}"

    List.choose id [
        named "name" ours.Name theirs.Name
        named "version" ours.Version theirs.Version
    ]

/// Whether rez rejects the package in a solve, because of its file or a field that every solve reads.
let private refusal theirs =
    match theirs with
    | Failed error
    | Loaded { Requires = Wrong error }
    | Loaded { Variants = Wrong error } -> Some error
    | Loaded _ -> None

/// Compares a reading with rez's.
/// <param name="read">Reads; the result is whether all code was followed, and how rez's reading differs.</param>
/// <param name="theirs">rez's reading.</param>
let private judged (read: unit -> bool * (RezDefinition -> string list)) (theirs: RezReading) : Verdict =
    let start = Stopwatch.GetTimestamp()

    let verdict =
        try
            let isFollowed, compare = read ()

            match theirs, refusal theirs with
            | _, Some _ when not isFollowed -> UnfollowedFails
            | _, Some error -> WronglyAccepted error
            | Loaded theirs, None ->
                match compare theirs with
                | [] -> Equal
                | differences -> ReadWrongly(String.Join("; ", differences))
            | Failed error, None -> WronglyAccepted error
        with
        | :? PackageDataException as error ->
            match error.NeedsPython, refusal theirs with
            | true, Some _ -> LeftToPythonRightly
            | true, None -> LeftToPython
            | false, Some _ -> BothRefuse
            | false, None -> WronglyRefused error.Message
        | error -> Broken(string error)

    if Stopwatch.GetElapsedTime start > timeBound then
        Broken $"reading took {Stopwatch.GetElapsedTime start}"
    else
        verdict

/// Reads a file and compares it with rez's reading.
let judge (file: DefinitionText) (theirs: RezReading) : Verdict =
    judged
        (fun () ->
            let ours = parse file
            ours.IsFollowed, (fun theirs -> differences ours.Definition theirs @ differencesOfNames ours theirs))
        theirs

let private listed (folder: string) =
    let repository = FilesystemRepository [ folder ]
    repository, List.ofSeq (repository.GetVersions "foo")

/// Reads a family in one file, and compares it with rez's reading: a verdict for each version, or a single one if the
/// versions cannot be read.
/// <param name="folder">A folder that contains nothing else.</param>
/// <param name="file">The file.</param>
/// <param name="theirs">rez's reading.</param>
let judgeFamily (folder: string) (file: DefinitionText) (theirs: RezFamily) : Verdict list =
    for extension in [ "py"; "yaml" ] do
        File.Delete(Path.Combine(folder, "foo." + extension))

    File.WriteAllBytes(Path.Combine(folder, "foo." + file.Extension), file.Content)
    let nothing = Failed "rez lists no versions"

    try
        let repository, ours = listed folder

        let definition version () =
            let definition = repository.GetDefinition("foo", version)
            definition.IsFollowed, differences definition

        match theirs with
        | Unlisted error ->
            // Code that is not followed may fail.
            match judged (definition ours.Head) nothing with
            | WronglyAccepted _ -> [ WronglyAccepted error ]
            | verdict -> [ verdict ]
        | Listed versions when List.map fst versions <> ours -> [
            ReadWrongly $"versions: rez has %A{List.map fst versions}, we have %A{ours}"
          ]
        | Listed versions -> [ for version, reading in versions -> judged (definition version) reading ]
    with
    | :? PackageDataException as error ->
        match error.NeedsPython, theirs with
        | true, Unlisted _ -> [ LeftToPythonRightly ]
        | true, Listed _ -> [ LeftToPython ]
        | false, Unlisted _ -> [ BothRefuse ]
        | false, Listed _ -> [ WronglyRefused error.Message ]
    | error -> [ Broken(string error) ]
