namespace Rer;

/// <summary>
/// What a solve looks at in one version of a package: the part of a <c>package.py</c> that decides answers.
/// Requirements are rez's strings, unparsed; each engine parses them itself, so that no engine inherits
/// another's mistake.
/// </summary>
/// <remarks>Immutable: lists and arrays that it is given are copied. Answers to <c>rez.packages.Package</c>, reduced to what <c>rez.solver</c> reads.</remarks>
public sealed class PackageDefinition
{
    private readonly IReadOnlyList<string> _requires = [];
    private readonly IReadOnlyList<IReadOnlyList<string>> _variants = [];
    private readonly IReadOnlyList<string> _buildRequires = [];
    private readonly long _timestamp;

    /// <summary>A package without requirements, variants or timestamp, to be given them.</summary>
    public PackageDefinition() { }

    /// <summary>A package of lists without null that nobody else will change: they are not copied.</summary>
    internal PackageDefinition(
        IReadOnlyList<string> requires,
        IReadOnlyList<string>[] variants,
        IReadOnlyList<string> buildRequires
    )
    {
        _requires = requires;
        _variants = variants;
        _buildRequires = buildRequires;
    }

    /// <summary>A package without requirements, variants or timestamp.</summary>
    public static PackageDefinition Empty { get; } = new();

    /// <summary>The package's <c>requires</c>, in order.</summary>
    public IReadOnlyList<string> Requires
    {
        get => _requires;
        init => _requires = InputList.Copy(value);
    }

    /// <summary>
    /// The package's <c>variants</c>: for each, its own requirements, which follow those of the package. Empty for
    /// a package without variants, which is solved as a single one without an index.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<string>> Variants
    {
        get => _variants;
        init => _variants = [.. InputList.Copy(value).Select(variant => InputList.Copy(variant, nameof(Variants)))];
    }

    /// <summary>The package's <c>build_requires</c>: they follow the variant's when the solve is for a build.</summary>
    public IReadOnlyList<string> BuildRequires
    {
        get => _buildRequires;
        init => _buildRequires = InputList.Copy(value);
    }

    /// <summary>
    /// When the package was released, in seconds since 1970-01-01 UTC; 0 if it does not say. Only filters and orderers by
    /// time look at it: until then it may be wrong.
    /// </summary>
    /// <exception cref="PackageDataException">rez rejects what the package says, or only Python can tell it.</exception>
    public long Timestamp
    {
        get => DeferredTimestamp is { } read ? read() : _timestamp;
        init => _timestamp = value;
    }

    /// <summary>
    /// What of the machine, the environment and the version of rez it was read by, as it would be written in Python; empty
    /// for most. Where these answer otherwise it may be another.
    /// </summary>
    internal IReadOnlyCollection<string> DependsOn { get; init; } = [];

    /// <summary>
    /// Whether all code that rez would run to load it has been followed. What has not been may fail: then rez does not
    /// load the package at all, and only Python tells.
    /// </summary>
    internal bool IsFollowed { get; init; } = true;

    /// <summary>Whether it is the same for all who read its file, and so may be kept.</summary>
    internal bool HoldsEverywhere => IsFollowed && DependsOn.Count == 0;

    /// <summary>Reads <see cref="Timestamp"/> when it is looked at, or throws; null if it is known.</summary>
    internal Func<long>? DeferredTimestamp { get; init; }
}
