using System.Runtime.CompilerServices;
using Rer.Tests.Corpus;
using Xunit.Sdk;
using Xunit.v3;

namespace Rer.Tests;

/// <summary>
/// Something that some tests need and a clone does not contain. If it is missing, they are left out.
/// <see cref="NeedTests"/> then reports that once for all of them, because the runner would print three lines for each.
/// </summary>
public enum Need
{
    /// <summary>A real rez: <see cref="RealRez"/>.</summary>
    Rez,

    /// <summary>The packages of rez's benchmark: <see cref="RezBenchmark"/>.</summary>
    BenchmarkData,
}

/// <summary>A test that needs something.</summary>
internal interface INeeding
{
    Need Need { get; }

    /// <summary>Whether what a test needs is on this machine.</summary>
    static bool IsThere(Need need) => need == Need.Rez ? RealRez.IsThere : RezBenchmark.IsThere;
}

/// <summary>A fact that is discovered only if what it needs is on the machine.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer(typeof(FactNeedingDiscoverer))]
internal sealed class FactNeedingAttribute(
    Need need,
    [CallerFilePath] string? sourceFilePath = null,
    [CallerLineNumber] int sourceLineNumber = -1
) : FactAttribute(sourceFilePath, sourceLineNumber), INeeding
{
    public Need Need => need;
}

/// <summary>A theory that is discovered only if what it needs is on the machine.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer(typeof(TheoryNeedingDiscoverer))]
internal sealed class TheoryNeedingAttribute(
    Need need,
    [CallerFilePath] string? sourceFilePath = null,
    [CallerLineNumber] int sourceLineNumber = -1
) : TheoryAttribute(sourceFilePath, sourceLineNumber), INeeding
{
    public Need Need => need;
}

/// <summary>Finds the facts whose need is met.</summary>
internal sealed class FactNeedingDiscoverer : FactDiscoverer
{
    public override ValueTask<IReadOnlyCollection<IXunitTestCase>> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions,
        IXunitTestMethod testMethod,
        IFactAttribute factAttribute
    ) =>
        INeeding.IsThere(((INeeding)factAttribute).Need)
            ? base.Discover(discoveryOptions, testMethod, factAttribute)
            : new([]);
}

/// <summary>Finds the theories whose need is met.</summary>
internal sealed class TheoryNeedingDiscoverer : TheoryDiscoverer
{
    public override ValueTask<IReadOnlyCollection<IXunitTestCase>> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions,
        IXunitTestMethod testMethod,
        IFactAttribute factAttribute
    ) =>
        INeeding.IsThere(((INeeding)factAttribute).Need)
            ? base.Discover(discoveryOptions, testMethod, factAttribute)
            : new([]);
}
