using NodeData.Sdk.Diagnostics;
using NodeData.Sdk.Errors;
using NodeData.Sdk.Http.Retries;

namespace NodeData.Sdk.Http;

/// <summary>
/// The one road out: everything that every call needs stands here, once, behind a synchronous and an asynchronous door. A call is up to
/// <see cref="Call.MaxRetries"/> + 1 attempts; an attempt reads the key, and is one exchange, or two where the first was refused and the provider has another
/// key. Safe for use by several threads.
/// </summary>
internal sealed class NodeTransport(HttpClient http, IApiKeyProvider keys, TransportSettings settings)
{
    private const int MaxErrorBytes = 64 * 1024;

    private readonly ModeGuard _mode = new(settings.ExpectedMode);
    private readonly RetryPipeline _retries = new(settings.Time, settings.Jitter);
    private readonly RequestFactory _requests = new(settings.BaseAddress);

    public TimeProvider Time => settings.Time;

    /// <summary>The client's mode; asks for the key where there was none yet.</summary>
    public KeyMode GetMode(CancellationToken cancellationToken) => _mode.Mode ?? _mode.Admit(keys.GetKey(cancellationToken));

    /// <inheritdoc cref="GetMode"/>
    public async ValueTask<KeyMode> GetModeAsync(CancellationToken cancellationToken) =>
        _mode.Mode ?? _mode.Admit(await keys.GetKeyAsync(cancellationToken).ConfigureAwait(false));

    public T Send<T>(Endpoint<T> endpoint, RequestOptions? options, CancellationToken cancellationToken)
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

    public async Task<T> SendAsync<T>(Endpoint<T> endpoint, RequestOptions? options, CancellationToken cancellationToken)
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
            var key = keys.GetKey(deadline.Token);
            call.End(Exchange(call, key, deadline));
            if (
                call.Failure is InvalidKeyException
                && call.MayRefreshKey()
                && keys.Refresh(key, deadline.Token) is var fresh
                && !fresh.Equals(key)
            )
            {
                settings.Logger.KeyReplaced(call.Endpoint.Name, key.Hint, fresh.Hint);
                call.End(Exchange(call, fresh, deadline));
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
            var key = await keys.GetKeyAsync(deadline.Token).ConfigureAwait(false);
            call.End(await ExchangeAsync(call, key, deadline).ConfigureAwait(false));
            if (
                call.Failure is InvalidKeyException
                && call.MayRefreshKey()
                && await keys.RefreshAsync(key, deadline.Token).ConfigureAwait(false) is var fresh
                && !fresh.Equals(key)
            )
            {
                settings.Logger.KeyReplaced(call.Endpoint.Name, key.Hint, fresh.Hint);
                call.End(await ExchangeAsync(call, fresh, deadline).ConfigureAwait(false));
            }
        }
        catch (OperationCanceledException cancelled) when (deadline.IsOver)
        {
            call.End(ConnectionErrors.TimedOut(call, deadline, cancelled));
        }
    }

    private NodeDataException? Exchange<T>(Call<T> call, ApiKey key, Deadline deadline)
    {
        using var request = _requests.Make(call.Endpoint, Admit(key, call.Endpoint));
        var address = request.RequestUri!;
        try
        {
            using var response = http.Send(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
            RequestFactory.RefuseIfRedirected(call.Endpoint, address, response);
            using var body = BodyBuffer.Read(response, LimitOf(response), deadline.Token);
            return Read(call, key, response, body);
        }
        catch (NotSupportedException failure)
        {
            throw new NodeDataConfigurationException(
                "A handler of the HttpClient in use cannot send synchronously: it must override Send(HttpRequestMessage, CancellationToken). "
                    + "Use the …Async method, or another handler. Nothing was sent.",
                failure
            );
        }
        catch (Exception failure) when (ConnectionErrors.Covers(failure))
        {
            return ConnectionErrors.Of(call, deadline, settings.BaseAddress, failure);
        }
    }

    private async ValueTask<NodeDataException?> ExchangeAsync<T>(Call<T> call, ApiKey key, Deadline deadline)
    {
        using var request = _requests.Make(call.Endpoint, Admit(key, call.Endpoint));
        var address = request.RequestUri!;
        request.Version = http.DefaultRequestVersion;
        request.VersionPolicy = http.DefaultVersionPolicy;
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token)
                .ConfigureAwait(false);
            RequestFactory.RefuseIfRedirected(call.Endpoint, address, response);
            using var body = await BodyBuffer.ReadAsync(response, LimitOf(response), deadline.Token).ConfigureAwait(false);
            return Read(call, key, response, body);
        }
        catch (Exception failure) when (ConnectionErrors.Covers(failure))
        {
            return ConnectionErrors.Of(call, deadline, settings.BaseAddress, failure);
        }
    }

    private ApiKey Admit(ApiKey key, Endpoint endpoint)
    {
        _mode.Admit(key);
        ModeGuard.Check(key, endpoint);
        return key;
    }

    private int LimitOf(HttpResponseMessage response) =>
        response.IsSuccessStatusCode ? settings.MaxResponseBytes : Math.Min(settings.MaxResponseBytes, MaxErrorBytes);

    private NodeDataException? Read<T>(Call<T> call, ApiKey key, HttpResponseMessage response, BodyBuffer body)
    {
        var answer = new Answer(call.Endpoint, key, response, body.Bytes, settings.Time);
        call.Note(answer);
        if (!response.IsSuccessStatusCode)
        {
            return ApiErrors.From(answer);
        }

        if (body.IsOverLimit)
        {
            return JsonAnswer.Unreadable(answer, $"is larger than {settings.MaxResponseBytes} bytes (NodeClientOptions.MaxResponseBytes)");
        }

        try
        {
            call.Read(answer);
            return null;
        }
        catch (UnreadableResponseException failure)
        {
            return failure;
        }
    }
}
