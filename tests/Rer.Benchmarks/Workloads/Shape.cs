namespace Rer.Benchmarks;

/// <summary>The size of a generated repository. A family has <c>Minors * Patches</c> versions.</summary>
/// <param name="Families">The number of families, reached or not.</param>
/// <param name="Minors">The number of minor versions in a family, each with its own requirements.</param>
/// <param name="Patches">The number of versions in a minor version, which have the same requirements.</param>
/// <param name="Variants">The number of variants of a version.</param>
/// <param name="Depth">The number of layers that a request goes through.</param>
internal sealed record Shape(int Families, int Minors, int Patches, int Variants, int Depth)
{
    /// <summary>The number of families in each layer.</summary>
    internal const int Width = 4;

    /// <summary>A small studio, four times as large as the part that a request reaches.</summary>
    internal static Shape Base { get; } = new(Families: 64, Minors: 20, Patches: 1, Variants: 2, Depth: 4);

    /// <summary>The number of families that a request reaches, besides the platforms.</summary>
    internal int Reached => Width * Depth;

    /// <summary>This shape with one dimension multiplied by a factor.</summary>
    internal Shape Times(int factor, Growth growth) =>
        growth switch
        {
            Growth.Families => this with { Families = Families * factor },
            Growth.Versions => this with { Patches = Patches * factor },
            Growth.Ranges => this with { Minors = Minors * factor },
            Growth.Variants => this with { Variants = Variants * factor },
            Growth.Depth => this with { Depth = Depth * factor, Families = Families * factor },
            _ => throw new ArgumentOutOfRangeException(nameof(growth)),
        };
}

/// <summary>A dimension in which a repository grows.</summary>
public enum Growth
{
    /// <summary>Families that no request reaches.</summary>
    Families,

    /// <summary>Versions with the same requirements as their neighbours, like patch releases.</summary>
    Versions,

    /// <summary>Versions that each require a different range, so that versions and ranges both grow.</summary>
    Ranges,

    /// <summary>Variants of each version.</summary>
    Variants,

    /// <summary>Layers that a request goes through, and with them the packages of its resolve.</summary>
    Depth,
}
