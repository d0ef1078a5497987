using NodeData.Sdk.Errors;

namespace NodeData.Sdk.Http;

/// <summary>One request and its answer: sends, reads, and says what became of it. What it gives back is the failure, or null for a success.</summary>
internal sealed class Exchange(HttpClient http, TransportSettings settings)
{
    private const int MaxErrorBytes = 64 * 1024;

    private readonly RequestFactory _requests = new(settings.BaseAddress);

    public NodeDataException? Run<T>(Call<T> call, ApiKey key, Deadline deadline)
    {
        using var request = _requests.Make(call.Endpoint, key);
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

    public async ValueTask<NodeDataException?> RunAsync<T>(Call<T> call, ApiKey key, Deadline deadline)
    {
        using var request = _requests.Make(call.Endpoint, key);
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

    private int LimitOf(HttpResponseMessage response) =>
        response.IsSuccessStatusCode ? settings.MaxResponseBytes : Math.Min(settings.MaxResponseBytes, MaxErrorBytes);

    private NodeDataException? Read<T>(Call<T> call, ApiKey key, HttpResponseMessage response, BodyBuffer body)
    {
        var answer = new Answer(call.Endpoint, key, response, body.Bytes, settings.Time);
        call.Note(answer);
        if (!response.IsSuccessStatusCode)
        {
            return call.WasDoneBefore(answer) ? null : ApiErrors.From(answer);
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
        catch (NodeDataResponseFormatException failure)
        {
            return failure;
        }
    }
}
