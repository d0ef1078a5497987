namespace NodeData.Sdk.Webhooks.Receiving.Processing;

/// <summary>
/// Invokes a method of a claim store. A failed call is retried twice, which is safe because the methods are idempotent for the owner of a claim. The caller
/// stops waiting when the token is canceled, even if the store does not observe the token.
/// </summary>
internal static class ClaimStoreInvoker
{
    private static readonly TimeSpan[] RetryDelays = [TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(250)];

    public static async Task<T> InvokeWithRetriesAsync<T>(
        Func<CancellationToken, ValueTask<T>> call,
        TimeProvider time,
        CancellationToken token
    )
    {
        for (var failures = 0; ; failures++)
        {
            try
            {
                return await InvokeOnceAsync(call, token).ConfigureAwait(false);
            }
            catch (Exception exception) when (IsTransient(exception) && failures < RetryDelays.Length && !token.IsCancellationRequested)
            {
                await Task.Delay(RetryDelays[failures], time, token).ConfigureAwait(false);
            }
        }
    }

    public static ValueTask<T> InvokeOnceAsync<T>(Func<CancellationToken, ValueTask<T>> call, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        var result = call(token);
        return result.IsCompleted ? result : new ValueTask<T>(result.AsTask().WaitAsync(token));
    }

    public static bool IsTransient(Exception exception) => exception is not WebhookClaimStoreFullException;
}
