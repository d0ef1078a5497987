using Microsoft.Extensions.Time.Testing;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.Http;

/// <summary>Tests the two timeouts and the caller's cancellation, on a clock that the test advances.</summary>
public sealed class TimeoutTests
{
    private readonly FakeTimeProvider _clock = new();

    [Theory]
    [SyncAndAsync]
    public async Task An_attempt_timeout_names_its_option(CallStyle callStyle)
    {
        await using var server = new ScriptedServer(request => request.HangAsync());
        using var node = TestClients.Create(server.BaseAddress, _clock, configure: options => options.MaxRetries = 0);
        var call = Task.Run(() => node.GetMe(callStyle), TestContext.Current.CancellationToken);

        await server.FirstRequest.Task;
        _clock.Advance(TimeSpan.FromSeconds(29));
        Assert.False(call.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));

        var error = await Assert.ThrowsAsync<NodeDataTimeoutException>(() => call);
        Assert.True(error.RequestMayHaveBeenProcessed);
        Assert.Contains("within 30 s (NodeClientOptions.AttemptTimeout, attempt 1)", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [SyncAndAsync]
    public async Task A_total_timeout_names_its_option(CallStyle callStyle)
    {
        await using var server = new ScriptedServer(request => request.HangAsync());
        using var node = TestClients.Create(
            server.BaseAddress,
            _clock,
            configure: options => options.TotalTimeout = TimeSpan.FromSeconds(5)
        );
        var call = Task.Run(() => node.GetMe(callStyle), TestContext.Current.CancellationToken);

        await server.FirstRequest.Task;
        _clock.Advance(TimeSpan.FromSeconds(5));

        var error = await Assert.ThrowsAsync<NodeDataTimeoutException>(() => call);
        Assert.Contains("within 5 s (NodeClientOptions.TotalTimeout", error.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Theory]
    [SyncAndAsync]
    public async Task The_timeout_of_a_view_names_its_option(CallStyle callStyle)
    {
        await using var server = new ScriptedServer(request => request.HangAsync());
        using var node = TestClients.Create(server.BaseAddress, _clock);
        var view = node.WithOptions(new NodeRequestOptions { Timeout = TimeSpan.FromSeconds(2) });
        var call = Task.Run(() => view.GetMe(callStyle), TestContext.Current.CancellationToken);

        await server.FirstRequest.Task;
        _clock.Advance(TimeSpan.FromSeconds(2));

        var error = await Assert.ThrowsAsync<NodeDataTimeoutException>(() => call);
        Assert.Contains("within 2 s (NodeRequestOptions.Timeout", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [SyncAndAsync]
    public async Task A_limit_that_expires_between_two_clock_reads_is_a_timeout(CallStyle callStyle)
    {
        await using var server = new ScriptedServer(request => request.RespondAsync(200, TestClients.AccountJson));
        for (var reads = 0; reads < 8; reads++)
        {
            var clock = new SuspendedClock();
            using var node = TestClients.Create(
                server.BaseAddress,
                clock,
                configure: options => options.TotalTimeout = TimeSpan.FromSeconds(5)
            );
            clock.SuspendAfter(reads);

            var failure = await Record.ExceptionAsync(() => node.GetMe(callStyle));

            Assert.True(failure is null or NodeDataTimeoutException, $"After {reads} clock reads: {failure}");
        }
    }

    [Theory]
    [SyncAndAsync]
    public async Task A_stalled_body_times_out(CallStyle callStyle)
    {
        var stalled = new TaskCompletionSource();
        await using var server = new ScriptedServer(async request =>
        {
            await request.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{");
            stalled.SetResult();
            await request.HangAsync();
        });
        using var node = TestClients.Create(server.BaseAddress, _clock, configure: options => options.MaxRetries = 0);
        var call = Task.Run(() => node.GetMe(callStyle), TestContext.Current.CancellationToken);

        await stalled.Task;
        _clock.Advance(TimeSpan.FromSeconds(30));

        await Assert.ThrowsAsync<NodeDataTimeoutException>(() => call);
    }

    [Theory]
    [SyncAndAsync]
    public async Task The_callers_cancellation_is_reported_with_its_token(CallStyle callStyle)
    {
        await using var server = new ScriptedServer(request => request.HangAsync());
        using var node = TestClients.Create(server.BaseAddress, _clock);
        using var caller = new CancellationTokenSource();
        var call = Task.Run(() => node.GetMe(callStyle, caller.Token), TestContext.Current.CancellationToken);

        await server.FirstRequest.Task;
        await caller.CancelAsync();

        var canceled = await Assert.ThrowsAsync<TaskCanceledException>(() => call);
        Assert.Equal(caller.Token, canceled.CancellationToken);
        Assert.Single(server.Requests);
    }

    [Theory]
    [SyncAndAsync]
    public async Task The_callers_cancellation_interrupts_a_stalled_body(CallStyle callStyle)
    {
        var stalled = new TaskCompletionSource();
        await using var server = new ScriptedServer(async request =>
        {
            await request.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{");
            stalled.SetResult();
            await request.HangAsync();
        });
        using var node = TestClients.Create(server.BaseAddress, _clock);
        using var caller = new CancellationTokenSource();
        var call = Task.Run(() => node.GetMe(callStyle, caller.Token), TestContext.Current.CancellationToken);

        await stalled.Task;
        await caller.CancelAsync();

        await Assert.ThrowsAsync<TaskCanceledException>(() => call);
    }

    [Theory]
    [SyncAndAsync]
    public async Task The_callers_cancellation_interrupts_the_delay_between_attempts(CallStyle callStyle)
    {
        await using var server = new ScriptedServer(request => request.RespondAsync(429, "{}", "Retry-After: 9"));
        using var caller = new CancellationTokenSource();
        using var node = TestClients.Create(server.BaseAddress, new CancelOnDelayClock(caller));

        await Assert.ThrowsAsync<TaskCanceledException>(() => node.GetMe(callStyle, caller.Token));

        Assert.Single(server.Requests);
    }

    [Theory]
    [SyncAndAsync]
    public async Task A_call_canceled_beforehand_sends_nothing(CallStyle callStyle)
    {
        await using var server = new ScriptedServer(request => request.RespondAsync(200, TestClients.AccountJson));
        using var node = TestClients.Create(server.BaseAddress, _clock);

        await Assert.ThrowsAsync<TaskCanceledException>(() => node.GetMe(callStyle, new CancellationToken(canceled: true)));

        Assert.Empty(server.Requests);
    }

    [Theory]
    [SyncAndAsync]
    public async Task A_timeout_of_the_callers_HttpClient_is_reported_as_such(CallStyle callStyle)
    {
        await using var server = new ScriptedServer(request => request.HangAsync());
        using var http = new HttpClient { Timeout = TimeSpan.FromMilliseconds(50) };
        using var node = new NodeClient(
            http,
            new NodeClientOptions
            {
                ApiKey = TestClients.TestKey,
                BaseAddress = server.BaseAddress,
                MaxRetries = 0,
            }
        );

        var error = await Assert.ThrowsAsync<NodeDataTimeoutException>(() => node.GetMe(callStyle));

        Assert.Contains("own timeout", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_timeout_of_zero_is_rejected_when_it_is_set()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new NodeRequestOptions { Timeout = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(() => new NodeRequestOptions { MaxRetries = -1 });
        var error = Assert.Throws<NodeDataConfigurationException>(() =>
            new NodeClient(
                new NodeClientOptions
                {
                    ApiKey = TestClients.TestKey,
                    AttemptTimeout = TimeSpan.Zero,
                    TotalTimeout = TimeSpan.FromDays(25),
                    MaxRetries = 11,
                    MaxResponseBytes = 0,
                }
            )
        );
        foreach (var option in new[] { "AttemptTimeout", "TotalTimeout", "MaxRetries", "MaxResponseBytes" })
        {
            Assert.Contains($"NodeClientOptions.{option} is", error.Message, StringComparison.Ordinal);
        }
    }

    /// <summary>Cancels the caller's token when the delay between two attempts starts.</summary>
    private sealed class CancelOnDelayClock(CancellationTokenSource caller) : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime != TimeSpan.FromSeconds(9))
            {
                return base.CreateTimer(callback, state, dueTime, period);
            }

            ThreadPool.QueueUserWorkItem(_ => caller.Cancel());
            return base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, period);
        }
    }
}
