using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NodeData.Sdk.Webhooks;

namespace NodeData.Emulator.Tests.Doubles;

/// <summary>A web server that receives deliveries. It responds with 200 unless configured otherwise.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    // A missing delivery fails the test instead of blocking it.
    private static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(3);

    private readonly Channel<ReceivedDelivery> _received = Channel.CreateUnbounded<ReceivedDelivery>();
    private readonly WebApplication _application;

    private Receiver(WebApplication application, Func<ReceivedDelivery, HttpContext, Task> respond)
    {
        _application = application;
        application.Run(async http =>
        {
            var delivery = await ReadAsync(http);
            _received.Writer.TryWrite(delivery);
            await respond(delivery, http);
        });
    }

    public string Url => $"http://127.0.0.1:{new Uri(_application.Urls.Single()).Port}/hook";

    /// <summary>The number of received requests that have not been read.</summary>
    public int UnreadCount => _received.Reader.Count;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Starts a receiver that responds with these status codes in order, and then always with the last one.</summary>
    public static Task<Receiver> StartAsync(params int[] statuses)
    {
        var remaining = new Queue<int>(statuses.Length == 0 ? [200] : statuses);
        return StartAsync(
            (_, http) =>
            {
                lock (remaining)
                {
                    http.Response.StatusCode = remaining.Count > 1 ? remaining.Dequeue() : remaining.Peek();
                }

                return Task.CompletedTask;
            }
        );
    }

    public static async Task<Receiver> StartAsync(Func<ReceivedDelivery, HttpContext, Task> respond)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0").ConfigureKestrel(Configure);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.Zero);
        var receiver = new Receiver(builder.Build(), respond);
        await receiver._application.StartAsync(Token);
        return receiver;
    }

    /// <summary>Returns the next request, in the order of arrival.</summary>
    public Task<ReceivedDelivery> NextAsync() => _received.Reader.ReadAsync(Token).AsTask().WaitAsync(MaxWait, Token);

    public async Task<ReceivedDelivery[]> NextAsync(int count)
    {
        var received = new List<ReceivedDelivery>();
        while (received.Count < count)
        {
            received.Add(await NextAsync());
        }

        return [.. received];
    }

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync(CancellationToken.None);
        await _application.DisposeAsync();
    }

    private static void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MinRequestBodyDataRate = null;
    }

    private static async Task<ReceivedDelivery> ReadAsync(HttpContext http)
    {
        var body = new MemoryStream();
        var isComplete = true;
        try
        {
            await http.Request.Body.CopyToAsync(body, Token);
        }
        catch (Exception cause) when (cause is IOException or OperationCanceledException)
        {
            isComplete = false;
        }

        var headers = http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        Assert.Contains(WebhookVerifier.HeaderName, headers.Keys);
        return new ReceivedDelivery(http.Request.Method, http.Request.Path, body.ToArray(), isComplete, headers);
    }
}
