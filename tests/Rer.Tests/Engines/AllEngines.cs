using Rer.Cli.Checking;
using Rer.Cli.Reference;

namespace Rer.Tests.Engines;

/// <summary>The engines that every test of answers runs on. To add one, add a line.</summary>
internal static class AllEngines
{
    private static readonly Dictionary<string, Engine> s_engines = new Engine[]
    {
        new(Entry.CreateResolver(), Entry.CreateAlgebra(), WritesLog: true),
        new(new FastResolver(), new FastAlgebra(), WritesLog: false),
    }.ToDictionary(engine => engine.Resolver.Name);

    /// <summary>Their names, as rows of a theory.</summary>
    public static TheoryData<string> Names => [.. s_engines.Keys];

    /// <summary>An engine by its name.</summary>
    public static Engine Named(string name) => s_engines[name];

    /// <summary>The resolver of an engine.</summary>
    public static IResolver Resolver(string name) => Named(name).Resolver;
}
