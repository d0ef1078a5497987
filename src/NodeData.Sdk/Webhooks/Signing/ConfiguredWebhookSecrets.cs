using Microsoft.Extensions.Logging;
using NodeData.Sdk.Configuration;
using NodeData.Sdk.Diagnostics;

namespace NodeData.Sdk.Webhooks.Signing;

/// <summary>
/// The verifier of a client's configured secrets. It follows the options, and what their references point to: a change is seen within a second of use. One that
/// cannot be used leaves the last good secrets where they are, is logged once, and stays readable in <see cref="RefusedChange"/> until a good one comes. Safe
/// for use by several threads.
/// </summary>
internal sealed class ConfiguredWebhookSecrets : IDisposable
{
    // A flood of deliveries must not become a flood of reads.
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    private readonly object _changing = new();
    private readonly Func<KeyMode?> _clientMode;
    private readonly TimeProvider _time;
    private readonly WebhookVerifierOptions _verifying;
    private readonly ILogger _logger;
    private volatile Held _held;
    private volatile string? _refusedChange;
    private volatile bool _disposed;
    private long _lookedAt;

    /// <summary>Reads the secrets that the options name.</summary>
    /// <param name="options">The options.</param>
    /// <param name="clientMode">The mode of the client's key; null as long as it is not known.</param>
    /// <param name="logger">Is told of changes that were not taken.</param>
    /// <param name="verifying">How deliveries are verified; null for the defaults on the clock of the options.</param>
    /// <exception cref="NodeDataConfigurationException">What the options name cannot be used. To name nothing is no mistake yet.</exception>
    public ConfiguredWebhookSecrets(
        NodeClientOptions options,
        Func<KeyMode?> clientMode,
        ILogger logger,
        WebhookVerifierOptions? verifying = null
    )
    {
        _clientMode = clientMode;
        _time = options.TimeProvider;
        _verifying = verifying ?? new WebhookVerifierOptions { TimeProvider = _time };
        _logger = logger;
        _lookedAt = _time.GetTimestamp();
        var places = WebhookSecretPlaces.Of(options);
        _held = Hold(places, places.Read(clientMode()));
    }

    /// <summary>Whether there is any secret.</summary>
    public bool AreThere => _held.Verifier is not null;

    /// <summary>Why the last change behind a reference was not taken; null where it was.</summary>
    public string? RefusedChange
    {
        get
        {
            LookAgainWhereDue();
            return _refusedChange;
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
            LookAgainWhereDue();
            var held = _held;
            if (held.Verifier is null)
            {
                throw held.Places.Missing();
            }

            held.Places.CheckModes(held.Secrets, _clientMode());
            return held.Verifier;
        }
    }

    /// <summary>Goes over to other options.</summary>
    /// <exception cref="NodeDataConfigurationException">What they name cannot be used; the last good secrets stay.</exception>
    public void Change(NodeClientOptions options)
    {
        var places = WebhookSecretPlaces.Of(options);
        var secrets = places.Read(_clientMode());
        lock (_changing)
        {
            if (secrets.Length == 0 && _held.Secrets.Length > 0)
            {
                throw new NodeDataConfigurationException(
                    $"{_held.Places.Setting} held webhook secrets and now there is none, so that no delivery could be verified any more. "
                        + "Put the secret back; to go on without one, restart."
                );
            }

            ObjectDisposedException.ThrowIf(_disposed, this);
            _held = Hold(places, secrets);
            _refusedChange = null;
        }
    }

    public void Dispose()
    {
        lock (_changing)
        {
            _disposed = true;
            _held.Verifier?.Dispose();
        }
    }

    private void LookAgainWhereDue()
    {
        if (
            _disposed
            || !_held.Places.HaveReferences
            || _time.GetElapsedTime(Volatile.Read(ref _lookedAt)) < BetweenLooks
            // Whoever finds another at it goes on with what there is.
            || !Monitor.TryEnter(_changing)
        )
        {
            return;
        }

        try
        {
            if (!_disposed) // since it was asked
            {
                LookAgain(_held.Places);
            }
        }
        finally
        {
            Volatile.Write(ref _lookedAt, _time.GetTimestamp());
            Monitor.Exit(_changing);
        }
    }

    private void LookAgain(WebhookSecretPlaces places)
    {
        try
        {
            _held = Hold(places, places.Read(_clientMode()));
            _refusedChange = null;
        }
        catch (NodeDataConfigurationException failure)
        {
            if (_refusedChange != failure.Message)
            {
                _refusedChange = failure.Message;
                _logger.ConfigurationChangeRefused(places.Setting, failure.Message);
            }
        }
    }

    // A verifier that is replaced is not disposed of: deliveries may be at work on it, and its hashes are freed with it.
    private Held Hold(WebhookSecretPlaces places, WebhookSecret[] secrets) =>
        new(
            places,
            secrets,
            secrets.Length == 0 ? null
                : _held is { Verifier: { } verifier } last && last.Secrets.AsSpan().SequenceEqual(secrets) ? verifier
                : new WebhookVerifier(secrets, _verifying)
        );

    private sealed record Held(WebhookSecretPlaces Places, WebhookSecret[] Secrets, WebhookVerifier? Verifier);
}
