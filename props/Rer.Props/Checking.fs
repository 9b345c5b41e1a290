/// FsCheck as the facts of this project call it: seeded, and the seed in every failure.
module Rer.Props.Checking

open FsCheck
open FsCheck.FSharp
open Xunit

// One test at a time: the long ones use every processor themselves, and others measure what they take.
[<assembly: CollectionBehavior(DisableTestParallelization = true)>]
do ()

/// The seed of runs that are the same every time.
let fixedSeed = 20260101UL

/// A seed that differs from run to run. Whoever draws one prints it.
let freshSeed () = uint64 System.DateTime.UtcNow.Ticks

/// Checks a property on so many draws of a generator; fails with the seed, the draw and its shrunk form.
let holds (seed: uint64) (count: int) (generate: Gen<'a>) (property: 'a -> bool) =
    let config =
        Config.QuickThrowOnFailure
            .WithMaxTest(count)
            .WithReplay(Some { Rnd = Rnd seed; Size = None })
            .WithName($"seed {seed}")

    Check.One(config, Prop.forAll (Arb.fromGen generate) property)
