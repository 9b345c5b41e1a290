namespace Rer.Reference

open System.Text.RegularExpressions

/// <summary>A part of a range that does not match the syntax of ranges.</summary>
/// <remarks>Mirrors <c>ParseException</c>, which rez words differently from a
/// <see cref="T:Rer.Reference.VersionError"/>.</remarks>
exception ParseException of message: string

/// <summary>The syntax of one part of a version range, as separated by <c>|</c>.</summary>
/// <remarks>Mirrors <c>_VersionRangeParser</c>. See SOLVER.md#range-syntax.</remarks>
[<RequireQualifiedAccess>]
module RangeSyntax =

    /// The seven forms in rez's order. The first that matches wins. The conditional groups make it exactly rez's
    /// syntax. A lower bound needs a `+` after it unless it has a `>` before it. A comma is optional after a lower
    /// version and required after an upper one.
    let private pattern =
        let version = "[0-9a-zA-Z_]+(?:[.-][0-9a-zA-Z_]+)*"

        let forms = [
            $"^(?<version>{version})$"
            $"^(?<exact>==(?<exact_version>{version})?)$"
            $"^(?<inclusive>(?<inclusive_lower>{version})?\\.\\.(?<inclusive_upper>{version})?)$"
            $"^(?<lower>(?<lower_prefix>>|>=)?(?<lower_version>{version})?(?(lower_prefix)|\\+))$"
            $"^(?<upper>(?<upper_prefix><(?={version})|<=)?(?<upper_version>{version})?)$"
            $"^(?<ascending>(?<asc_lower>(?<asc_lower_prefix>>|>=)?(?<asc_lower_version>{version})?"
            + $"(?(asc_lower_prefix)|\\+)?)(?<asc_upper>(?(asc_lower_version),?|)"
            + $"(?<asc_upper_prefix><(?={version})|<=)(?<asc_upper_version>{version})?))$"
            $"^(?<descending>(?<desc_upper>(?<desc_upper_prefix><|<=)?(?<desc_upper_version>{version})?"
            + $"(?(desc_upper_prefix)|\\+)?)(?<desc_lower>(?(desc_upper_version),|)"
            + $"(?<desc_lower_prefix><(?={version})|>=?)(?<desc_lower_version>{version})?))$"
        ]

        Regex(System.String.Join('|', forms), RegexOptions.CultureInvariant ||| RegexOptions.Compiled)

    /// <summary>Finds the form of one part of a range. The part must not be empty.</summary>
    /// <exception cref="T:Rer.Reference.ParseException">It has none of the forms.</exception>
    let find (part: string) : Match =
        let found = pattern.Match part

        if not found.Success then
            raise (ParseException $"Syntax error in version range '{part}'")

        found

    /// <summary>Parses one part of a range. The part must not be empty.</summary>
    /// <returns>The contiguous range; none if the form is empty, and rez adds no bound.</returns>
    /// <exception cref="T:Rer.Reference.ParseException">It has none of the forms.</exception>
    /// <exception cref="T:Rer.Reference.VersionError">The range would be empty.</exception>
    let parse (part: string) : Bound option =
        let found = find part
        let text (group: string) = found.Groups[group].Value
        let has group = text group <> ""
        let version group = Version.Parse(text group)

        let lowerBound name =
            if has name then
                LowerBound.create (version $"{name}_version") (text $"{name}_prefix" <> ">")
            else
                LowerBound.min

        let upperBound name =
            if has name then
                UpperBound.create (version $"{name}_version") (text $"{name}_prefix" <> "<")
            else
                UpperBound.max

        if has "ascending" then
            Some(Bound.create (lowerBound "asc_lower") (upperBound "asc_upper"))
        elif has "version" then
            let version = version "version"
            Some(Bound.create (LowerBound.create version true) (UpperBound.create (version.Next()) false))
        elif has "lower" then
            Some(Bound.create (lowerBound "lower") UpperBound.max)
        elif has "exact" then
            Some(Bound.exactly (version "exact_version"))
        elif has "descending" then
            Some(Bound.create (lowerBound "desc_lower") (upperBound "desc_upper"))
        elif has "inclusive" then
            Some(
                Bound.create
                    (LowerBound.create (version "inclusive_lower") true)
                    (UpperBound.create (version "inclusive_upper") true)
            )
        elif has "upper" then
            Some(Bound.create LowerBound.min (upperBound "upper"))
        else
            None
