using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace NodeData.Cli.Tests.Doubles;

/// <summary>A web server of an application that receives deliveries. It responds with 200 by default.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    // The limit of a wait, so that a missing delivery fails the test instead of blocking it.
    private static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(3);

    private readonly Channel<ReceivedDelivery> _received = Channel.CreateUnbounded<ReceivedDelivery>();
    private readonly WebApplication _application;

    private Receiver(WebApplication application, Func<HttpContext, Task> respond)
    {
        _application = application;
        application.Run(async http =>
        {
            var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body, Token);
            var headers = http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
            _received.Writer.TryWrite(new ReceivedDelivery(body.ToArray(), headers));
            await respond(http);
        });
    }

    public int Port => new Uri(_application.Urls.Single()).Port;

    public string Url => $"http://127.0.0.1:{Port}/webhooks/nodedata";

    /// <summary>The number of received deliveries that the test has not read yet.</summary>
    public int PendingCount => _received.Reader.Count;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static Task<Receiver> StartAsync(int status = 200, int port = 0) =>
        StartAsync(
            http =>
            {
                http.Response.StatusCode = status;
                return Task.CompletedTask;
            },
            port
        );

    public static async Task<Receiver> StartAsync(Func<HttpContext, Task> respond, int port = 0)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls($"http://127.0.0.1:{port}");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MinRequestBodyDataRate = null);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.Zero);
        var receiver = new Receiver(builder.Build(), respond);
        await receiver._application.StartAsync(Token);
        return receiver;
    }

    public Task<ReceivedDelivery> NextAsync() => _received.Reader.ReadAsync(Token).AsTask().WaitAsync(MaxWait, Token);

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync(CancellationToken.None);
        await _application.DisposeAsync();
    }
}
