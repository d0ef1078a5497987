using NodeData.Sdk.Errors;

namespace NodeData.Sdk.Http;

/// <summary>Performs one HTTP exchange: sends the request and reads the response. Returns the exception of a failed exchange; null if it succeeded.</summary>
internal sealed class Exchange(HttpClient httpClient, TransportSettings settings)
{
    private const int MaxErrorBytes = 64 * 1024;

    private readonly RequestFactory _requestFactory = new(settings.BaseAddress);

    public NodeDataException? Send<T>(Call<T> call, ApiKey key, Deadline deadline)
    {
        using var request = _requestFactory.Create(call.Endpoint, key);
        var requestUri = request.RequestUri!;
        // Only what the HttpClient and its handlers throw is theirs.
        var isReading = false;
        try
        {
            using var response = httpClient.Send(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
            RequestFactory.ThrowIfRedirected(call.Endpoint, requestUri, response);
            using var body = ResponseBodyBuffer.Read(response, GetBodyLimit(response), settings.IsDefaultHandler, deadline.Token);
            isReading = true;
            return ReadResponse(call, key, response, body);
        }
        catch (NotSupportedException exception)
        {
            throw new NodeDataConfigurationException(
                "A handler of the HttpClient cannot send synchronously: it must override Send(HttpRequestMessage, CancellationToken). "
                    + "Use the …Async method or another handler.",
                exception
            );
        }
        catch (Exception exception) when (ConnectionErrors.IsConnectionError(exception))
        {
            return ConnectionErrors.CreateException(call, deadline, settings.BaseAddress, exception);
        }
        catch (Exception exception) when (!isReading && exception is not (NodeDataException or ObjectDisposedException))
        {
            return ConnectionErrors.CreateHandlerException(call, exception);
        }
    }

    public async ValueTask<NodeDataException?> SendAsync<T>(Call<T> call, ApiKey key, Deadline deadline)
    {
        using var request = _requestFactory.Create(call.Endpoint, key);
        var requestUri = request.RequestUri!;
        // Only what the HttpClient and its handlers throw is theirs.
        var isReading = false;
        request.Version = httpClient.DefaultRequestVersion;
        request.VersionPolicy = httpClient.DefaultVersionPolicy;
        try
        {
            using var response = await httpClient
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token)
                .ConfigureAwait(false);
            RequestFactory.ThrowIfRedirected(call.Endpoint, requestUri, response);
            using var body = await ResponseBodyBuffer.ReadAsync(response, GetBodyLimit(response), deadline.Token).ConfigureAwait(false);
            isReading = true;
            return ReadResponse(call, key, response, body);
        }
        catch (Exception exception) when (ConnectionErrors.IsConnectionError(exception))
        {
            return ConnectionErrors.CreateException(call, deadline, settings.BaseAddress, exception);
        }
        catch (Exception exception) when (!isReading && exception is not (NodeDataException or ObjectDisposedException))
        {
            return ConnectionErrors.CreateHandlerException(call, exception);
        }
    }

    private int GetBodyLimit(HttpResponseMessage response) =>
        response.IsSuccessStatusCode ? settings.MaxResponseBytes : Math.Min(settings.MaxResponseBytes, MaxErrorBytes);

    private NodeDataException? ReadResponse<T>(Call<T> call, ApiKey key, HttpResponseMessage response, ResponseBodyBuffer body)
    {
        var context = new ResponseContext(call.Endpoint, key, response, body.Bytes, settings.TimeProvider);
        call.RecordResponse(context);
        if (!response.IsSuccessStatusCode)
        {
            return call.IsAlreadyProcessed(context) ? null : ApiErrors.FromResponse(context);
        }

        if (body.IsUndecodable)
        {
            return JsonResponse.CreateFormatException(context, "is not in the encoding that its Content-Encoding header names");
        }

        if (body.IsOverLimit)
        {
            return JsonResponse.CreateFormatException(
                context,
                $"is larger than {settings.MaxResponseBytes} bytes (NodeClientOptions.MaxResponseBytes)"
            );
        }

        try
        {
            call.ReadResult(context);
            return null;
        }
        catch (NodeDataResponseFormatException exception)
        {
            return exception;
        }
    }
}
