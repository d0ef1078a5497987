using Microsoft.Extensions.Logging;
using NodeData.Sdk.Configuration;
using NodeData.Sdk.Diagnostics;

namespace NodeData.Sdk.Webhooks.Signing;

/// <summary>
/// Provides the verifier of a client's configured secrets. It follows changes of the options and of the referenced secrets: on use, it reads the references at
/// most once per second. If a change is invalid, the last valid secrets stay in use; the change is logged once, and its error remains available in
/// <see cref="RejectedChange"/> until a valid change follows. Thread-safe.
/// </summary>
internal sealed class ConfiguredWebhookSecrets : IDisposable
{
    // Limits the number of reads, independently of the number of requests.
    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(1);

    private readonly object _lock = new();
    private readonly Func<KeyMode?> _clientMode;
    private readonly TimeProvider _time;
    private readonly WebhookVerifierOptions _verifierOptions;
    private readonly ILogger _logger;
    private volatile Snapshot _current;
    private volatile string? _rejectedChange;
    private volatile bool _disposed;
    private long _lastCheck;

    /// <summary>Reads the configured secrets.</summary>
    /// <param name="options">The options.</param>
    /// <param name="clientMode">Returns the mode of the client's key; null if it is not known yet.</param>
    /// <param name="logger">Logs rejected changes.</param>
    /// <param name="verifierOptions">The options of the verifier; null for the defaults with the clock of <paramref name="options"/>.</param>
    /// <exception cref="NodeDataConfigurationException">
    /// The configured secrets are invalid. A missing secret is reported only when <see cref="Verifier"/> is read.
    /// </exception>
    public ConfiguredWebhookSecrets(
        NodeClientOptions options,
        Func<KeyMode?> clientMode,
        ILogger logger,
        WebhookVerifierOptions? verifierOptions = null
    )
    {
        _clientMode = clientMode;
        _time = options.TimeProvider;
        _verifierOptions = verifierOptions ?? new WebhookVerifierOptions { TimeProvider = _time };
        _logger = logger;
        _lastCheck = _time.GetTimestamp();
        var sources = WebhookSecretSources.Create(options);
        _current = CreateSnapshot(sources, sources.Read(clientMode()));
    }

    /// <summary>Gets a value that indicates whether a secret is configured.</summary>
    public bool HasSecrets => _current.Verifier is not null;

    /// <summary>Gets the reason why the last change of a referenced secret was rejected; null if it was not rejected.</summary>
    public string? RejectedChange
    {
        get
        {
            ReloadIfDue();
            return _rejectedChange;
        }
    }

    /// <summary>
    /// Gets the verifier of the current secrets. Get it again for each request. After a change, a verifier remains usable for as long as a caller references
    /// it.
    /// </summary>
    /// <exception cref="NodeDataConfigurationException">No secret is configured, or the client's key has a different mode.</exception>
    public WebhookVerifier Verifier
    {
        get
        {
            ReloadIfDue();
            var current = _current;
            if (current.Verifier is null)
            {
                throw current.Sources.CreateMissingError();
            }

            current.Sources.ValidateModes(current.Secrets, _clientMode());
            return current.Verifier;
        }
    }

    /// <summary>Applies changed options.</summary>
    /// <exception cref="NodeDataConfigurationException">The configured secrets are invalid; the last valid secrets stay in use.</exception>
    public void Update(NodeClientOptions options)
    {
        var sources = WebhookSecretSources.Create(options);
        var secrets = sources.Read(_clientMode());
        lock (_lock)
        {
            if (secrets.Length == 0 && _current.Secrets.Length > 0)
            {
                throw new NodeDataConfigurationException(
                    $"{_current.Sources.Setting} contained webhook secrets and is now empty, so that no delivery could be verified. "
                        + "Restore the secret; to run without one, restart."
                );
            }

            ObjectDisposedException.ThrowIf(_disposed, this);
            _current = CreateSnapshot(sources, secrets);
            _rejectedChange = null;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _current.Verifier?.Dispose();
        }
    }

    private void ReloadIfDue()
    {
        if (
            _disposed
            || !_current.Sources.HasReferences
            || _time.GetElapsedTime(Volatile.Read(ref _lastCheck)) < CheckInterval
            // If another thread is reloading, use the current secrets.
            || !Monitor.TryEnter(_lock)
        )
        {
            return;
        }

        try
        {
            if (!_disposed) // checked again under the lock
            {
                Reload(_current.Sources);
            }
        }
        finally
        {
            Volatile.Write(ref _lastCheck, _time.GetTimestamp());
            Monitor.Exit(_lock);
        }
    }

    private void Reload(WebhookSecretSources sources)
    {
        try
        {
            _current = CreateSnapshot(sources, sources.Read(_clientMode()));
            _rejectedChange = null;
        }
        catch (NodeDataConfigurationException exception)
        {
            if (_rejectedChange != exception.Message)
            {
                _rejectedChange = exception.Message;
                _logger.ConfigurationChangeRejected(sources.Setting, exception.Message);
            }
        }
    }

    // The previous verifier is not disposed, because calls in progress may use it. Its hashes are finalized with it.
    private Snapshot CreateSnapshot(WebhookSecretSources sources, WebhookSecret[] secrets) =>
        new(
            sources,
            secrets,
            secrets.Length == 0 ? null
                : _current is { Verifier: { } verifier } current && current.Secrets.AsSpan().SequenceEqual(secrets) ? verifier
                : new WebhookVerifier(secrets, _verifierOptions)
        );

    private sealed record Snapshot(WebhookSecretSources Sources, WebhookSecret[] Secrets, WebhookVerifier? Verifier);
}
