namespace Rer;

/// <summary>
/// What a solve reads from one version of a package: the part of a <c>package.py</c> that affects answers. Requirements
/// are rez's strings, unparsed. Each engine parses them itself, so that no engine inherits a mistake from another.
/// </summary>
/// <remarks>Immutable: lists and arrays are copied when set. Corresponds to <c>rez.packages.Package</c>, reduced to
/// what <c>rez.solver</c> reads.</remarks>
public sealed class PackageDefinition
{
    private readonly IReadOnlyList<string> _requires = [];
    private readonly IReadOnlyList<IReadOnlyList<string>> _variants = [];
    private readonly IReadOnlyList<string> _buildRequires = [];
    private readonly long _timestamp;

    /// <summary>Creates a package without requirements, variants or timestamp, to be set by an initializer.</summary>
    public PackageDefinition() { }

    /// <summary>
    /// Creates a package from lists that contain no null and that nobody else will change. They are not copied.
    /// </summary>
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
    /// The package's <c>variants</c>: the requirements that each variant adds after those of the package. Empty for a
    /// package without variants, which is solved as one variant without an index.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<string>> Variants
    {
        get => _variants;
        init => _variants = [.. InputList.Copy(value).Select(variant => InputList.Copy(variant, nameof(Variants)))];
    }

    /// <summary>
    /// The package's <c>build_requires</c>. They come after the variant's requirements when the solve is for a build.
    /// </summary>
    public IReadOnlyList<string> BuildRequires
    {
        get => _buildRequires;
        init => _buildRequires = InputList.Copy(value);
    }

    /// <summary>
    /// When the package was released, in seconds since 1970-01-01 UTC; 0 if unknown. Only filters and orderers by time
    /// read it, so an invalid value goes unnoticed until then.
    /// </summary>
    /// <exception cref="PackageDataException">rez rejects the value, or it cannot be computed without
    /// Python.</exception>
    public long Timestamp
    {
        get => DeferredTimestamp is { } read ? read() : _timestamp;
        init => _timestamp = value;
    }

    /// <summary>
    /// The values of the machine, the environment and the version of rez on which the definition depends, each named as
    /// in Python. Empty for most packages. If one of these values differs, the definition may differ too.
    /// </summary>
    internal IReadOnlyCollection<string> DependsOn { get; init; } = [];

    /// <summary>
    /// Whether all code that rez would run to load the package has been followed. Code that has not been followed may
    /// fail, and rez would then not load the package at all. Only Python can tell.
    /// </summary>
    internal bool IsFollowed { get; init; } = true;

    /// <summary>Whether everyone who reads the file gets the same definition, so that it may be cached.</summary>
    internal bool HoldsEverywhere => IsFollowed && DependsOn.Count == 0;

    /// <summary>Reads <see cref="Timestamp"/> on first use, or throws; null if the timestamp is known.</summary>
    internal Func<long>? DeferredTimestamp { get; init; }
}
