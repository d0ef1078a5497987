using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.AspNetCore.Tests;

/// <summary>An application that listens on a socket, and a sender that signs each attempt.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    public const string Secret = "whsec_test_0123456789abcdef0123456789abcdef";
    public const string Path = "/webhooks/nodedata";

    private readonly WebhookSigner _signer = new(WebhookSecret.Parse(Secret));
    private readonly WebApplication _application;

    private TestServer(WebApplication application)
    {
        _application = application;
        Client = new HttpClient { BaseAddress = new Uri(application.Urls.First()) };
    }

    public HttpClient Client { get; }

    public Uri Address => Client.BaseAddress!;

    public IReadOnlyList<FakeLogRecord> LogRecords => _application.Services.GetFakeLogCollector().GetSnapshot();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<TestServer> StartAsync(
        Action<WebApplication> map,
        Action<WebApplicationBuilder>? configure = null,
        Dictionary<string, string?>? settings = null
    )
    {
        var application = Build(configure, settings);
        map(application);
        await application.StartAsync(Token);
        return new TestServer(application);
    }

    public static WebApplication Build(Action<WebApplicationBuilder>? configure = null, Dictionary<string, string?>? settings = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(settings ?? new() { ["NodeData:WebhookSecrets"] = Secret });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        // A sender may pause for seconds. The timeout of the receiver ends a request, not Kestrel's minimum data rate.
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MinRequestBodyDataRate = null);
        builder.Logging.ClearProviders().AddFakeLogging();
        configure?.Invoke(builder);
        return builder.Build();
    }

    /// <summary>Sets a timeout that only a hang reaches, not a slow machine.</summary>
    public static void UseLongTimeout(WebhookReceiverOptions options) => options.Timeout = TimeSpan.FromMinutes(10);

    public static string CreatePayoutPaid(string id = "ev_1") => $$$"""{"id":"{{{id}}}","type":"payout.paid","data":{}}""";

    public string Sign(string body) => _signer.Sign(body, TimeProvider.System.GetUtcNow());

    public Task<HttpResponseMessage> DeliverAsync(string? body = null, string path = Path)
    {
        body ??= CreatePayoutPaid();
        return PostAsync(new ByteArrayContent(Encoding.UTF8.GetBytes(body)), Sign(body), path);
    }

    public async Task<HttpResponseMessage> PostAsync(HttpContent content, string? signature, string path = Path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        if (signature is not null)
        {
            request.Headers.TryAddWithoutValidation(WebhookVerifier.HeaderName, signature);
        }

        return await Client.SendAsync(request, Token);
    }

    /// <summary>Opens a connection and sends text that no HTTP client would send.</summary>
    public async Task<Socket> ConnectAsync(string text)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, Address.Port, Token);
        await socket.SendAsync(Encoding.UTF8.GetBytes(text), Token);
        return socket;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _signer.Dispose();
        await _application.DisposeAsync();
    }
}
