using Rer.Books;
using Rer.Cli.Checking;

namespace Rer.Tests.Engines;

/// <summary>The engines that every test of answers runs against. To add one is to add a line.</summary>
internal static class AllEngines
{
    /// <summary>The version algebras, by the name of their engine.</summary>
    public static IReadOnlyDictionary<string, IVersionAlgebra> Algebras { get; } =
        new OrderedDictionary<string, IVersionAlgebra>
        {
            ["reference"] = new ReferenceAlgebra(),
            ["fast"] = new FastAlgebra(),
        };
}
