using System.Net.Http.Headers;

namespace NodeData.Sdk.Http;

/// <summary>Makes the request of an attempt, and looks afterwards whether the answer is one to that request.</summary>
internal sealed class RequestFactory(Uri baseAddress)
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly string _baseAddress = baseAddress.AbsoluteUri.TrimEnd('/') + "/";

    public HttpRequestMessage Create(Endpoint endpoint, ApiKey key)
    {
        var address = new Uri(_baseAddress + endpoint.Path);
        if (endpoint.IsRaw)
        {
            ThrowIfOtherOrigin(endpoint, address);
        }

        var request = new HttpRequestMessage(endpoint.Method, address);
        request.Headers.TryAddWithoutValidation("Authorization", key.Authorization);
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent.Value);
        if (endpoint.IdempotencyKey is { } idempotencyKey)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        }

        if (endpoint.Body is { } body)
        {
            request.Content = new ReadOnlyMemoryContent(body) { Headers = { ContentType = Json } };
        }
        else if (endpoint.Method == HttpMethod.Post)
        {
            // The HTTP stack repeats a request without content by itself where a reused connection turns out to be closed; one with content it does not.
            request.Content = new ByteArrayContent([]);
        }

        return request;
    }

    /// <summary>Refuses the answer to another request than ours, which a handler that follows redirects would give.</summary>
    public static void ThrowIfRedirected(Endpoint endpoint, Uri requestUri, HttpResponseMessage response)
    {
        if (
            response.RequestMessage?.RequestUri is { } responseUri
            && !ReferenceEquals(responseUri, requestUri)
            && responseUri != requestUri
        )
        {
            throw new NodeDataConfigurationException(
                $"{endpoint.Name} was redirected by a handler of the HttpClient in use, to {responseUri.Host}. Redirects must not be followed, because that could "
                    + "hand the key to another host: set AllowAutoRedirect = false on the handler, and correct the base address."
            );
        }
    }

    private void ThrowIfOtherOrigin(Endpoint endpoint, Uri address)
    {
        if (!address.AbsoluteUri.StartsWith(_baseAddress, StringComparison.Ordinal))
        {
            throw new ArgumentException($"The path of {endpoint.Method} leads out of the base address.", nameof(endpoint));
        }
    }
}
