using System.Collections.Concurrent;

namespace NodeData.Sdk.Tpm;

/// <summary>
/// Reads <c>tpm:</c> references from a TPM 2.0: <c>tpm:0x01500016</c> an index that was written once and write-locked for good, <c>tpm:0x81010001</c> a
/// persistent sealed object. Safe for use by several threads, which take turns.
/// </summary>
/// <remarks>
/// The TPM is asked at each attempt of each call, unless <see cref="TpmSecretOptions.KeepLockedIndexes"/> is set: milliseconds with a simulator, tens of them
/// with a chip. The resolver zeroes every buffer that the secret passed through; the text that <see cref="HttpClient"/> needs stays in memory until it is
/// collected.
/// </remarks>
/// <example><code>
/// using var node = new NodeClient(new NodeClientOptions { ApiKey = "tpm:0x01500016", SecretResolvers = { new TpmSecretResolver() } });
/// </code></example>
public sealed class TpmSecretResolver : ISecretResolver, IDisposable
{
    private readonly TpmSettings _settings;
    private readonly TpmSecretReader _reader;
    private readonly SemaphoreSlim _readLock = new(1, 1);
    private readonly ConcurrentDictionary<TpmHandle, string> _cache = [];

    /// <summary>A resolver by its options, or by the environment: <c>NODE_DATA_TPM</c>, <c>NODE_DATA_TPM_AUTHORIZATION</c>.</summary>
    /// <param name="options">The options; null for the environment and the defaults.</param>
    /// <exception cref="NodeDataConfigurationException">A setting cannot be used; the message names it and the cure. The TPM is not asked yet.</exception>
    public TpmSecretResolver(TpmSecretOptions? options = null)
    {
        _settings = new TpmSettings(options ?? new TpmSecretOptions());
        _reader = new TpmSecretReader(_settings);
    }

    /// <summary><c>tpm</c>.</summary>
    public string Scheme => "tpm";

    /// <inheritdoc/>
    public string Resolve(string target, CancellationToken cancellationToken)
    {
        var handle = TpmHandle.Parse(target);
        if (_cache.TryGetValue(handle, out var cached))
        {
            return cached;
        }

        using var limit = new TimeLimit(_settings.Timeout, _settings.Time, cancellationToken);
        try
        {
            _readLock.Wait(limit.Token);
            return StartRead(handle, limit.Token).WaitAsync(limit.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw CreateTimeoutError();
        }
    }

    /// <inheritdoc/>
    public async ValueTask<string> ResolveAsync(string target, CancellationToken cancellationToken)
    {
        var handle = TpmHandle.Parse(target);
        if (_cache.TryGetValue(handle, out var cached))
        {
            return cached;
        }

        using var limit = new TimeLimit(_settings.Timeout, _settings.Time, cancellationToken);
        try
        {
            await _readLock.WaitAsync(limit.Token).ConfigureAwait(false);
            return await StartRead(handle, limit.Token).WaitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw CreateTimeoutError();
        }
    }

    /// <summary>Forgets what was kept. The resolver of an application is disposed of with its services.</summary>
    public void Dispose() => _cache.Clear(); // the turns need none, and a thread that was left behind may still give its one back

    // A read of a device cannot be called off, so it has a thread of its own, which both doors wait for no longer than they may. The next read waits until that
    // thread is done: a TPM that hangs holds up one thread and not one for each call.
    private Task<string> StartRead(TpmHandle handle, CancellationToken limit) =>
        Task.Factory.StartNew(
            () =>
            {
                try
                {
                    return Resolve(handle, limit);
                }
                finally
                {
                    _readLock.Release();
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach,
            TaskScheduler.Default
        );

    private string Resolve(TpmHandle handle, CancellationToken limit)
    {
        // Whoever had the turn before may have kept it.
        if (_cache.TryGetValue(handle, out var cached))
        {
            return cached;
        }

        var (text, isPermanent) = _reader.Read(handle, limit);
        if (isPermanent && _settings.KeepLockedIndexes)
        {
            _cache[handle] = text;
        }

        return text;
    }

    private NodeDataConfigurationException CreateTimeoutError() =>
        new(
            $"{_settings.Address} did not answer within {_settings.Timeout.TotalSeconds:0.###} s, the wait for other reads of this program included. Does another "
                + "program hold it? TpmSecretOptions.Timeout is the limit; TpmSecretOptions.KeepLockedIndexes reads an index once."
        );
}
