using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Benchmarks;

/// <summary>
/// Compares the receiver with an endpoint that only reads the body, and with one that also verifies and parses it, all on Kestrel in one process: the same
/// deliveries over the same connections, in short alternating rounds. The result is the ratio of the fastest quarter of each. Each delivery is a new event,
/// claimed in memory.
/// </summary>
internal static class ReceiverRatios
{
    private const string Secret = "whsec_test_0123456789abcdef0123456789abcdef";
    private const int Connections = 4;
    private const int Rounds = 200;
    private const int Requests = 100;

    private static int _events;

    public static async Task PrintAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["NodeData:WebhookSecrets"] = Secret });
        await using var app = builder.Build();
        app.MapPost("/bare", (RequestDelegate)(context => context.Request.Body.CopyToAsync(Stream.Null)));
        using var verifier = new WebhookVerifier(Secret);
        app.MapPost("/verified", (RequestDelegate)(context => VerifyAsync(context, verifier)));
        app.MapNodeDataWebhooks(
            "/webhooks",
            on => on.Any((_, _) => Task.CompletedTask),
            options => options.ClaimStore = new InMemoryWebhookClaimStore(new InMemoryWebhookClaimStoreOptions { Capacity = 10_000_000 })
        );
        await app.StartAsync();
        var address = new Uri(app.Urls.First());
        foreach (var padding in new[] { 512, 4096 })
        {
            var bare = new double[Rounds];
            var verified = new double[Rounds];
            var receiver = new double[Rounds];
            for (var round = -Rounds / 4; round < Rounds; round++)
            {
                var first = await MeasureAsync(address, "/bare", padding);
                var second = await MeasureAsync(address, "/verified", padding);
                var third = await MeasureAsync(address, "/webhooks", padding);
                if (round >= 0)
                {
                    (bare[round], verified[round], receiver[round]) = (first, second, third);
                }
            }

            Print(padding, "receiver", MeanOfFastestQuarter(bare) / MeanOfFastestQuarter(receiver), "goal 0.90");
            Print(
                padding,
                "verify and parse",
                MeanOfFastestQuarter(bare) / MeanOfFastestQuarter(verified),
                "the upper bound for a receiver"
            );
        }
    }

    private static void Print(int bytes, string side, double ratio, string note) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{bytes, 9} bytes, {side}: {ratio:F2} of the throughput ({note})"));

    private static async Task VerifyAsync(HttpContext context, WebhookVerifier verifier)
    {
        var body = ArrayPool<byte>.Shared.Rent(8 * 1024);
        var length = 0;
        while (await context.Request.Body.ReadAsync(body.AsMemory(length)) is > 0 and var read)
        {
            length += read;
        }

        var bytes = body.AsMemory(0, length);
        var isValid = verifier.Verify(bytes.Span, context.Request.Headers[WebhookVerifier.HeaderName].ToString()).IsValid;
        context.Response.StatusCode = isValid && WebhookEvent.TryParse(bytes.Span, out _) ? 200 : 401;
        ArrayPool<byte>.Shared.Return(body);
    }

    private static async Task<double> MeasureAsync(Uri address, string path, int padding)
    {
        using var signer = new WebhookSigner(Secret);
        var batches = Enumerable.Range(0, Connections).Select(_ => CreateRequests(signer, path, padding)).ToList();
        var sockets = new List<Socket>();
        foreach (var _ in batches)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, address.Port);
            sockets.Add(socket);
        }

        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(batches.Zip(sockets, SendAsync));
        var time = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        sockets.ForEach(socket => socket.Dispose());
        return time;
    }

    private static async Task SendAsync(List<byte[]> requests, Socket socket)
    {
        var response = new byte[1024];
        foreach (var request in requests)
        {
            await socket.SendAsync(request);
            var read = await socket.ReceiveAsync(response);
            if (!response.AsSpan(0, read).StartsWith("HTTP/1.1 200 "u8))
            {
                throw new InvalidOperationException(Encoding.ASCII.GetString(response, 0, read));
            }
        }
    }

    // Created before the measurement starts, so that the work of the sender is not measured.
    private static List<byte[]> CreateRequests(WebhookSigner signer, string path, int padding) =>
        [
            .. Enumerable
                .Range(0, Requests)
                .Select(_ =>
                {
                    var body =
                        $$"""{"id":"ev_{{Interlocked.Increment(ref _events)}}","type":"payout.paid","data":"{{new string('x', padding)}}"}""";
                    var signature = signer.Sign(body, TimeProvider.System.GetUtcNow());
                    return Encoding.ASCII.GetBytes(
                        $"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {body.Length}\r\n{WebhookVerifier.HeaderName}: {signature}\r\n\r\n{body}"
                    );
                }),
        ];

    private static double MeanOfFastestQuarter(double[] times) => times.Order().Take(Rounds / 4).Average();
}
