using Microsoft.Extensions.Logging;
using NodeData.Sdk.Configuration;
using NodeData.Sdk.Diagnostics;

namespace NodeData.Sdk.Webhooks.Signing;

/// <summary>
/// The verifier of a client's configured secrets. It follows the options, and what their references point to: a change is seen within a second of use. One that
/// cannot be used leaves the last good secrets where they are, is logged once, and stays readable in <see cref="RejectedChange"/> until a good one comes. Safe
/// for use by several threads.
/// </summary>
internal sealed class ConfiguredWebhookSecrets : IDisposable
{
    // A flood of deliveries must not become a flood of reads.
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

    /// <summary>Reads the secrets that the options name.</summary>
    /// <param name="options">The options.</param>
    /// <param name="clientMode">The mode of the client's key; null as long as it is not known.</param>
    /// <param name="logger">Is told of changes that were not taken.</param>
    /// <param name="verifierOptions">How deliveries are verified; null for the defaults on the clock of the options.</param>
    /// <exception cref="NodeDataConfigurationException">What the options name cannot be used. To name nothing is no mistake yet.</exception>
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

    /// <summary>Whether there is any secret.</summary>
    public bool HasSecrets => _current.Verifier is not null;

    /// <summary>Why the last change behind a reference was not taken; null where it was.</summary>
    public string? RejectedChange
    {
        get
        {
            ReloadIfDue();
            return _rejectedChange;
        }
    }

    /// <summary>
    /// The verifier of the secrets as they are now: ask for it anew at each delivery. One that was given out stays good after a change, as long as somebody
    /// holds it.
    /// </summary>
    /// <exception cref="NodeDataConfigurationException">There is no secret, or the client's key turned out to be of the other mode.</exception>
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

    /// <summary>Goes over to other options.</summary>
    /// <exception cref="NodeDataConfigurationException">What they name cannot be used; the last good secrets stay.</exception>
    public void Update(NodeClientOptions options)
    {
        var sources = WebhookSecretSources.Create(options);
        var secrets = sources.Read(_clientMode());
        lock (_lock)
        {
            if (secrets.Length == 0 && _current.Secrets.Length > 0)
            {
                throw new NodeDataConfigurationException(
                    $"{_current.Sources.Setting} held webhook secrets and now there is none, so that no delivery could be verified any more. "
                        + "Put the secret back; to go on without one, restart."
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
            // Whoever finds another at it goes on with what there is.
            || !Monitor.TryEnter(_lock)
        )
        {
            return;
        }

        try
        {
            if (!_disposed) // since it was asked
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
        catch (NodeDataConfigurationException failure)
        {
            if (_rejectedChange != failure.Message)
            {
                _rejectedChange = failure.Message;
                _logger.ConfigurationChangeRejected(sources.Setting, failure.Message);
            }
        }
    }

    // A verifier that is replaced is not disposed of: deliveries may be at work on it, and its hashes are freed with it.
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
