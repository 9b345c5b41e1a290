namespace Rer.Reference

open System.Text.RegularExpressions
open Rer

/// <summary>A rule of a package filter.</summary>
/// <remarks>Mirrors <c>Rule</c> and its kinds. See SOLVER.md#filters.</remarks>
[<NoComparison; NoEquality>]
type Rule = {
    /// The family it applies to; none for all. Mirrors `Rule.family`.
    Family: string option
    /// Cheaper rules are evaluated first. Mirrors `Rule.cost`.
    Cost: float
    /// Whether it matches a package. Mirrors `Rule.match`.
    Matches: Package -> bool
}

/// <summary>Parsing rules.</summary>
[<RequireQualifiedAccess>]
module Rule =

    let private labelPattern =
        Regex(@"^([^(]+)\(([^\(\)]+)\)$", RegexOptions.CultureInvariant)

    let private familyPattern = Regex(@"\A[^*?]+[-@#]", RegexOptions.CultureInvariant)

    /// The cost of a rule that needs only name and version.
    let private cheap = 10.

    /// The cost of a rule that needs the definition, which then has to be loaded.
    let private expensive = 1000.

    /// Splits `x(y)`; none if the text does not have this form. Mirrors `Rule._parse_label`.
    let private parseLabel (text: string) : string option * string =
        let found = labelPattern.Match text

        if found.Success then
            Some found.Groups[1].Value, found.Groups[2].Value
        else
            None, text

    /// The text up to the last separator before any wildcard. rez treats it as the family, even if it is not one, as in
    /// `foo-1-*`. Mirrors `Rule._extract_family`.
    let private extractFamily (text: string) : string option =
        let found = familyPattern.Match text

        if found.Success then
            Some(found.Value.Substring(0, found.Length - 1))
        else
            None

    let private glob (text: string) : Rule =
        let pattern = Glob.parse text

        {
            Family = extractFamily text
            Cost = cheap
            Matches = fun package -> Glob.matches pattern package.QualifiedName
        }

    let private regex (text: string) : Rule =
        let isMatch = PythonRegex.compile text

        {
            Family = extractFamily text
            Cost = cheap
            Matches =
                fun package ->
                    try
                        isMatch package.QualifiedName
                    with :? RegexMatchTimeoutException ->
                        let seconds = int PythonRegex.timeout.TotalSeconds

                        let message =
                            $"package filter 'regex({text})': matching '{package.QualifiedName}' takes longer than {seconds} s"

                        raise (SolveError(ResolveErrorKind.InvalidSyntax, message))
        }

    let private range (text: string) : Rule =
        let requirement = Requirement.Parse text

        {
            Family = Some requirement.Name
            Cost = cheap
            Matches = fun package -> not (requirement.ConflictsWith(package.Name, package.Version))
        }

    let private timestamp (family: string option) (isMatch: bigint -> bool) : Rule = {
        Family = family
        Cost = expensive
        // A package without a release time never matches.
        Matches = fun package -> package.Timestamp <> 0 && isMatch (bigint package.Timestamp)
    }

    /// <summary>The rule for releases after a time. Mirrors <c>TimestampRule.after</c>.</summary>
    let after (time: bigint) (family: string option) : Rule =
        timestamp family (fun released -> released > time)

    /// <summary>The rule for releases before a time. Mirrors <c>TimestampRule.before</c>.</summary>
    let before (time: bigint) (family: string option) : Rule =
        timestamp family (fun released -> released <= time)

    /// Mirrors `TimestampRule._parse`.
    let private parseTimestamp (rule: bigint -> string option -> Rule) (text: string) : Rule =
        let family, time =
            match text.IndexOf ':' with
            | -1 -> None, text
            | i -> Some(text.Substring(0, i)), text.Substring(i + 1)

        match PythonText.tryInt time with
        | Some time -> rule time family
        | None -> raise (VersionError $"ValueError: invalid literal for int() with base 10: {PythonText.repr time}")

    /// <summary>Parses a rule. Mirrors <c>Rule.parse_rule</c>.</summary>
    /// <exception cref="T:Rer.Reference.SolveError">The text is not a rule. The message is that of rez's
    /// <c>ConfigurationError</c>, except for Python's text about a regular expression.</exception>
    let parse (text: string) : Rule =
        let label, argument =
            match parseLabel text with
            | Some label, argument -> label, argument
            | None, argument -> (if argument.Contains '*' then "glob" else "range"), argument

        let invalid message =
            raise (SolveError(ResolveErrorKind.InvalidSyntax, message))

        let read =
            match label with
            | "glob" -> glob
            | "regex" -> regex
            | "range" -> range
            | "before" -> parseTimestamp before
            | "after" -> parseTimestamp after
            | _ -> invalid $"'{label}' is not a valid package filter type"

        // rez adds the label and splits it off again. That fails if the text contains parentheses. The whole text is
        // then the argument.
        let written = $"{label}({argument})"

        try
            read (snd (parseLabel written))
        with VersionError message ->
            let kind =
                match label with
                | "range" -> "VersionError: "
                | "regex" -> "PatternError: "
                | _ -> ""

            invalid $"Error parsing package filter '{written}': {kind}{message}"
