namespace Rer.Native;

/// <summary>The address for a handle that a call returns.</summary>
internal readonly unsafe struct HandlePlace
{
    private readonly ulong* _handle;

    /// <summary>Clears the address.</summary>
    /// <exception cref="NativeCallException">The address is null.</exception>
    public HandlePlace(ulong* handle, string name)
    {
        NativeCall.Require(handle, name);
        _handle = handle;
        *handle = 0;
    }

    /// <summary>Returns a new handle.</summary>
    public void Give(object value) => *_handle = HandleTable.Add(value);
}

/// <summary>The address for a text that a call returns.</summary>
internal readonly unsafe struct TextPlace
{
    private readonly byte** _text;
    private readonly nuint* _length;

    /// <summary>Clears the address.</summary>
    /// <exception cref="NativeCallException">The address is null.</exception>
    public TextPlace(byte** text, nuint* length, string name)
    {
        NativeCall.Require(text, name);
        NativeCall.Require(length, name == "text" ? "length" : $"{name}_length");
        _text = text;
        _length = length;
    }

    /// <summary>Hands out a text that belongs to an owner.</summary>
    public void HandOut(ReadOnlySpan<byte> text, NativeTexts owner) => owner.HandOut(text, _text, _length);
}
