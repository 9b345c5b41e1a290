using Rer.Insights.Catalogs;
using Rer.Insights.Explaining.Worlds;
using Rer.Insights.Text;

namespace Rer.Insights.Auditing;

/// <summary>Finds the release that broke a package, by resolving the package as of earlier times.</summary>
internal sealed class BreakFinder(
    IResolver resolver,
    IPackageRepository repository,
    ResolveOptions options,
    ReleaseTimes times,
    CancellationToken cancellationToken
)
{
    /// <summary>
    /// Finds the release. Returns null if the package did not resolve when it was released, or has no release time.
    /// Releases may alternately fix and break a package. This finds one of those that broke it.
    /// </summary>
    public AuditBreak? Find(AuditFailure failure)
    {
        long born = ReleaseTimes.TimeOf(failure.Package);
        if (born <= 0 || !Resolves(failure, born, repository))
        {
            return null;
        }
        long[] all = times.All;
        int good = Array.BinarySearch(all, born);
        int bad = all.Length;
        while (bad - good > 1)
        {
            int middle = (good + bad) / 2;
            if (Resolves(failure, all[middle], repository))
            {
                good = middle;
            }
            else
            {
                bad = middle;
            }
        }
        if (bad == all.Length)
        {
            return null; // the culprit has no timestamp
        }
        var recording = new RecordingRepository(repository);
        Resolves(failure, all[bad], recording);
        string[] packages =
        [
            .. recording
                .Definitions.Where(entry => ReleaseTimes.TimeOf(entry.Value) == all[bad])
                .Select(entry => Names.OfPackage(entry.Key.Family, entry.Key.Version))
                .Order(StringComparer.Ordinal),
        ];
        return packages.Length == 0 ? null : new AuditBreak(all[bad], packages, failure.Name);
    }

    private bool Resolves(AuditFailure failure, long time, IPackageRepository world)
    {
        ResolveResult result = resolver.Resolve(
            failure.Request,
            world,
            options with
            {
                Timestamp = time,
            },
            cancellationToken
        );
        cancellationToken.ThrowIfCancellationRequested();
        return result is SolvedResult;
    }
}
