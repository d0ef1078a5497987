using System.Buffers;

namespace NodeData.Sdk.AspNetCore;

/// <summary>
/// A request body in a rented buffer. If the buffer is full and the budget allows it, its size is doubled. <see cref="Dispose"/> returns the buffer.
/// </summary>
internal sealed class BodyBuffer : IDisposable
{
    private const int InitialBytes = 4 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(InitialBytes);
    private BodyBudget? _budget;
    private int _reserved;

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, Length);

    public Memory<byte> Free => _buffer.AsMemory(Length);

    public void Advance(int bytes) => Length += bytes;

    public bool TryEnsureSpace(BodyBudget budget)
    {
        if (Length < _buffer.Length)
        {
            return true;
        }

        var larger = (int)Math.Min(2L * _buffer.Length, Array.MaxLength);
        if (!budget.TryReserve(larger))
        {
            return false;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(larger);
        Bytes.CopyTo(buffer);
        ReturnBuffer();
        (_buffer, _budget, _reserved) = (buffer, budget, larger);
        return true;
    }

    public void Dispose()
    {
        ReturnBuffer();
        _buffer = [];
        Length = 0;
    }

    private void ReturnBuffer()
    {
        _budget?.Release(_reserved);
        ArrayPool<byte>.Shared.Return(_buffer);
    }
}
