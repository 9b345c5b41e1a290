namespace Rer.Fuzzing

open System
open System.Collections.Concurrent
open System.Diagnostics
open System.IO
open System.Threading
open Rer.Books
open Rer.Fuzzing.Asking
open Rer.Fuzzing.Generators
open Rer.Fuzzing.Observation
open Rer.Fuzzing.Properties

/// A difference that a run found, shrunk and stored.
type Finding = {
    /// The property that does not hold.
    Check: string
    Seed: uint64
    Index: int
    Differences: Difference list
    /// The smallest example found, with one question.
    Shrunk: Example
    /// The file that contains it as a book.
    Book: string
}

/// What to run.
type FuzzPlan = {
    Seed: uint64
    /// The minimum duration of the run. It also continues until a minimum number of questions was solved.
    Time: TimeSpan
    AtLeast: int
    /// Only the example with this number, regardless of time. It reproduces a finding.
    Only: int option
    Threads: int
    Reference: Engine
    Engine: Engine
    /// A real rez to compare with, if there is one. It is slower than everything else.
    Rez: LiveRez option
    /// Where books of differences are written.
    Output: string
}

/// The state of a run, or its result.
type FuzzReport = {
    Seed: uint64
    Elapsed: TimeSpan
    Questions: int
    /// The number of comparisons, over all properties.
    Checks: int
    /// The number of comparisons without a verdict within the budget of steps.
    OutOfBudget: int
    /// The number of questions on which rez itself crashes.
    RezCrashes: int
    Coverage: Coverage
    Findings: Finding list
} with

    /// Questions per second.
    member this.Rate = float this.Questions / max 0.001 this.Elapsed.TotalSeconds

    /// The whole report, for people to read.
    override this.ToString() =
        let finding finding =
            let differences = finding.Differences |> List.map string |> String.concat "\n"

            String.concat "\n" [
                $"{finding.Check}: does not hold (seed {finding.Seed}, example {finding.Index})."
                differences
                $"  the reference's answers: dotnet run --project props/Rer.Fuzz -c Release -- --replay {finding.Book}"
                $"  the example again:       dotnet run --project props/Rer.Fuzz -c Release -- --seed {finding.Seed} --example {finding.Index}"
            ]

        // Only a run with a real rez can have any.
        let crashes =
            if this.RezCrashes = 0 then
                ""
            else
                $", {this.RezCrashes} that crash rez"

        String.concat "\n" [
            $"seed {this.Seed}: {this.Questions} solves in {this.Elapsed.TotalSeconds:F0} s ({this.Rate:F0} a second), {this.Checks} comparisons, {this.OutOfBudget} out of budget{crashes}, {this.Findings.Length} differences"
            this.Coverage.Table()
            yield! List.map finding this.Findings
        ]

