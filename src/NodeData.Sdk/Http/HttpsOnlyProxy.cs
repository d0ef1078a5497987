using System.Net;

namespace NodeData.Sdk.Http;

/// <summary>
/// The proxy of the environment, for https alone. A plain-http request would show the key to the proxy, and an address of this machine means another machine there
/// (contract, "Hosts and paths").
/// </summary>
internal sealed class HttpsOnlyProxy : IWebProxy
{
    public ICredentials? Credentials
    {
        get => HttpClient.DefaultProxy.Credentials;
        set => HttpClient.DefaultProxy.Credentials = value;
    }

    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : HttpClient.DefaultProxy.GetProxy(destination);

    public bool IsBypassed(Uri host) => host.Scheme != Uri.UriSchemeHttps || HttpClient.DefaultProxy.IsBypassed(host);
}
