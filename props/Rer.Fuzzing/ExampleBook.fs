/// Examples as books of cases, in which differences are stored and replayed.
module Rer.Fuzzing.ExampleBook

open Rer.Books
open Rer.Fuzzing.Asking

/// A book that asks an example's questions and contains no answers yet. Callbacks and clocks are not data, so a
/// question that has one is asked without it.
let ofExample (name: string) (example: Example) : Book =
    let cases = [|
        for question in example.Questions ->
            Case(Request = Example.request question, Options = plainOptions question.Settings)
    |]

    Book(name, Example.repository example.Families, cases)