/// The long run: random examples, every oracle, and one property at a time for each question.
module Fuzz =
    /// The number of differences after which a run ends. Many differences usually have the same cause.
    let private enoughFindings = 8

    /// The number of smaller examples tried for each difference.
    let private shrinkAttempts = 6000

    let private note (finding: Finding) =
        let settings = finding.Shrunk.Questions.Head.Settings

        let limit =
            match settings.Limit with
            | Unlimited -> ""
            | limit -> $" The question had a limit that a book cannot hold: {limit}."

        let fields = finding.Differences |> List.map _.Field |> String.concat ", "
        $"Found by fuzzing (seed {finding.Seed}, example {finding.Index}): {finding.Check}? No: {fields}.{limit}"

    /// A finding as a book that contains the reference's answers.
    let private book (reference: Engine) (finding: Finding) =
        let asked =
            ExampleBook.ofExample $"fuzz-{finding.Seed}-{finding.Index}" finding.Shrunk

        let answered (case: Case) =
            CaseRecorder.Record(
                case.Request,
                case.Options,
                reference().Resolve(case.Request, asked.Repository, case.Options),
                Recording(Graph = true, Failures = true, FailureGraphs = true)
            )

        Book(asked.Name, asked.Repository, asked.Cases |> Seq.map answered |> Array.ofSeq, Note = note finding)

    let private shrunk (plan: FuzzPlan) (property: Property) index number differences (example: Example) question =
        let outcome (candidate: Example) =
            let repository = Example.repository candidate.Families

            match ask (Some stepBudget) repository candidate.Questions.Head (plan.Reference()) with
            | Answered observed -> observed.Outcome
            | TooLong
            | Broke _ -> ""

        // A smaller example counts as the same finding only if the same fields differ with the same outcome. Otherwise
        // a wrong answer could shrink to a count that is off by one on the way to an error.
        let mutable showing = None

        let fails (candidate: Example) =
            match property.Check plan.Engine candidate candidate.Questions.Head with
            | Differ(first :: _) ->
                let shown = first.Field, outcome candidate

                if showing.IsNone then
                    showing <- Some shown

                showing = Some shown
            | _ -> false

        // Properties of several questions need all of them. Others fail on the question alone.
        let alone = {
            example with
                Questions = [ question ]
        }

        let whole = {
            example with
                Questions = question :: List.filter ((<>) question) example.Questions
        }

        let smallest =
            Shrinkers.shrink shrinkAttempts fails (if fails alone then alone else whole)

        let differences =
            match property.Check plan.Engine smallest smallest.Questions.Head with
            | Differ differences -> differences
            | _ -> differences

        let finding = {
            Check = property.Name
            Seed = plan.Seed
            Index = index
            Differences = differences
            Shrunk = smallest
            // An example may show several differences, each with its own book.
            Book = Path.Combine(plan.Output, $"fuzz-{plan.Seed}-{index}-{number}.json")
        }

        Directory.CreateDirectory plan.Output |> ignore
        BookFile.Write(finding.Book, [| book plan.Reference finding |])
        finding

    /// Runs for the time of the plan, or until enough differences were found. `progress` is called about once a second.
    let run (plan: FuzzPlan) (progress: FuzzReport -> unit) : FuzzReport =
        let clock = Stopwatch.StartNew()
        let coverage = Coverage()
        let findings = ConcurrentQueue<Finding>()
        let nextIndex = ref -1
        let checks = ref 0
        let outOfBudget = ref 0
        let crashes = ref 0
        let numbers = ref 0
        let properties = Array.ofList (Properties.all plan.Reference)
        let agrees = Oracles.agreesWith plan.Reference

        let report () = {
            Seed = plan.Seed
            Elapsed = clock.Elapsed
            Questions = coverage.Total
            Checks = checks.Value
            OutOfBudget = outOfBudget.Value
            RezCrashes = crashes.Value
            Coverage = coverage
            Findings = List.ofSeq findings
        }

        let judge index example question (property: Property) verdict =
            Interlocked.Increment checks |> ignore

            match verdict with
            | Agree -> ()
            | OutOfBudget -> Interlocked.Increment outOfBudget |> ignore
            | Differ differences ->
                let number = Interlocked.Increment numbers
                findings.Enqueue(shrunk plan property index number differences example question)

        let onQuestion index example said position question =
            let repository = Example.repository example.Families
            let expected = ask (Some stepBudget) repository question (plan.Reference())
            let judge = judge index example question

            match expected with
            | Answered observed -> coverage.Note(example, question, observed)
            | TooLong -> coverage.Add("outcome: out of budget", 1)
            | Broke _ -> ()

            match expected with
            | TooLong -> judge agrees OutOfBudget
            | _ -> judge agrees (Verdict.ofAnswers expected (ask None repository question (plan.Engine())))

            if Opinion.applies example question then
                judge Oracles.isValid (Opinion.judge example question expected)

            let property = properties[(index + position) % properties.Length]
            judge property (property.Check plan.Engine example question)

            match plan.Rez, List.tryItem position said with
            | Some rez, Some said ->
                match said with
                | RezCrashed _ -> Interlocked.Increment crashes |> ignore
                | RezAnswered _ -> ()

                judge (Oracles.agreesWithRez rez) (Oracles.compareWithRez said expected)
            | _ -> ()

        let isOver () =
            (clock.Elapsed > plan.Time && coverage.Total >= plan.AtLeast)
            || findings.Count >= enoughFindings

        let askAll index =
            let example = ExampleGenerators.at plan.Seed index

            let said =
                match plan.Rez with
                | None -> []
                | Some rez -> lock rez (fun () -> rez.Ask example)

            example.Questions |> List.iteri (onQuestion index example said)

        let work () =
            while not (isOver ()) do
                askAll (Interlocked.Increment nextIndex)

        let workers =
            match plan.Only with
            | Some index -> [ Threading.Tasks.Task.Run(fun () -> askAll index) ]
            | None -> [ for _ in 1 .. plan.Threads -> Threading.Tasks.Task.Run work ]

        let all = Threading.Tasks.Task.WhenAll workers

        while not (all.Wait 1000) do
            progress (report ())

        report ()
