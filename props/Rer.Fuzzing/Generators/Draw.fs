/// The basic generators that all others use.
module Rer.Fuzzing.Generators.Draw

open FsCheck
open FsCheck.FSharp

/// True with a probability in percent.
let chance (percent: int) =
    if percent <= 0 then
        Gen.constant false
    else
        Gen.choose (1, 100) |> Gen.map (fun roll -> roll <= percent)

/// Any item of a list.
let pick (items: 'a list) =
    let items = Array.ofList items
    Gen.choose (0, items.Length - 1) |> Gen.map (fun index -> items[index])

/// Any item of a list, by weight.
let weighted (items: (int * 'a) list) =
    items
    |> List.map (fun (weight, item) -> weight, Gen.constant item)
    |> Gen.frequency

/// A list of items. Another generator draws their number.
let many (count: Gen<int>) (item: Gen<'a>) =
    gen {
        let! count = count
        return! Gen.listOfLength count item
    }

/// Some items of a list in order, each with a probability in percent.
let some (percent: int) (items: 'a list) =
    gen {
        let! kept = Gen.listOfLength items.Length (chance percent)
        return List.zip items kept |> List.filter snd |> List.map fst
    }

/// Runs a generator for each item of a list, in order.
let each (generate: 'a -> Gen<'b>) (items: 'a list) : Gen<'b list> =
    items |> List.map generate |> Gen.sequenceToList

/// Draws from the first generator or, with a probability in percent that is the generator's size, from the second. The
/// size is how hostile a text is.
let mixed (calm: Gen<'a>) (hostile: Gen<'a>) : Gen<'a> =
    Gen.sized (fun percent -> Gen.frequency [ max 0 (100 - percent), calm; percent, hostile ])

/// An item of a list; always the first if nothing is hostile.
let seldom (items: 'a list) : Gen<'a> =
    mixed (Gen.constant items.Head) (pick items)

/// A generator that is created when it is drawn from. Recursive generators would otherwise be created endlessly.
let later (make: unit -> Gen<'a>) : Gen<'a> = gen { return! make () }
