using System.Runtime.InteropServices;

namespace Rer.Native;

/// <summary>Texts handed out to a caller. They live as long as their owner.</summary>
internal sealed unsafe class NativeTexts : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<nint> _texts = [];
    private bool _freed;

    /// <summary>Hands out a copy of a text.</summary>
    /// <exception cref="NativeCallException">The owner was freed in the meantime.</exception>
    public void HandOut(ReadOnlySpan<byte> text, byte** target, nuint* length)
    {
        lock (_gate)
        {
            if (_freed)
            {
                throw new NativeCallException(NativeCode.InvalidHandle, "the result was freed during the call");
            }

            byte* copy = (byte*)NativeMemory.Alloc((nuint)text.Length + 1);
            _texts.Add((nint)copy);
            text.CopyTo(new Span<byte>(copy, text.Length));
            copy[text.Length] = 0;
            *target = copy;
            *length = (nuint)text.Length;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _freed = true;
            foreach (nint text in _texts)
            {
                NativeMemory.Free((void*)text);
            }

            _texts.Clear();
        }
    }
}
