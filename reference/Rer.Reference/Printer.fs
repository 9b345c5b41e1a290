namespace Rer.Reference

open Rer

/// <summary>Writes the log of a solve as rez prints it.</summary>
/// <remarks>
/// Mirrors <c>_Printer</c>. Takes functions in place of texts: at low verbosity nothing is rendered, which is more
/// than a saving, since rendering a scope sorts its first entry (SOLVER.md#memory).
/// </remarks>
[<Sealed>]
type Printer(log: SolveLog | null) =

    let verbosity, suppressPassive =
        match log with
        | null -> 0, false
        | log -> log.Verbosity, log.SuppressPassive

    // What is printed before the next line, if there is one.
    let mutable pendingSubheader = ""
    let mutable pendingBreak = false

    let print (text: string) =
        match log with
        | null -> ()
        | log -> log.Writer.Write(text + "\n")

    let rule = String.replicate 80 "-"

    /// <summary>Whether all is logged, not headers alone.</summary>
    member _.IsVerbose = verbosity > 2

    /// <summary>Announces a step. Mirrors <c>_Printer.header</c>.</summary>
    member this.Header(text: unit -> string) : unit =
        if verbosity > 0 then
            if this.IsVerbose then
                print ""
                print rule

            print (text ())

            if this.IsVerbose then
                print rule

    /// <summary>Announces what the next line is about, if there is one. Mirrors <c>_Printer.subheader</c>.</summary>
    member this.Subheader(text: string) : unit =
        if this.IsVerbose then
            pendingSubheader <- text

    /// <summary>Writes a line. Mirrors <c>_Printer.__call__</c>.</summary>
    member this.Line(text: unit -> string) : unit =
        if this.IsVerbose then
            if pendingSubheader <> "" then
                print ""
                print pendingSubheader
                pendingSubheader <- ""
            elif pendingBreak then
                print ""

            print (text ())
            pendingBreak <- false

    /// <summary>Writes a line about what had no effect. Mirrors <c>_Printer.passive</c>.</summary>
    member this.Passive(text: unit -> string) : unit =
        if not suppressPassive then
            this.Line text

    /// <summary>Leaves a line free before the next. Mirrors <c>_Printer.br</c>.</summary>
    member _.Break() : unit = pendingBreak <- true
