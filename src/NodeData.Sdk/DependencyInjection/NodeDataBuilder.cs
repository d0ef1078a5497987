using Microsoft.Extensions.DependencyInjection;

namespace NodeData.Sdk;

/// <summary>
/// Configures a client that <c>AddNodeData</c> registered. Every extension method of <see cref="IHttpClientBuilder"/> can be used to configure the client's
/// HTTP client, such as a proxy, a certificate or a message handler.
/// </summary>
public sealed class NodeDataBuilder : IHttpClientBuilder
{
    private readonly IHttpClientBuilder _http;

    internal NodeDataBuilder(IHttpClientBuilder http, string clientName)
    {
        _http = http;
        ClientName = clientName;
    }

    /// <summary>Gets the name of the client; empty for the unnamed client.</summary>
    public string ClientName { get; }

    /// <summary>Gets the name of the HTTP client in <see cref="IHttpClientFactory"/>.</summary>
    public string Name => _http.Name;

    /// <summary>Gets the services of the application.</summary>
    public IServiceCollection Services => _http.Services;
}
