using System.Collections.Concurrent;

namespace NodeData.Sdk.Tpm;

/// <summary>
/// Resolves <c>tpm:</c> references from a TPM 2.0: <c>tpm:0x01500016</c> is an NV index that was written once and write-locked permanently,
/// <c>tpm:0x81010001</c> is a persistent sealed object. Thread-safe; concurrent reads are serialized.
/// </summary>
/// <remarks>
/// The TPM is read for each attempt of each call, unless <see cref="TpmSecretOptions.KeepLockedIndexes"/> is set. A read takes milliseconds with a simulator
/// and tens of milliseconds with a chip. The resolver zeroes every buffer that contained the secret; the string that <see cref="HttpClient"/> requires stays
/// in memory until it is garbage-collected.
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

    /// <summary>
    /// Initializes a new instance of the <see cref="TpmSecretResolver"/> class. Unset options come from the environment: <c>NODE_DATA_TPM</c>,
    /// <c>NODE_DATA_TPM_AUTHORIZATION</c>. The TPM is not accessed.
    /// </summary>
    /// <param name="options">The options; null for the environment and the defaults.</param>
    /// <exception cref="NodeDataConfigurationException">A setting is invalid; the message names the setting and the remedy.</exception>
    public TpmSecretResolver(TpmSecretOptions? options = null)
    {
        _settings = new TpmSettings(options ?? new TpmSecretOptions());
        _reader = new TpmSecretReader(_settings);
    }

    /// <summary>Gets the scheme, <c>tpm</c>.</summary>
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

    /// <summary>Clears the cached secrets. The resolver of an application is disposed with its services.</summary>
    public void Dispose() => _cache.Clear(); // the semaphore is not disposed: a thread that timed out may still release it

    // A read of a device cannot be canceled, so it runs on a dedicated thread, and the sync and async methods wait for it until their timeout. The next read
    // waits until that thread ends: a TPM that hangs blocks one thread, not one for each call.
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
        // The previous read may have cached it.
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
            $"{_settings.Address} did not respond within {_settings.Timeout.TotalSeconds:0.###} s, including the wait for other reads of this program. "
                + "Check whether another program uses it. TpmSecretOptions.Timeout sets the limit; TpmSecretOptions.KeepLockedIndexes reads an index only once."
        );
}
