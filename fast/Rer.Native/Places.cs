namespace Rer.Native;

/// <summary>Where a handle goes that a call gives out.</summary>
internal readonly unsafe struct HandlePlace
{
    private readonly ulong* _handle;

    /// <summary>Nothing is there yet.</summary>
    /// <exception cref="NativeCallException">There is no such place.</exception>
    public HandlePlace(ulong* handle, string name)
    {
        NativeCall.Require(handle, name);
        _handle = handle;
        *handle = 0;
    }

    /// <summary>Gives out a handle.</summary>
    public void Give(object value) => *_handle = HandleTable.Add(value);
}

/// <summary>Where a text goes that a call hands out.</summary>
internal readonly unsafe struct TextPlace
{
    private readonly byte** _text;
    private readonly nuint* _length;

    /// <summary>Nothing is there yet.</summary>
    /// <exception cref="NativeCallException">There is no such place.</exception>
    public TextPlace(byte** text, nuint* length, string name)
    {
        NativeCall.Require(text, name);
        NativeCall.Require(length, name == "text" ? "length" : $"{name}_length");
        _text = text;
        _length = length;
    }

    /// <summary>Hands out a text of an owner's.</summary>
    public void HandOut(ReadOnlySpan<byte> text, NativeTexts owner) => owner.HandOut(text, _text, _length);
}
