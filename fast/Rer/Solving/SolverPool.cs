using Rer.Compiling;

namespace Rer.Solving;

/// <summary>
/// Technique: pooled workspaces. A solver keeps its buffers between solves, with about one solver for each thread that
/// solves. So a solve allocates nothing but its result. PERF: PooledWorkspaces, steady ×1.13 on the 188 and on the
/// studio book, first pass ×1.42 and ×1.54.
/// </summary>
/// <remarks>
/// A solver remembers the families it has met, so it belongs to a repository, and so does the pool. When the repository
/// is no longer used, they are collected with it. A solver kept by a thread would keep its last repository alive.
/// </remarks>
internal sealed class SolverPool
{
    // If there are more threads than seats, they share them, and sometimes have to create a new solver.
    private const int Seats = 64;

    private readonly Solver?[] _idle = new Solver?[Seats];

    private static int Seat => Environment.CurrentManagedThreadId % Seats;

    /// <summary>Takes a solver that nobody else uses. A callback that solves gets another one.</summary>
    internal Solver Rent(Catalogue catalogue, EngineSwitches switches)
    {
        Solver? solver = Interlocked.Exchange(ref _idle[Seat], null);
        return solver is not null && ReferenceEquals(solver.Switches, switches)
            ? solver
            : new Solver(catalogue, switches);
    }

    /// <summary>Returns a solver to the pool.</summary>
    internal void Return(Solver solver)
    {
        if (solver.Switches.PooledWorkspaces)
        {
            solver.ForgetQuestion();
            Volatile.Write(ref _idle[Seat], solver);
        }
    }
}
