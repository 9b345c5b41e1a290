namespace Rer.Native;

/// <summary>Something asked of the caller through a callback, which answers while the callback runs.</summary>
internal sealed class Question : IDisposable
{
    /// <summary>Renders the phase that a watch is asked about; null for other questions.</summary>
    public Func<string>? Phase { private get; init; }

    /// <summary>Writes a listing that an orderer is asked about; null for other questions.</summary>
    public Func<int, byte[]>? Listing { private get; init; }

    /// <summary>How many listings there are.</summary>
    public int Listings { private get; init; }

    /// <summary>The answer; null if there was none.</summary>
    public byte[]? Answer { get; set; }

    /// <summary>What was handed out during the callback.</summary>
    public NativeTexts Texts { get; } = new();

    /// <summary>The phase as rez renders it.</summary>
    /// <exception cref="NativeCallException">The question is not that of a watch.</exception>
    public string RenderPhase() =>
        Phase?.Invoke() ?? throw new NativeCallException(NativeCode.OutOfRange, "the question is not about a phase");

    /// <summary>A listing that an orderer is asked about.</summary>
    /// <exception cref="NativeCallException">There is no such listing.</exception>
    public byte[] WriteListing(nuint at) =>
        at < (nuint)Listings
            ? Listing!((int)at)
            : throw new NativeCallException(NativeCode.OutOfRange, $"there is no listing {at} of {Listings}");

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
