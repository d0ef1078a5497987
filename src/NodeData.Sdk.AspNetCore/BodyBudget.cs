namespace NodeData.Sdk.AspNetCore;

/// <summary>
/// The memory that bodies may take up together, so that a flood of large ones cannot take it all. A body of an ordinary size is free: real deliveries are small,
/// and find room whatever else is sent.
/// </summary>
internal sealed class BodyBudget(long bytes)
{
    public const int FreeBytes = 16 * 1024;

    private long _left = bytes;

    public bool TryTake(int size)
    {
        if (size <= FreeBytes || Interlocked.Add(ref _left, -size) >= 0)
        {
            return true;
        }

        Interlocked.Add(ref _left, size);
        return false;
    }

    public void GiveBack(int size)
    {
        if (size > FreeBytes)
        {
            Interlocked.Add(ref _left, size);
        }
    }
}
