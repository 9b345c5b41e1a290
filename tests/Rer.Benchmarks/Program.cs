using System.Reflection;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using Rer.Benchmarks;

// tests/README.md describes what is measured and how to run it.
switch (args)
{
    case ["--smoke"]:
        return SmokeRun.Run();
    case ["--growth"]:
        return GrowthGoals.Check();
    case ["--orderers"]:
        return OrdererGoals.Check();
    case ["--wide", string optimisation]:
        return WideFamilies.Compare(optimisation);
    default:
        // A build takes longer than the default limit on a small machine.
        BenchmarkSwitcher
            .FromAssembly(Assembly.GetExecutingAssembly())
            .Run(args, ManualConfig.Create(DefaultConfig.Instance).WithBuildTimeout(TimeSpan.FromMinutes(10)));
        return 0;
}
