/// Examples as books of cases, in which differences are stored and replayed.
module Rer.Fuzzing.ExampleBook

open Rer.Books
open Rer.Fuzzing.Asking

/// A book with an example's questions, without answers. Callbacks and clocks are not data, so the book leaves them out.
let ofExample (name: string) (example: Example) : Book =
    let cases = [|
        for question in example.Questions ->
            Case(Request = Example.request question, Options = plainOptions question.Settings)
    |]

    Book(name, Example.repository example.Families, cases)
