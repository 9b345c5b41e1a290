namespace Rer.Native;

/// <summary>A question to the caller, which is answered while its callback runs.</summary>
internal sealed class Question : IDisposable
{
    /// <summary>Renders the phase that a watch callback is asked about; null for other questions.</summary>
    public Func<string>? Phase { private get; init; }

    /// <summary>Writes a listing that an orderer is asked about; null for other questions.</summary>
    public Func<int, byte[]>? Listing { private get; init; }

    /// <summary>The number of listings.</summary>
    public int Listings { private get; init; }

    /// <summary>The answer; null if there was none.</summary>
    public byte[]? Answer { get; set; }

    /// <summary>The texts handed out during the callback.</summary>
    public NativeTexts Texts { get; } = new();

    /// <summary>The phase as rez renders it.</summary>
    /// <exception cref="NativeCallException">The question is not for a watch callback.</exception>
    public string RenderPhase() =>
        Phase?.Invoke() ?? throw new NativeCallException(NativeCode.OutOfRange, "the question is not about a phase");

    /// <summary>A listing that an orderer is asked about.</summary>
    /// <exception cref="NativeCallException">There is no such listing.</exception>
    public byte[] WriteListing(nuint at) =>
        at < (nuint)Listings
            ? Listing!((int)at)
            : throw new NativeCallException(NativeCode.OutOfRange, $"there is no listing {at} of {Listings}");

    /// <summary>Asks through a callback.</summary>
    /// <param name="callback">Receives the question's handle, and returns the result of the caller's function.</param>
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
