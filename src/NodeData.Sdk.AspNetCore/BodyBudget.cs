namespace NodeData.Sdk.AspNetCore;

/// <summary>
/// The memory that bodies may take up together, so that a flood of large ones cannot take it all. A body of an ordinary size is free: real deliveries are small,
/// and find room whatever else is sent.
/// </summary>
internal sealed class BodyBudget(long bytes)
{
    public const int ExemptBytes = 16 * 1024;

    private long _available = bytes;

    public bool TryReserve(int size)
    {
        if (size <= ExemptBytes || Interlocked.Add(ref _available, -size) >= 0)
        {
            return true;
        }

        Interlocked.Add(ref _available, size);
        return false;
    }

    public void Release(int size)
    {
        if (size > ExemptBytes)
        {
            Interlocked.Add(ref _available, size);
        }
    }
}
