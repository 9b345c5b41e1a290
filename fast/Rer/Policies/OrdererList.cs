using Rer.Versions;

namespace Rer.Policies;

/// <summary>Finds the orderer of a family.</summary>
/// <remarks>
/// Corresponds to <c>rez.package_order.PackageOrderList</c> and <c>get_orderer</c>. Like its orderers, it belongs to
/// one solve.
/// </remarks>
internal sealed class OrdererList
{
    private readonly Func<string, IEnumerable<(Version Version, long Timestamp)>> _releases;
    private readonly bool _mayAssume;
    private readonly List<CustomOrder> _custom = [];
    private readonly FamilyOrderers _given;
    private readonly FamilyOrderers _additional;

    /// <summary>Creates the orderers.</summary>
    /// <param name="given">The orderers of this solve; null if none were given.</param>
    /// <param name="configured">The orderers that rank the additional families if none were given.</param>
    /// <param name="releases">Returns the versions of a family, latest first, each with its release time in seconds
    /// since 1970-01-01 UTC or 0; empty for a family that does not exist. Only <c>soft_timestamp</c> calls it. It reads
    /// no further than the first release before its time, because rez loads no more packages for it.</param>
    /// <param name="mayAssume">Whether the solve may be repeated with other orders, because no callback sees its
    /// steps.</param>
    /// <exception cref="PolicySyntaxException">An orderer in a <c>per_family</c> names no families, or the version of a
    /// <c>version_split</c> is invalid.</exception>
    public OrdererList(
        IReadOnlyList<PackageOrderer>? given,
        IReadOnlyList<PackageOrderer> configured,
        Func<string, IEnumerable<(Version Version, long Timestamp)>> releases,
        bool mayAssume = false
    )
    {
        _releases = releases;
        _mayAssume = mayAssume;
        _given = Read(given ?? []);
        _additional = given is null ? Read(configured) : _given;
    }

    /// <summary>Whether any orderer reads release times.</summary>
    public bool AskForReleases { get; private set; }

    /// <summary>
    /// The orderer of a family: the first that names it, else the first for all families, else descending.
    /// </summary>
    public Orderer For(string family) => _given.For(family);

    /// <summary>
    /// The orderer of a family that a variant adds to the request. If the solve was given no orderers, rez uses the
    /// configured ones here, and only here.
    /// </summary>
    public Orderer ForAdditional(string family) => _additional.For(family);

    /// <summary>Whether any orderer must be told of families as the solve reaches them.</summary>
    public bool AnyAskedEarly { get; private set; }

    /// <summary>
    /// Asks about the families that orderers were told of but not asked about yet. Called when the solve is over.
    /// </summary>
    public void AskReached()
    {
        if (AnyAskedEarly)
        {
            _custom.ForEach(order => order.AskReached());
        }
    }

    /// <summary>
    /// Asks about all orders that the solve assumed. False if one has changed. The solve must then be repeated.
    /// </summary>
    /// <exception cref="CustomOrdererException">An orderer fails or contradicts itself.</exception>
    public bool ConfirmAssumed()
    {
        bool all = true;
        foreach (CustomOrder order in _custom)
        {
            all &= order.ConfirmAssumed();
        }

        return all;
    }

    /// <summary>Whether ranges, and therefore variants, are ranked as without orderers.</summary>
    public bool RankRangesByVersion => _given.RankRangesByVersion && _additional.RankRangesByVersion;

    private FamilyOrderers Read(IReadOnlyList<PackageOrderer> orderers)
    {
        FamilyOrderers read = new();
        foreach (PackageOrderer orderer in orderers)
        {
            Orderer made = Make(orderer);
            IEnumerable<string>? families = made is PerFamilyOrder perFamily ? perFamily.Families : orderer.Packages;
            read.Add(made, families);
        }

        return read;
    }

    private static Version FirstVersion(VersionSplitOrderer split)
    {
        try
        {
            return Version.Parse(split.FirstVersion);
        }
        catch (VersionSyntaxException e)
        {
            throw new PolicySyntaxException(
                $"orderer version_split: first version '{split.FirstVersion}': {e.Message}"
            );
        }
    }

    private Orderer Make(PackageOrderer orderer) =>
        orderer switch
        {
            SortedOrderer sorted => new SortedOrder(sorted.Descending),
            VersionSplitOrderer split => new VersionSplitOrder(FirstVersion(split)),
            SoftTimestampOrderer soft => Make(soft),
            NoOrderer => new NoOrder(),
            CustomOrderer custom => Make(custom),
            PerFamilyOrderer perFamily => Make(perFamily),
            _ => throw new ArgumentException($"Not one of rez's orderers: {orderer.GetType().Name}.", nameof(orderer)),
        };

    private SoftTimestampOrder Make(SoftTimestampOrderer soft)
    {
        AskForReleases = true;
        return new SoftTimestampOrder(soft.Timestamp, soft.Rank, _releases);
    }

    private CustomOrder Make(CustomOrderer custom)
    {
        foreach (CustomOrder known in _custom)
        {
            if (ReferenceEquals(known.Orderer, custom))
            {
                return known; // an orderer that is listed twice is called only once
            }
        }

        CustomOrder made = custom.Orderer is IBatchOrderer batch
            ? new BatchOrder(custom, batch, _mayAssume)
            : new CustomOrder(custom);
        _custom.Add(made);
        AnyAskedEarly |= custom.IsAskedEarly;
        return made;
    }

    private PerFamilyOrder Make(PerFamilyOrderer perFamily)
    {
        Dictionary<string, Orderer> byFamily = new(StringComparer.Ordinal);
        foreach (PackageOrderer orderer in perFamily.Orderers)
        {
            Orderer made = Make(orderer);
            IReadOnlyList<string> families =
                orderer.Packages
                ?? throw new PolicySyntaxException("orderer per_family: an orderer inside it names no packages");
            foreach (string family in families)
            {
                byFamily[family] = made;
            }
        }

        // rez reaches `default_order` only through `*`, or from a `per_family` inside another, and fails there if it is
        // missing. This uses descending order instead.
        return new(byFamily, perFamily.DefaultOrder is { } others ? Make(others) : SortedOrder.Default);
    }
}
