namespace Rer;

/// <summary>What the solve does after a callback. Corresponds to <c>rez.solver.SolverCallbackReturn</c>.</summary>
public enum SolverCallbackReturn
{
    /// <summary>Continue.</summary>
    KeepGoing,

    /// <summary>Stop without a result.</summary>
    Abort,

    /// <summary>Fail with the most recent failure. Ignored if nothing has failed yet.</summary>
    Fail,
}

/// <summary>Called after each step of an unfinished solve.</summary>
/// <param name="state">The state of the solve.</param>
/// <returns>What to do, and the reason shown to the user if the solve does not continue.</returns>
public delegate (SolverCallbackReturn Return, string Reason) SolverCallback(SolverState state);

/// <summary>The state of a solve between two steps. Corresponds to <c>rez.solver.SolverState</c>.</summary>
public sealed class SolverState
{
    private readonly Func<string> _phase;

    /// <param name="numSolves">The number of solve steps so far.</param>
    /// <param name="numFails">The number of solve steps that failed.</param>
    /// <param name="phase">Renders the latest phase that has not failed, on demand.</param>
    internal SolverState(int numSolves, int numFails, Func<string> phase)
    {
        NumSolves = numSolves;
        NumFails = numFails;
        _phase = phase;
    }

    /// <summary>The number of solve steps so far.</summary>
    public int NumSolves { get; }

    /// <summary>The number of solve steps that failed.</summary>
    public int NumFails { get; }

    /// <summary>The scopes of the latest phase that has not failed, rendered as in rez. Rendering takes time.</summary>
    public string Phase => _phase();

    /// <inheritdoc />
    public override string ToString() => $"solve #{NumSolves} ({NumFails} fails so far): {Phase}";
}
