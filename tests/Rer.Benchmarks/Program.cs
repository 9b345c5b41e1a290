using System.Reflection;
using BenchmarkDotNet.Running;
using Rer.Benchmarks;

// tests/README.md says what is measured and how to run it.
switch (args)
{
    case ["--smoke"]:
        return SmokeRun.Run();
    case ["--growth"]:
        return GrowthGoals.Check();
    default:
        BenchmarkSwitcher.FromAssembly(Assembly.GetExecutingAssembly()).Run(args);
        return 0;
}
