namespace Rer.Reference

open Rer

/// <summary>Invalid input, for which rez's solver raises an exception. It ends the solve.</summary>
/// <remarks>Mirrors <c>PackageFamilyNotFoundError</c>, <c>PackageNotFoundError</c> and <c>ResolveError</c>. It is also
/// the error for text that cannot be parsed. The message is rez's, or one line that names the input.</remarks>
exception SolveError of kind: ResolveErrorKind * message: string with
    override this.Message = this.message

/// <summary>Text from users and packages.</summary>
[<RequireQualifiedAccess>]
module Input =

    /// <summary>Parses a piece of input.</summary>
    /// <param name="what">The input and its location, for example <c>request: requirement 'foo-1..+'</c>.</param>
    /// <param name="parser">Parses it.</param>
    /// <exception cref="T:Rer.Reference.SolveError">It cannot be parsed. The message says what, where and
    /// why.</exception>
    let parse (what: string) (parser: unit -> 'T) : 'T =
        try
            parser ()
        with VersionError message ->
            raise (SolveError(ResolveErrorKind.InvalidSyntax, $"{what}: {message}"))
