namespace NodeData.Sdk.Webhooks.Receiving.Running;

/// <summary>
/// A call to a delivery log: repeated twice where it fails, because every call knows its own claim again, and never waited for beyond the token, even where the
/// log does not heed it.
/// </summary>
internal static class StoreCall
{
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(250)];

    public static async Task<T> RunAsync<T>(Func<CancellationToken, ValueTask<T>> call, TimeProvider time, CancellationToken token)
    {
        for (var failures = 0; ; failures++)
        {
            try
            {
                return await OnceAsync(call, token).ConfigureAwait(false);
            }
            catch (Exception failure) when (MayPass(failure) && failures < Pauses.Length && !token.IsCancellationRequested)
            {
                await Task.Delay(Pauses[failures], time, token).ConfigureAwait(false);
            }
        }
    }

    public static ValueTask<T> OnceAsync<T>(Func<CancellationToken, ValueTask<T>> call, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        var answer = call(token);
        return answer.IsCompleted ? answer : new ValueTask<T>(answer.AsTask().WaitAsync(token));
    }

    private static bool MayPass(Exception failure) => failure is not WebhookClaimStoreFullException;
}
