using Rer.Insights.Text;

namespace Rer.Insights.Bisecting;

/// <summary>
/// The results of a request at the good time and at the bad time. They show what a release broke in between.
/// </summary>
internal sealed class BisectEnds(ReleaseHistory history, BisectOptions options, IPackageRepository repository)
{
    private readonly ResolveResult _good = history.At(options.Good);
    private readonly ResolveResult _bad = history.At(options.Bad);

    /// <summary>What was broken between the two times, and a test for whether a resolve has it.</summary>
    /// <exception cref="BadInputException">Nothing was broken.</exception>
    public (BisectAim Aim, Func<SolvedResult, bool> IsGood) Aim()
    {
        if (Resolves(_good, GoodTime) is not SolvedResult good)
        {
            throw new BadInputException(
                $"the request does not resolve at the good time, {GoodTime}: {ReasonOf(_good)}; "
                    + (
                        _bad is SolvedResult
                            ? $"it does at the bad time, {BadTime}; are the two swapped?"
                            : "name a time when it does"
                    )
            );
        }
        SolvedResult? bad = Resolves(_bad, BadTime);
        if (options.ResolvesTo is { } text)
        {
            return (BisectAim.ResolvesTo, Named(text, good, bad));
        }
        if (bad is null)
        {
            return (BisectAim.Resolves, _ => true);
        }
        return IsSame(bad, good)
            ? throw new BadInputException(
                $"nothing broke: the request resolves to the same at the bad time, {BadTime}, as at the good time, {GoodTime}"
            )
            : (BisectAim.ResolvesToTheSame, solved => IsSame(solved, good));
    }

    private string GoodTime => ReleaseTime.Exactly(options.Good);

    private string BadTime => options.Bad == 0 ? "now" : ReleaseTime.Exactly(options.Bad);

    private Func<SolvedResult, bool> Named(string text, SolvedResult good, SolvedResult? bad)
    {
        AimedResult aimed = AimedResult.Read(text, repository);
        if (!aimed.IsIn(good))
        {
            throw new BadInputException(
                $"at the good time, {GoodTime}, the request resolves {aimed.Instead(good)}, not to {text}"
                    + (
                        bad is not null && aimed.IsIn(bad)
                            ? $"; it does at the bad time, {BadTime}; are the two swapped?"
                            : ""
                    )
            );
        }
        return bad is not null && aimed.IsIn(bad)
            ? throw new BadInputException(
                $"nothing broke: the request resolves to {text} at the bad time, {BadTime}, as at the good time, {GoodTime}"
            )
            : aimed.IsIn;
    }

    /// <summary>The resolve; null if there is certainly none.</summary>
    private SolvedResult? Resolves(ResolveResult result, string time) =>
        result switch
        {
            ErrorResult { Kind: ResolveErrorKind.InvalidSyntax } error => throw new BadInputException(error.Message),
            _ when history.Is(result, _ => true) is null => throw new BadInputException(
                $"at the time {time}, the solve gave up after too many failed steps, so it is not known whether there is a resolve; allow more"
            ),
            _ => result as SolvedResult,
        };

    private static bool IsSame(SolvedResult one, SolvedResult other) =>
        one.Packages.SequenceEqual(other.Packages) && one.Ephemerals.SequenceEqual(other.Ephemerals);

    private static string ReasonOf(ResolveResult result) => (Names.ReasonOf(result) ?? "").Split('\n')[0];
}
