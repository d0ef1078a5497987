using NodeData.Sdk.Credentials;
using NodeData.Sdk.Diagnostics;
using NodeData.Sdk.Errors;
using NodeData.Sdk.Http.Retries;

namespace NodeData.Sdk.Http;

/// <summary>
/// The one road out: everything that every call needs stands here, once, behind a synchronous and an asynchronous door. A call is up to
/// <see cref="Call.MaxRetries"/> + 1 attempts; an attempt reads the key, and is one exchange, or two where the first was refused and the provider has another
/// key. Safe for use by several threads.
/// </summary>
internal sealed class NodeTransport(HttpClient http, IApiKeyProvider provider, TransportSettings settings)
{
    private readonly ReplaceableKeys _keys = new(provider);
    private readonly ModeGuard _mode = new(settings.ExpectedMode);
    private readonly RetryPipeline _retries = new(settings.Time, settings.Jitter);
    private readonly Exchange _exchange = new(http, settings);

    public TransportSettings Settings => settings;

    /// <summary>The client's own key, as the next attempt would use it.</summary>
    public ValueTask<ApiKey> GetKeyAsync(CancellationToken cancellationToken) => _keys.GetKeyAsync(cancellationToken);

    /// <summary>Lets a key take the place of another wherever the client would use that one.</summary>
    public void ReplaceKey(ApiKey key, ApiKey successor) => _keys.Replace(key, successor);

    /// <summary>The same road for another key.</summary>
    public NodeTransport Under(ApiKey key) => new(http, new ApiKeyCredential(key), settings);

    /// <summary>The client's mode; null where no key was asked for yet.</summary>
    public KeyMode? KnownMode => _mode.Mode;

    /// <summary>The client's mode; asks for the key where there was none yet.</summary>
    public KeyMode GetMode(CancellationToken cancellationToken) => _mode.Mode ?? _mode.Admit(_keys.GetKey(cancellationToken));

    /// <inheritdoc cref="GetMode"/>
    public async ValueTask<KeyMode> GetModeAsync(CancellationToken cancellationToken) =>
        _mode.Mode ?? _mode.Admit(await _keys.GetKeyAsync(cancellationToken).ConfigureAwait(false));

    public T Send<T>(Endpoint<T> endpoint, NodeRequestOptions? options, CancellationToken cancellationToken)
    {
        var call = new Call<T>(endpoint, settings, options, cancellationToken);
        try
        {
            Attempt(call);
            if (call.Failure is not null)
            {
                _retries.Run(call, Attempt);
            }

            return call.Conclude();
        }
        catch (Exception failure)
        {
            call.Telemetry?.Failed(failure);
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
            await AttemptAsync(call).ConfigureAwait(false);
            if (call.Failure is not null)
            {
                await _retries.RunAsync(call, AttemptAsync).ConfigureAwait(false);
            }

            return call.Conclude();
        }
        catch (Exception failure)
        {
            call.Telemetry?.Failed(failure);
            throw;
        }
        finally
        {
            call.Telemetry?.Dispose();
        }
    }

    private void Attempt<T>(Call<T> call)
    {
        using var deadline = call.StartAttempt();
        try
        {
            var key = _keys.GetKey(deadline.Token);
            call.End(_exchange.Run(call, Admit(key, call.Endpoint), deadline));
            if (
                call.Failure is NodeDataAuthenticationException
                && call.MayRefreshKey()
                && _keys.Refresh(key, deadline.Token) is var fresh
                && !fresh.Equals(key)
            )
            {
                settings.Logger.KeyReplaced(call.Endpoint.Name, key.Hint, fresh.Hint);
                call.End(_exchange.Run(call, Admit(fresh, call.Endpoint), deadline));
            }
        }
        catch (OperationCanceledException cancelled) when (deadline.IsOver)
        {
            call.End(ConnectionErrors.TimedOut(call, deadline, cancelled));
        }
    }

    private async ValueTask AttemptAsync<T>(Call<T> call)
    {
        using var deadline = call.StartAttempt();
        try
        {
            var key = await _keys.GetKeyAsync(deadline.Token).ConfigureAwait(false);
            call.End(await _exchange.RunAsync(call, Admit(key, call.Endpoint), deadline).ConfigureAwait(false));
            if (
                call.Failure is NodeDataAuthenticationException
                && call.MayRefreshKey()
                && await _keys.RefreshAsync(key, deadline.Token).ConfigureAwait(false) is var fresh
                && !fresh.Equals(key)
            )
            {
                settings.Logger.KeyReplaced(call.Endpoint.Name, key.Hint, fresh.Hint);
                call.End(await _exchange.RunAsync(call, Admit(fresh, call.Endpoint), deadline).ConfigureAwait(false));
            }
        }
        catch (OperationCanceledException cancelled) when (deadline.IsOver)
        {
            call.End(ConnectionErrors.TimedOut(call, deadline, cancelled));
        }
    }

    private ApiKey Admit(ApiKey key, Endpoint endpoint)
    {
        _mode.Admit(key);
        ModeGuard.Check(key, endpoint);
        return key;
    }
}
