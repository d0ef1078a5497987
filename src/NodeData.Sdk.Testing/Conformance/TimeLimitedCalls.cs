namespace NodeData.Sdk.Testing.Conformance;

/// <summary>Applies a timeout to each call, so that the check fails if the claim store hangs.</summary>
internal sealed record TimeLimitedCalls(TimeSpan Timeout, CancellationToken Token)
{
    public async Task<T> RunAsync<T>(string call, Func<CancellationToken, ValueTask<T>> callAsync, CancellationToken token)
    {
        // On another thread, so that the timeout also applies to a store that blocks its thread.
        var running = Task.Run(() => callAsync(token).AsTask(), CancellationToken.None);
        try
        {
            return await running.WaitAsync(Timeout, SystemTime.Provider, Token).ConfigureAwait(false);
        }
        catch (TimeoutException exception)
        {
            // The call may have completed in the meantime, also with a TimeoutException of the store.
            return running.IsCompleted
                ? await running.ConfigureAwait(false)
                : throw new CheckFailedException($"{call} did not complete within {Timeout.TotalSeconds} s.", exception);
        }
    }
}
