using Microsoft.Extensions.Time.Testing;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.Http;

/// <summary>The two time-outs and the caller's own cancellation, told apart, on a clock that the test moves.</summary>
public sealed class TimeLimitTests
{
    private readonly FakeTimeProvider _clock = new();

    [Theory]
    [ThroughBothDoors]
    public async Task An_attempt_that_takes_too_long_names_its_option(Door door)
    {
        await using var server = new ScriptedServer(request => request.HangAsync());
        using var node = Clients.Of(server.BaseAddress, _clock, configure: options => options.MaxRetries = 0);
        var call = Task.Run(() => node.GetMe(door), TestContext.Current.CancellationToken);

        await server.FirstRequest.Task;
        _clock.Advance(TimeSpan.FromSeconds(29));
        Assert.False(call.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));

        var error = await Assert.ThrowsAsync<NodeDataTimeoutException>(() => call);
        Assert.True(error.RequestMayHaveBeenProcessed);
        Assert.Contains("within 30 s (NodeClientOptions.AttemptTimeout, attempt 1)", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [ThroughBothDoors]
    public async Task The_whole_call_names_its_option(Door door)
    {
        await using var server = new ScriptedServer(request => request.HangAsync());
        using var node = Clients.Of(server.BaseAddress, _clock, configure: options => options.TotalTimeout = TimeSpan.FromSeconds(5));
        var call = Task.Run(() => node.GetMe(door), TestContext.Current.CancellationToken);

        await server.FirstRequest.Task;
        _clock.Advance(TimeSpan.FromSeconds(5));

        var error = await Assert.ThrowsAsync<NodeDataTimeoutException>(() => call);
        Assert.Contains("within 5 s (NodeClientOptions.TotalTimeout", error.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Theory]
    [ThroughBothDoors]
    public async Task A_views_time_limit_names_its_option(Door door)
    {
        await using var server = new ScriptedServer(request => request.HangAsync());
        using var node = Clients.Of(server.BaseAddress, _clock);
        var view = node.With(new NodeRequestOptions { Timeout = TimeSpan.FromSeconds(2) });
        var call = Task.Run(() => view.GetMe(door), TestContext.Current.CancellationToken);

        await server.FirstRequest.Task;
        _clock.Advance(TimeSpan.FromSeconds(2));

        var error = await Assert.ThrowsAsync<NodeDataTimeoutException>(() => call);
        Assert.Contains("within 2 s (NodeRequestOptions.Timeout", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [ThroughBothDoors]
    public async Task A_limit_that_ends_between_two_looks_at_the_clock_is_a_time_out(Door door)
    {
        await using var server = new ScriptedServer(request => request.AnswerAsync(200, Clients.Me));
        for (var looks = 0; looks < 8; looks++)
        {
            var clock = new SuspendedClock();
            using var node = Clients.Of(server.BaseAddress, clock, configure: options => options.TotalTimeout = TimeSpan.FromSeconds(5));
            clock.SuspendAfter(looks);

            var failure = await Record.ExceptionAsync(() => node.GetMe(door));

            Assert.True(failure is null or NodeDataTimeoutException, $"After {looks} looks: {failure}");
        }
    }

    [Theory]
    [ThroughBothDoors]
    public async Task A_body_that_stalls_is_given_up_too(Door door)
    {
        var stalled = new TaskCompletionSource();
        await using var server = new ScriptedServer(async request =>
        {
            await request.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{");
            stalled.SetResult();
            await request.HangAsync();
        });
        using var node = Clients.Of(server.BaseAddress, _clock, configure: options => options.MaxRetries = 0);
        var call = Task.Run(() => node.GetMe(door), TestContext.Current.CancellationToken);

        await stalled.Task;
        _clock.Advance(TimeSpan.FromSeconds(30));

        await Assert.ThrowsAsync<NodeDataTimeoutException>(() => call);
    }

    [Theory]
    [ThroughBothDoors]
    public async Task The_callers_cancellation_stays_what_it_is(Door door)
    {
        await using var server = new ScriptedServer(request => request.HangAsync());
        using var node = Clients.Of(server.BaseAddress, _clock);
        using var caller = new CancellationTokenSource();
        var call = Task.Run(() => node.GetMe(door, caller.Token), TestContext.Current.CancellationToken);

        await server.FirstRequest.Task;
        await caller.CancelAsync();

        var cancelled = await Assert.ThrowsAsync<TaskCanceledException>(() => call);
        Assert.Equal(caller.Token, cancelled.CancellationToken);
        Assert.Single(server.Requests);
    }

    [Theory]
    [ThroughBothDoors]
    public async Task The_callers_cancellation_ends_a_body_that_stalls(Door door)
    {
        var stalled = new TaskCompletionSource();
        await using var server = new ScriptedServer(async request =>
        {
            await request.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{");
            stalled.SetResult();
            await request.HangAsync();
        });
        using var node = Clients.Of(server.BaseAddress, _clock);
        using var caller = new CancellationTokenSource();
        var call = Task.Run(() => node.GetMe(door, caller.Token), TestContext.Current.CancellationToken);

        await stalled.Task;
        await caller.CancelAsync();

        await Assert.ThrowsAsync<TaskCanceledException>(() => call);
    }

    [Theory]
    [ThroughBothDoors]
    public async Task The_callers_cancellation_ends_a_wait_between_attempts(Door door)
    {
        await using var server = new ScriptedServer(request => request.AnswerAsync(429, "{}", "Retry-After: 9"));
        using var caller = new CancellationTokenSource();
        using var node = Clients.Of(server.BaseAddress, new CancelsWhenWaiting(caller));

        await Assert.ThrowsAsync<TaskCanceledException>(() => node.GetMe(door, caller.Token));

        Assert.Single(server.Requests);
    }

    [Theory]
    [ThroughBothDoors]
    public async Task A_call_cancelled_beforehand_sends_nothing(Door door)
    {
        await using var server = new ScriptedServer(request => request.AnswerAsync(200, Clients.Me));
        using var node = Clients.Of(server.BaseAddress, _clock);

        await Assert.ThrowsAsync<TaskCanceledException>(() => node.GetMe(door, new CancellationToken(canceled: true)));

        Assert.Empty(server.Requests);
    }

    [Theory]
    [ThroughBothDoors]
    public async Task A_time_out_of_the_callers_own_HttpClient_is_told_apart(Door door)
    {
        await using var server = new ScriptedServer(request => request.HangAsync());
        using var http = new HttpClient { Timeout = TimeSpan.FromMilliseconds(50) };
        using var node = new NodeClient(
            http,
            new NodeClientOptions
            {
                ApiKey = Clients.TestKey,
                BaseAddress = server.BaseAddress,
                MaxRetries = 0,
            }
        );

        var error = await Assert.ThrowsAsync<NodeDataTimeoutException>(() => node.GetMe(door));

        Assert.Contains("own time-out", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_time_limit_of_zero_is_refused_where_it_is_set()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new NodeRequestOptions { Timeout = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(() => new NodeRequestOptions { MaxRetries = -1 });
        var error = Assert.Throws<NodeDataConfigurationException>(() =>
            new NodeClient(
                new NodeClientOptions
                {
                    ApiKey = Clients.TestKey,
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

    /// <summary>Cancels the caller's token as soon as the wait between two attempts begins.</summary>
    private sealed class CancelsWhenWaiting(CancellationTokenSource caller) : TimeProvider
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
