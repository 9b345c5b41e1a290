namespace Rer.Reference

open Rer

/// <summary>Input without an answer, where rez raises out of the solver. Ends the solve.</summary>
/// <remarks>Mirrors <c>PackageFamilyNotFoundError</c>, <c>PackageNotFoundError</c> and <c>ResolveError</c>, and stands
/// for the errors of text that does not parse. The message is rez's, or one line that names the input.</remarks>
exception SolveError of kind: ResolveErrorKind * message: string with
    override this.Message = this.message

/// <summary>Text that users and packages hand in.</summary>
[<RequireQualifiedAccess>]
module Input =

    /// <summary>Parses a piece of input.</summary>
    /// <param name="what">What the input is and where it stands, such as <c>request: requirement 'foo-1..+'</c>.</param>
    /// <param name="parser">Parses it.</param>
    /// <exception cref="T:Rer.Reference.SolveError">It does not parse; the message says what, where and why.</exception>
    let parse (what: string) (parser: unit -> 'T) : 'T =
        try
            parser ()
        with VersionError message ->
            raise (SolveError(ResolveErrorKind.InvalidSyntax, $"{what}: {message}"))
