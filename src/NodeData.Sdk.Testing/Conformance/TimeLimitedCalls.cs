namespace NodeData.Sdk.Testing.Conformance;

/// <summary>Limits the duration of each call, so that a claim store that hangs fails the check.</summary>
internal sealed record TimeLimitedCalls(TimeSpan Timeout, CancellationToken Token)
{
    public async Task<T> RunAsync<T>(string call, Func<CancellationToken, ValueTask<T>> callAsync, CancellationToken token)
    {
        // On another thread, so that a store that blocks its thread is limited too.
        var running = Task.Run(() => callAsync(token).AsTask(), CancellationToken.None);
        try
        {
            return await running.WaitAsync(Timeout, SystemTime.Provider, Token).ConfigureAwait(false);
        }
        catch (TimeoutException exception)
        {
            // The call may have ended at the last moment, also with a TimeoutException of the store.
            return running.IsCompleted
                ? await running.ConfigureAwait(false)
                : throw new CheckFailedException($"{call} did not complete within {Timeout.TotalSeconds} s.", exception);
        }
    }
}
