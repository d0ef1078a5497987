namespace NodeData.Sdk.Testing.Conformance;

/// <summary>Ends a check whose log does not answer.</summary>
internal sealed record CallBounds(TimeSpan Limit, CancellationToken Token)
{
    public async Task<T> WithinAsync<T>(string call, Func<CancellationToken, ValueTask<T>> run, CancellationToken token)
    {
        // On another thread, so that a log that blocks is bounded too.
        var running = Task.Run(() => run(token).AsTask(), CancellationToken.None);
        try
        {
            return await running.WaitAsync(Limit, SystemTime.Provider, Token).ConfigureAwait(false);
        }
        catch (TimeoutException hung)
        {
            // One that ended at the last moment is what it is, a time-out of the log's own included.
            return running.IsCompleted
                ? await running.ConfigureAwait(false)
                : throw new BrokenPromiseException($"{call} did not end within {Limit.TotalSeconds} s.", hung);
        }
    }
}
