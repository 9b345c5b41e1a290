namespace Rer.Reference

open Rer

/// <summary>Writes the log of a solve as rez prints it.</summary>
/// <remarks>
/// Mirrors <c>_Printer</c>. It takes functions instead of texts, so that nothing is rendered at low verbosity. That
/// does more than save time: rendering a scope sorts its first entry (SOLVER.md#memory).
/// </remarks>
[<Sealed>]
type Printer(log: SolveLog | null) =

    let verbosity, suppressPassive =
        match log with
        | null -> 0, false
        | log -> log.Verbosity, log.SuppressPassive

    // Printed before the next line, if there is one.
    let mutable pendingSubheader = ""
    let mutable pendingBreak = false

    let print (text: string) =
        match log with
        | null -> ()
        | log -> log.Writer.Write(text + "\n")

    let rule = String.replicate 80 "-"

    /// <summary>Whether everything is logged, not only headers.</summary>
    member _.IsVerbose = verbosity > 2

    /// <summary>Writes the header of a step. Mirrors <c>_Printer.header</c>.</summary>
    member this.Header(text: unit -> string) : unit =
        if verbosity > 0 then
            if this.IsVerbose then
                print ""
                print rule

            print (text ())

            if this.IsVerbose then
                print rule

    /// <summary>Sets the subheader of the next line, if there is one. Mirrors <c>_Printer.subheader</c>.</summary>
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

    /// <summary>Writes a line about something without effect. Mirrors <c>_Printer.passive</c>.</summary>
    member this.Passive(text: unit -> string) : unit =
        if not suppressPassive then
            this.Line text

    /// <summary>Leaves an empty line before the next. Mirrors <c>_Printer.br</c>.</summary>
    member _.Break() : unit = pendingBreak <- true
