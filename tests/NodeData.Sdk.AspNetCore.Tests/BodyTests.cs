using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.AspNetCore.Tests;

/// <summary>Tests of how request bodies are read: with limits, and completely.</summary>
public sealed class BodyTests
{
    private const int Limit = 1024 * 1024;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(4096)]
    [InlineData(16 * 1024)]
    [InlineData(100_000)]
    [InlineData(Limit - 64)]
    public async Task A_body_up_to_the_limit_is_accepted(int padding)
    {
        await using var server = await StartAsync();
        var body = $$"""{"id":"ev_1","type":"payout.paid","data":"{{new string('x', padding)}}"}""";

        using var withLength = await server.DeliverAsync(body);
        using var chunked = await server.PostAsync(CreateChunkedContent(body), server.Sign(body));

        Assert.Equal(HttpStatusCode.OK, withLength.StatusCode);
        Assert.Equal(HttpStatusCode.OK, chunked.StatusCode);
    }

    [Fact]
    public async Task A_body_above_the_limit_returns_413_with_and_without_a_Content_Length()
    {
        await using var server = await StartAsync();
        var body = new string('x', Limit + 1);

        using var withLength = await server.DeliverAsync(body);
        using var chunked = await server.PostAsync(CreateChunkedContent(body), server.Sign(body));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, withLength.StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, chunked.StatusCode);
    }

    [Fact]
    public async Task A_Content_Length_above_the_limit_is_rejected_before_the_body_is_read()
    {
        await using var server = await StartAsync();
        using var socket = await server.ConnectAsync(
            $"POST {TestServer.Path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {Limit + 1}\r\n{WebhookVerifier.HeaderName}: t=1,v1=0\r\n\r\n"
        );

        Assert.StartsWith("HTTP/1.1 413 ", await ReceiveTextAsync(socket), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_limit_is_configurable()
    {
        await using var server = await TestServer.StartAsync(app =>
            app.MapNodeDataWebhooks(TestServer.Path, on => on.Any((_, _) => Task.CompletedTask), options => options.MaxBodyBytes = 100)
        );

        using var accepted = await server.DeliverAsync();
        using var rejected = await server.DeliverAsync(new string('x', 101));

        Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, rejected.StatusCode);
    }

    [Fact]
    public async Task A_body_that_is_not_received_within_the_timeout_returns_408()
    {
        await using var server = await TestServer.StartAsync(app =>
            app.MapNodeDataWebhooks(
                TestServer.Path,
                on => on.Any((_, _) => Task.CompletedTask),
                options => options.Timeout = TimeSpan.FromMilliseconds(200)
            )
        );
        using var socket = await server.ConnectAsync(
            $"POST {TestServer.Path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{{"
        );

        Assert.StartsWith("HTTP/1.1 408 ", await ReceiveTextAsync(socket), StringComparison.Ordinal);
    }

    [Fact]
    public void Large_bodies_share_a_budget_that_leaves_memory_for_small_ones()
    {
        var budget = new BodyBudget(128 * 1024);
        using var large = new BodyBuffer();
        using var second = new BodyBuffer();
        using var small = new BodyBuffer();

        Assert.True(Fill(large, budget, 60 * 1024));
        Assert.False(Fill(second, budget, 60 * 1024));
        Assert.True(Fill(small, budget, 10 * 1024));
        large.Dispose();
        second.Dispose();
        using var third = new BodyBuffer();
        Assert.True(Fill(third, budget, 60 * 1024));
    }

    [Fact]
    public async Task Middleware_that_reads_the_body_first_is_logged()
    {
        await using var server = await TestServer.StartAsync(app =>
        {
            app.Use(
                async (context, next) =>
                {
                    await context.Request.Body.CopyToAsync(Stream.Null);
                    await next();
                }
            );
            app.MapNodeDataWebhooks(TestServer.Path, on => on.Any((_, _) => Task.CompletedTask), TestServer.UseLongTimeout);
        });

        using var response = await server.DeliverAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains(server.LogRecords, line => line.Message.Contains("other code reads the body before", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_sender_that_disconnects_does_not_cancel_the_handler()
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var disconnected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var finished = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await TestServer.StartAsync(app =>
        {
            app.Use(
                (context, next) =>
                {
                    context.RequestAborted.Register(() => disconnected.TrySetResult());
                    return next();
                }
            );
            app.MapNodeDataWebhooks(
                TestServer.Path,
                on =>
                    on.Any(
                        async (_, token) =>
                        {
                            started.SetResult();
                            await disconnected.Task;
                            finished.SetResult(token.IsCancellationRequested);
                        }
                    ),
                TestServer.UseLongTimeout
            );
        });
        var body = TestServer.CreatePayoutPaid();
        using (
            var socket = await server.ConnectAsync(
                $"POST {TestServer.Path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {body.Length}\r\n"
                    + $"{WebhookVerifier.HeaderName}: {server.Sign(body)}\r\n\r\n{body}"
            )
        )
        {
            await started.Task.WaitAsync(TimeSpan.FromMinutes(2), Token);
        }

        Assert.False(await finished.Task.WaitAsync(TimeSpan.FromMinutes(2), Token));
        using var again = await server.DeliverAsync();
        Assert.Contains(again.StatusCode, new[] { HttpStatusCode.OK, HttpStatusCode.Conflict });
    }

    private static bool Fill(BodyBuffer buffer, BodyBudget budget, int bytes)
    {
        while (buffer.Length < bytes)
        {
            if (!buffer.TryEnsureSpace(budget))
            {
                return false;
            }

            buffer.Advance(Math.Min(buffer.Free.Length, bytes - buffer.Length));
        }

        return true;
    }

    private static StreamContent CreateChunkedContent(string body) => new(new UnseekableStream(Encoding.UTF8.GetBytes(body)));

    private static async Task<string> ReceiveTextAsync(Socket socket)
    {
        var buffer = new byte[1024];
        return Encoding.ASCII.GetString(buffer, 0, await socket.ReceiveAsync(buffer, Token));
    }

    private static Task<TestServer> StartAsync() =>
        TestServer.StartAsync(app =>
            app.MapNodeDataWebhooks(TestServer.Path, on => on.Any((_, _) => Task.CompletedTask), TestServer.UseLongTimeout)
        );

    /// <summary>A stream without a known length, so that it is sent in chunks.</summary>
    private sealed class UnseekableStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
