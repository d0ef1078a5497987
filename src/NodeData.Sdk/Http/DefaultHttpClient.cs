using System.Net;

namespace NodeData.Sdk.Http;

/// <summary>Creates the HTTP client that is used if the application supplies none.</summary>
internal static class DefaultHttpClient
{
    // Connections are renewed periodically, so that a DNS change of the service takes effect.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    public static HttpClient Create() =>
        // The transport applies its own timeouts, on an injectable clock.
        new(CreateHandler(), disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };

    public static SocketsHttpHandler CreateHandler() =>
        new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.All,
            PooledConnectionLifetime = ConnectionLifetime,
            Proxy = new HttpsOnlyProxy(),
            // A response that is disposed before its end closes the connection. Reading on for a while would delay a call that has timed out, and would read the
            // same connection as the thread of a synchronous call.
            ResponseDrainTimeout = TimeSpan.Zero,
        };
}
