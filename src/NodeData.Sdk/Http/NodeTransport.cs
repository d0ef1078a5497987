using NodeData.Sdk.Credentials;
using NodeData.Sdk.Diagnostics;
using NodeData.Sdk.Errors;
using NodeData.Sdk.Http.Retries;

namespace NodeData.Sdk.Http;

/// <summary>
/// Sends every call, synchronously or asynchronously, and implements key selection, retries, timeouts and telemetry. A call has up to
/// <see cref="Call.MaxRetries"/> + 1 attempts. An attempt gets the key and performs one exchange; if the key is rejected and the provider returns a different
/// one, the attempt performs a second exchange. Thread-safe.
/// </summary>
internal sealed class NodeTransport(HttpClient httpClient, IApiKeyProvider keyProvider, TransportSettings settings)
{
    private readonly ReplaceableKeyProvider _keys = new(keyProvider);
    private readonly ModeGuard _mode = new(settings.ExpectedMode);
    private readonly RetryPipeline _retries = new(settings.TimeProvider, settings.Jitter);
    private readonly Exchange _exchange = new(httpClient, settings);

    public TransportSettings Settings => settings;

    /// <summary>Gets the key that the next attempt uses.</summary>
    public ValueTask<ApiKey> GetKeyAsync(CancellationToken cancellationToken) => _keys.GetKeyAsync(cancellationToken);

    /// <summary>Replaces a key with its successor in all later attempts.</summary>
    public void ReplaceKey(ApiKey key, ApiKey successor) => _keys.Replace(key, successor);

    /// <summary>Creates a transport with another key over the same connections.</summary>
    public NodeTransport WithKey(ApiKey key) => new(httpClient, new ApiKeyCredential(key), settings);

    /// <summary>Gets the client's mode; null if no key has been read yet.</summary>
    public KeyMode? KnownMode => _mode.Mode;

    /// <summary>Gets the client's mode; reads the key if none has been read yet.</summary>
    public KeyMode GetMode(CancellationToken cancellationToken) => _mode.Mode ?? _mode.ValidateKey(_keys.GetKey(cancellationToken));

    /// <inheritdoc cref="GetMode"/>
    public async ValueTask<KeyMode> GetModeAsync(CancellationToken cancellationToken) =>
        _mode.Mode ?? _mode.ValidateKey(await _keys.GetKeyAsync(cancellationToken).ConfigureAwait(false));

    public T Send<T>(Endpoint<T> endpoint, NodeRequestOptions? options, CancellationToken cancellationToken)
    {
        var call = new Call<T>(endpoint, settings, options, cancellationToken);
        try
        {
            SendAttempt(call);
            if (call.Exception is not null)
            {
                _retries.Run(call, SendAttempt);
            }

            return call.GetResult();
        }
        catch (Exception exception)
        {
            call.Telemetry?.RecordException(exception);
            throw;
        }
        finally
        {
            call.Telemetry?.Dispose();
        }
    }

    public async Task<T> SendAsync<T>(Endpoint<T> endpoint, NodeRequestOptions? options, CancellationToken cancellationToken)
    {
        var call = new Call<T>(endpoint, settings, options, cancellationToken);
        try
        {
            await SendAttemptAsync(call).ConfigureAwait(false);
            if (call.Exception is not null)
            {
                await _retries.RunAsync(call, SendAttemptAsync).ConfigureAwait(false);
            }

            return call.GetResult();
        }
        catch (Exception exception)
        {
            call.Telemetry?.RecordException(exception);
            throw;
        }
        finally
        {
            call.Telemetry?.Dispose();
        }
    }

    private void SendAttempt<T>(Call<T> call)
    {
        using var deadline = call.StartAttempt();
        try
        {
            var key = _keys.GetKey(deadline.Token);
            call.RecordOutcome(_exchange.Send(call, Validate(key, call.Endpoint), deadline));
            if (
                call.Exception is NodeDataAuthenticationException
                && call.TryStartKeyRefresh()
                && _keys.Refresh(key, deadline.Token) is var newKey
                && !newKey.Equals(key)
            )
            {
                settings.Logger.RetryingWithNewKey(call.Endpoint.Name, key.Hint, newKey.Hint);
                call.RecordOutcome(_exchange.Send(call, Validate(newKey, call.Endpoint), deadline));
            }
        }
        catch (OperationCanceledException exception) when (deadline.IsCancellationRequested)
        {
            call.RecordOutcome(ConnectionErrors.CreateTimeoutException(call, deadline, exception));
        }
        catch (NodeDataConnectionException exception)
        {
            // Thrown by the key provider; an exchange returns its exception.
            call.RecordOutcome(exception);
        }
    }

    private async ValueTask SendAttemptAsync<T>(Call<T> call)
    {
        using var deadline = call.StartAttempt();
        try
        {
            var key = await _keys.GetKeyAsync(deadline.Token).ConfigureAwait(false);
            call.RecordOutcome(await _exchange.SendAsync(call, Validate(key, call.Endpoint), deadline).ConfigureAwait(false));
            if (
                call.Exception is NodeDataAuthenticationException
                && call.TryStartKeyRefresh()
                && await _keys.RefreshAsync(key, deadline.Token).ConfigureAwait(false) is var newKey
                && !newKey.Equals(key)
            )
            {
                settings.Logger.RetryingWithNewKey(call.Endpoint.Name, key.Hint, newKey.Hint);
                call.RecordOutcome(await _exchange.SendAsync(call, Validate(newKey, call.Endpoint), deadline).ConfigureAwait(false));
            }
        }
        catch (OperationCanceledException exception) when (deadline.IsCancellationRequested)
        {
            call.RecordOutcome(ConnectionErrors.CreateTimeoutException(call, deadline, exception));
        }
        catch (NodeDataConnectionException exception)
        {
            // Thrown by the key provider; an exchange returns its exception.
            call.RecordOutcome(exception);
        }
    }

    private ApiKey Validate(ApiKey key, Endpoint endpoint)
    {
        _mode.ValidateKey(key);
        ModeGuard.ValidateEndpoint(key, endpoint);
        return key;
    }
}
