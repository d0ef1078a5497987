using System.Net;

namespace NodeData.Sdk.Http;

/// <summary>The HTTP client of a program that brings none.</summary>
internal static class OwnHttp
{
    // Renewed now and then, so that a change of the service's address is noticed.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    public static HttpClient Make() =>
        // The transport has time-outs of its own, on a clock that can be injected.
        new(MakeHandler(), disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };

    public static SocketsHttpHandler MakeHandler() =>
        new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.All,
            PooledConnectionLifetime = ConnectionLifetime,
        };
}
