using System.Net.Http.Headers;

namespace NodeData.Sdk.Http;

/// <summary>Creates the request of an attempt, and verifies that the response belongs to that request.</summary>
internal sealed class RequestFactory(Uri baseAddress)
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly string _baseAddress = baseAddress.AbsoluteUri.TrimEnd('/') + "/";

    public HttpRequestMessage Create(Endpoint endpoint, ApiKey key)
    {
        var address = new Uri(_baseAddress + endpoint.Path);
        if (endpoint.IsRaw)
        {
            ThrowIfOutsideBaseAddress(endpoint, address);
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
            // If a reused connection turns out to be closed, the HTTP stack retries a request without content, but not one with content.
            request.Content = new ByteArrayContent([]);
        }

        return request;
    }

    /// <summary>Throws if the response belongs to another request, which happens if a handler follows redirects.</summary>
    public static void ThrowIfRedirected(Endpoint endpoint, Uri requestUri, HttpResponseMessage response)
    {
        if (
            response.RequestMessage?.RequestUri is { } responseUri
            && !ReferenceEquals(responseUri, requestUri)
            && responseUri != requestUri
        )
        {
            throw new NodeDataConfigurationException(
                $"A handler of the HttpClient followed a redirect of {endpoint.Name} to {responseUri.Host}. Redirects must not be followed, because that could "
                    + "send the key to another host: set AllowAutoRedirect = false on the handler, and correct the base address. The request may have been processed."
            );
        }
    }

    private void ThrowIfOutsideBaseAddress(Endpoint endpoint, Uri address)
    {
        if (!address.AbsoluteUri.StartsWith(_baseAddress, StringComparison.Ordinal))
        {
            throw new ArgumentException($"The path of the {endpoint.Method} request is outside the base address.", nameof(endpoint));
        }
    }
}
