using Rer.Books;
using Rer.Reference;

namespace Rer.Cli.Reference;

/// <summary>The entry points that the command calls by name (<c>Rer.Cli.Input.ReferenceEngine</c>).</summary>
public static class Entry
{
    /// <summary>The engine.</summary>
    public static IResolver CreateResolver() => new ReferenceResolver();

    /// <summary>Its versions, ranges and requirements.</summary>
    public static IVersionAlgebra CreateAlgebra() => new ReferenceAlgebra();
}
