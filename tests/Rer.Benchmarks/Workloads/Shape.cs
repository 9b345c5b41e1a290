namespace Rer.Benchmarks;

/// <summary>The size of a generated repository. A family has <c>Minors * Patches</c> versions.</summary>
/// <param name="Families">How many families there are, reached or not.</param>
/// <param name="Minors">How many minor versions a family has, each with requirements of its own.</param>
/// <param name="Patches">How many versions a minor version has, which require the same.</param>
/// <param name="Variants">How many variants a version has.</param>
/// <param name="Depth">How many layers a request goes through.</param>
internal sealed record Shape(int Families, int Minors, int Patches, int Variants, int Depth)
{
    /// <summary>How many families each layer has.</summary>
    internal const int Width = 4;

    /// <summary>A small studio, four times as large as what a request reaches of it.</summary>
    internal static Shape Base { get; } = new(Families: 64, Minors: 20, Patches: 1, Variants: 2, Depth: 4);

    /// <summary>How many families a request reaches, beside the platforms.</summary>
    internal int Reached => Width * Depth;

    /// <summary>This shape with more of something.</summary>
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

/// <summary>What a repository has more of.</summary>
public enum Growth
{
    /// <summary>Families that no request reaches.</summary>
    Families,

    /// <summary>Versions that require what their neighbours require, as releases of a patch do.</summary>
    Versions,

    /// <summary>Versions that each require another range: many times the versions, and many times the ranges.</summary>
    Ranges,

    /// <summary>Variants of each version.</summary>
    Variants,

    /// <summary>Layers that a request goes through, and with them the packages of its resolve.</summary>
    Depth,
}
