namespace Rer;

/// <summary>What a callback wants of the solve. Answers to <c>rez.solver.SolverCallbackReturn</c>.</summary>
public enum SolverCallbackReturn
{
    /// <summary>Go on.</summary>
    KeepGoing,

    /// <summary>Stop without an answer.</summary>
    Abort,

    /// <summary>Fail with the most recent failure; ignored while there has been none.</summary>
    Fail,
}

/// <summary>Asked after each step of a solve that has not ended.</summary>
/// <param name="state">Where the solve stands.</param>
/// <returns>What to do, and the reason shown to the user when that is not to keep going.</returns>
public delegate (SolverCallbackReturn Return, string Reason) SolverCallback(SolverState state);

/// <summary>Where a solve stands between two steps. Answers to <c>rez.solver.SolverState</c>.</summary>
public sealed class SolverState
{
    private readonly Func<string> _phase;

    /// <param name="numSolves">Steps taken.</param>
    /// <param name="numFails">Steps that failed, among those taken.</param>
    /// <param name="phase">Renders the latest phase that has not failed, when asked.</param>
    internal SolverState(int numSolves, int numFails, Func<string> phase)
    {
        NumSolves = numSolves;
        NumFails = numFails;
        _phase = phase;
    }

    /// <summary>Steps taken.</summary>
    public int NumSolves { get; }

    /// <summary>Steps that failed, among those taken.</summary>
    public int NumFails { get; }

    /// <summary>The scopes of the latest phase that has not failed, rendered as rez does. Costs time.</summary>
    public string Phase => _phase();

    /// <inheritdoc />
    public override string ToString() => $"solve #{NumSolves} ({NumFails} fails so far): {Phase}";
}
