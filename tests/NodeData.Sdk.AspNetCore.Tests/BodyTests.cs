using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.AspNetCore.Tests;

/// <summary>How bodies are read: bounded, and whole.</summary>
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
    public async Task A_body_up_to_the_limit_arrives_whole(int padding)
    {
        await using var site = await StartAsync();
        var body = $$"""{"id":"ev_1","type":"payout.paid","data":"{{new string('x', padding)}}"}""";

        using var counted = await site.DeliverAsync(body);
        using var chunked = await site.PostAsync(Chunked(body), site.Sign(body));

        Assert.Equal(HttpStatusCode.OK, counted.StatusCode);
        Assert.Equal(HttpStatusCode.OK, chunked.StatusCode);
    }

    [Fact]
    public async Task A_body_above_the_limit_is_413_however_it_is_sent()
    {
        await using var site = await StartAsync();
        var body = new string('x', Limit + 1);

        using var counted = await site.DeliverAsync(body);
        using var chunked = await site.PostAsync(Chunked(body), site.Sign(body));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, counted.StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, chunked.StatusCode);
    }

    [Fact]
    public async Task A_length_above_the_limit_is_refused_before_a_byte_of_the_body_is_read()
    {
        await using var site = await StartAsync();
        using var socket = await site.ConnectAsync(
            $"POST {Site.Path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {Limit + 1}\r\n{WebhookVerifier.HeaderName}: t=1,v1=0\r\n\r\n"
        );

        Assert.StartsWith("HTTP/1.1 413 ", await AnswerOn(socket), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_limit_can_be_set()
    {
        await using var site = await Site.StartAsync(app =>
            app.MapNodeDataWebhooks(Site.Path, on => on.Any((_, _) => Task.CompletedTask), options => options.MaxBodyBytes = 100)
        );

        using var fits = await site.DeliverAsync();
        using var larger = await site.DeliverAsync(new string('x', 101));

        Assert.Equal(HttpStatusCode.OK, fits.StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, larger.StatusCode);
    }

    [Fact]
    public async Task A_body_that_never_ends_is_given_up_after_the_time_for_a_delivery()
    {
        await using var site = await Site.StartAsync(app =>
            app.MapNodeDataWebhooks(
                Site.Path,
                on => on.Any((_, _) => Task.CompletedTask),
                options => options.Timeout = TimeSpan.FromMilliseconds(200)
            )
        );
        using var socket = await site.ConnectAsync($"POST {Site.Path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{{");

        Assert.StartsWith("HTTP/1.1 408 ", await AnswerOn(socket), StringComparison.Ordinal);
    }

    [Fact]
    public void Large_bodies_together_stay_within_the_budget_and_small_ones_find_room()
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
    public async Task Something_that_reads_the_body_first_is_pointed_at()
    {
        await using var site = await Site.StartAsync(app =>
        {
            app.Use(
                async (context, next) =>
                {
                    await context.Request.Body.CopyToAsync(Stream.Null);
                    await next();
                }
            );
            app.MapNodeDataWebhooks(Site.Path, on => on.Any((_, _) => Task.CompletedTask), Site.Patient);
        });

        using var answer = await site.DeliverAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains(site.Log, line => line.Message.Contains("something reads the body before", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_sender_that_hangs_up_does_not_cancel_the_handler()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var finished = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var site = await Site.StartAsync(app =>
        {
            app.Use(
                (context, next) =>
                {
                    context.RequestAborted.Register(() => gone.TrySetResult());
                    return next();
                }
            );
            app.MapNodeDataWebhooks(
                Site.Path,
                on =>
                    on.Any(
                        async (_, token) =>
                        {
                            begun.SetResult();
                            await gone.Task;
                            finished.SetResult(token.IsCancellationRequested);
                        }
                    ),
                Site.Patient
            );
        });
        var body = Site.PayoutPaid();
        using (
            var socket = await site.ConnectAsync(
                $"POST {Site.Path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {body.Length}\r\n"
                    + $"{WebhookVerifier.HeaderName}: {site.Sign(body)}\r\n\r\n{body}"
            )
        )
        {
            await begun.Task.WaitAsync(TimeSpan.FromMinutes(2), Token);
        }

        Assert.False(await finished.Task.WaitAsync(TimeSpan.FromMinutes(2), Token));
        using var again = await site.DeliverAsync();
        Assert.Contains(again.StatusCode, new[] { HttpStatusCode.OK, HttpStatusCode.Conflict });
    }

    private static bool Fill(BodyBuffer buffer, BodyBudget budget, int bytes)
    {
        while (buffer.Length < bytes)
        {
            if (!buffer.TryMakeRoom(budget))
            {
                return false;
            }

            buffer.Advance(Math.Min(buffer.Free.Length, bytes - buffer.Length));
        }

        return true;
    }

    private static StreamContent Chunked(string body) => new(new Unseekable(Encoding.UTF8.GetBytes(body)));

    private static async Task<string> AnswerOn(Socket socket)
    {
        var buffer = new byte[1024];
        return Encoding.ASCII.GetString(buffer, 0, await socket.ReceiveAsync(buffer, Token));
    }

    private static Task<Site> StartAsync() =>
        Site.StartAsync(app => app.MapNodeDataWebhooks(Site.Path, on => on.Any((_, _) => Task.CompletedTask), Site.Patient));

    /// <summary>A stream that does not know its length, so that it is sent in chunks.</summary>
    private sealed class Unseekable(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
