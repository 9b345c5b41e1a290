namespace Rer.Canaries

open System

/// Which of the faults is at work in this thread.
[<AbstractClass; Sealed>]
type Fault private () =
    [<ThreadStatic; DefaultValue>]
    static val mutable private active: string | null

    /// Whether a fault is at work: what the spoiled lines of the reference ask.
    static member Is(name: string) = Fault.active = name

    /// Runs something with a fault at work.
    static member During(name: string, action: unit -> 'a) : 'a =
        Fault.active <- name

        try
            action ()
        finally
            Fault.active <- null
