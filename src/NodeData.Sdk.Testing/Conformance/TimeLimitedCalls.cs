namespace NodeData.Sdk.Testing.Conformance;

/// <summary>Ends a check whose log does not answer.</summary>
internal sealed record TimeLimitedCalls(TimeSpan Timeout, CancellationToken Token)
{
    public async Task<T> RunAsync<T>(string call, Func<CancellationToken, ValueTask<T>> callAsync, CancellationToken token)
    {
        // On another thread, so that a log that blocks is bounded too.
        var running = Task.Run(() => callAsync(token).AsTask(), CancellationToken.None);
        try
        {
            return await running.WaitAsync(Timeout, SystemTime.Provider, Token).ConfigureAwait(false);
        }
        catch (TimeoutException exception)
        {
            // One that ended at the last moment is what it is, a time-out of the log's own included.
            return running.IsCompleted
                ? await running.ConfigureAwait(false)
                : throw new CheckFailedException($"{call} did not end within {Timeout.TotalSeconds} s.", exception);
        }
    }
}
