namespace NodeData.Sdk.AspNetCore;

/// <summary>
/// Limits the total memory of all request bodies, so that many large bodies cannot exhaust it. Small buffers are exempt, so that requests of the usual size are
/// accepted regardless of the number of large ones.
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
