namespace Rer.Benchmarks;

/// <summary>Requests against generated repositories.</summary>
internal static class GeneratedWorkload
{
    /// <summary>Up to this factor, the reference answers in seconds.</summary>
    private const int LargestForReference = 10;

    /// <summary>Creates and checks the workload of the base shape with one dimension multiplied by a factor.</summary>
    internal static Workload Make(Growth growth, int factor)
    {
        Shape shape = Shape.Base.Times(factor, growth);
        MemoryPackageRepository repository = GeneratedRepository.Make(shape);
        if (factor <= LargestForReference)
        {
            return Workload.AnsweredByReference(repository, GeneratedRepository.Requests(shape)).Checked();
        }

        Case[] cases = [.. GeneratedRepository.Requests(shape).Select(request => new Case { Request = request })];
        Workload workload = new(repository, cases);
        for (int i = 0; i < cases.Length; i++)
        {
            Soundness.Check(cases[i].Request, workload.Solve(i), repository);
        }

        return workload;
    }
}
