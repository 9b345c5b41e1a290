namespace Rer.Native;

/// <summary>Something asked of the caller through a callback, which answers while the callback runs.</summary>
/// <param name="phase">Renders the phase that a watch is asked about; null for other questions.</param>
internal sealed class Question(Func<string>? phase = null) : IDisposable
{
    /// <summary>The answer; null if there was none.</summary>
    public byte[]? Answer { get; set; }

    /// <summary>What was handed out during the callback.</summary>
    public NativeTexts Texts { get; } = new();

    /// <summary>The phase as rez renders it.</summary>
    /// <exception cref="NativeCallException">The question is not that of a watch.</exception>
    public string Phase() =>
        phase?.Invoke() ?? throw new NativeCallException(NativeCode.OutOfRange, "the question is not about a phase");

    /// <summary>Asks through a callback.</summary>
    /// <param name="callback">Gets the question's handle, and returns what the caller's function returned.</param>
    public int Ask(Func<ulong, int> callback)
    {
        ulong handle = HandleTable.Add(this);
        try
        {
            return callback(handle);
        }
        finally
        {
            HandleTable.End(handle);
        }
    }

    public void Dispose() => Texts.Dispose();
}
