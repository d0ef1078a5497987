using System.Net;

namespace NodeData.Sdk.Http;

/// <summary>The HTTP client of a program that brings none.</summary>
internal static class DefaultHttpClient
{
    // Renewed now and then, so that a change of the service's address is noticed.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    public static HttpClient Create() =>
        // The transport has time-outs of its own, on a clock that can be injected.
        new(CreateHandler(), disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };

    public static SocketsHttpHandler CreateHandler() =>
        new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.All,
            PooledConnectionLifetime = ConnectionLifetime,
        };
}
