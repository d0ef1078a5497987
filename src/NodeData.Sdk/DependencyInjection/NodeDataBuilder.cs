using Microsoft.Extensions.DependencyInjection;

namespace NodeData.Sdk;

/// <summary>
/// What <c>AddNodeData</c> gives back: everything that works on an <see cref="IHttpClientBuilder"/> works on the client's HTTP as well (a proxy, a
/// certificate, a handler of one's own).
/// </summary>
public sealed class NodeDataBuilder : IHttpClientBuilder
{
    private readonly IHttpClientBuilder _http;

    internal NodeDataBuilder(IHttpClientBuilder http, string clientName)
    {
        _http = http;
        ClientName = clientName;
    }

    /// <summary>The client's name; empty for the one without a name.</summary>
    public string ClientName { get; }

    /// <summary>The name of the client's HTTP in <see cref="IHttpClientFactory"/>.</summary>
    public string Name => _http.Name;

    /// <summary>The services of the application.</summary>
    public IServiceCollection Services => _http.Services;
}
