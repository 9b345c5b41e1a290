using System.Runtime.InteropServices;
using System.Text;

namespace Rer.Native;

/// <summary>The functions that a solve may call: <c>rer_callbacks</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly unsafe struct NativeCallbacks
{
    /// <summary>The function called between steps; null if there is none.</summary>
    public readonly delegate* unmanaged[Cdecl]<void*, int, int, int, ulong, int> Watch;

    /// <summary>The function called from time to time; null if there is none.</summary>
    public readonly delegate* unmanaged[Cdecl]<void*, int> Pulse;

    private readonly delegate* unmanaged[Cdecl]<void*, int, ulong, ulong*, nuint, int*, nuint, int> _order;
    private readonly delegate* unmanaged[Cdecl]<
        void*,
        int,
        ulong,
        byte*,
        nuint,
        byte*,
        nuint,
        byte*,
        nuint,
        byte*,
        nuint,
        int> _compare;
    private readonly void* _context;

    /// <summary>The functions passed by a caller. A null pointer passes none.</summary>
    public static NativeCallbacks At(NativeCallbacks* place) => place == null ? default : *place;

    /// <summary>The ordering functions.</summary>
    public OrdererFunctions Orderers => new(_order, _compare, _context);

    /// <summary>Calls the function between steps.</summary>
    public (SolverCallbackReturn Return, string Reason) AskWatch(int item, SolverState state)
    {
        using Question question = new() { Phase = () => state.Phase };
        NativeCallbacks functions = this;
        int wanted = question.Ask(handle =>
            functions.Watch(functions._context, item, state.NumSolves, state.NumFails, handle)
        );
        string reason = question.Answer is { } answer ? Encoding.UTF8.GetString(answer) : "";
        return wanted switch
        {
            0 => (SolverCallbackReturn.KeepGoing, reason),
            2 => (SolverCallbackReturn.Fail, reason),
            _ => (SolverCallbackReturn.Abort, reason),
        };
    }

    /// <summary>Calls the function; true means to stop.</summary>
    public bool AskPulse() => Pulse(_context) != 0;
}
