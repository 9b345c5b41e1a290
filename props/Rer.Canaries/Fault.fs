namespace Rer.Canaries

open System

/// Which fault is active in this thread.
[<AbstractClass; Sealed>]
type Fault private () =
    [<ThreadStatic; DefaultValue>]
    static val mutable private active: string | null

    /// Whether a fault is active. The spoiled lines of the reference call this.
    static member Is(name: string) = Fault.active = name

    /// Runs an action with a fault active.
    static member During(name: string, action: unit -> 'a) : 'a =
        Fault.active <- name

        try
            action ()
        finally
            Fault.active <- null
