using NodeData.Sdk.Http.Retries;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.Http.Retries;

/// <summary>What is sent again, how often and after how long (contract, "Retries"), counted at a socket.</summary>
public sealed class RetryTests
{
    private readonly SkippingClock _clock = new();

    public static TheoryData<string, int, bool, int> Repeats { get; } = AllRepeats();

    [Theory]
    [MemberData(nameof(Repeats))]
    public async Task Each_method_is_repeated_after_each_status_as_the_contract_says(
        string method,
        int status,
        bool idempotencyKey,
        int sent
    )
    {
        foreach (var door in Enum.GetValues<Door>())
        {
            await using var server = new ScriptedServer(request => request.AnswerAsync(status, "{}"));
            using var node = Clients.Of(server.BaseAddress, _clock);

            await Assert.ThrowsAnyAsync<NodeDataApiException>(() =>
                node.Send(door, new HttpMethod(method), "things/1", idempotencyKey: idempotencyKey ? "once" : null)
            );

            Assert.Equal(sent, server.Requests.Count);
        }
    }

    [Theory]
    [ThroughBothDoors]
    public async Task A_call_that_succeeds_in_the_end_gives_its_result(Door door)
    {
        await using var server = new ScriptedServer(request =>
            request.Index < 2 ? request.AnswerAsync(503, "{}") : request.AnswerAsync(200, Clients.Me)
        );
        using var node = Clients.Of(server.BaseAddress, _clock);

        Assert.Equal("Ada", (await node.GetMe(door)).Name);

        Assert.Equal(3, server.Requests.Count);
        Assert.Equal([TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1)], _clock.Waits);
    }

    [Theory]
    [InlineData("7", 7.0)]
    [InlineData("0", null)]
    [InlineData("10", 10.0)]
    [InlineData("1.5", 1.5)]
    [InlineData("Sat, 01 Aug 2026 12:00:04 GMT", 4.0)]
    public async Task Retry_after_is_obeyed_to_the_letter(string header, double? seconds)
    {
        foreach (var door in Enum.GetValues<Door>())
        {
            var clock = new SkippingClock();
            await using var server = new ScriptedServer(request =>
                request.Index == 0 ? request.AnswerAsync(429, "{}", $"Retry-After: {header}") : request.AnswerAsync(200, Clients.Me)
            );
            using var node = Clients.Of(server.BaseAddress, clock);

            await node.GetMe(door);

            Assert.Equal(seconds is { } wait ? [TimeSpan.FromSeconds(wait)] : [], clock.Waits);
        }
    }

    [Theory]
    [InlineData("11", 11.0)]
    [InlineData("3600", 3600.0)]
    [InlineData("99999999999999999999", int.MaxValue)]
    public async Task A_wait_beyond_the_cap_fails_at_once_and_the_exception_carries_it(string header, double seconds)
    {
        await using var server = new ScriptedServer(request => request.AnswerAsync(429, "{}", $"Retry-After: {header}"));
        using var node = Clients.Of(server.BaseAddress, _clock);

        foreach (var door in Enum.GetValues<Door>())
        {
            var error = await Assert.ThrowsAsync<NodeDataRateLimitException>(() => node.GetMe(door));
            Assert.Equal(TimeSpan.FromSeconds(seconds), error.RetryAfter);
        }

        Assert.Equal(2, server.Requests.Count);
        Assert.Empty(_clock.Waits);
    }

    [Theory]
    [InlineData("-5")]
    [InlineData("soon")]
    [InlineData("")]
    public async Task A_retry_after_that_says_nothing_leaves_the_backoff(string header)
    {
        await using var server = new ScriptedServer(request =>
            request.Index == 0 ? request.AnswerAsync(503, "{}", $"Retry-After: {header}") : request.AnswerAsync(200, Clients.Me)
        );
        using var node = Clients.Of(server.BaseAddress, _clock);

        await node.GetMe(Door.Async);

        Assert.Equal([TimeSpan.FromSeconds(0.5)], _clock.Waits);
    }

    [Theory]
    [ThroughBothDoors]
    public async Task The_first_request_under_an_idempotency_key_still_at_work_is_waited_for(Door door)
    {
        const string conflict = """{"error":{"code":"conflict","message":"The first is still at work."}}""";
        await using var server = new ScriptedServer(request =>
            request.Index == 0 ? request.AnswerAsync(409, conflict, "Retry-After: 1") : request.AnswerAsync(200, "{}")
        );
        using var node = Clients.Of(server.BaseAddress, _clock);

        await node.Send(door, HttpMethod.Post, "things", idempotencyKey: "once");

        Assert.Equal([TimeSpan.FromSeconds(1)], _clock.Waits);
        Assert.All(server.Requests, request => Assert.Contains("Idempotency-Key: once\r\n", request.Text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("conflict", "X-Nothing: 1")]
    [InlineData("idempotency_conflict", "Retry-After: 1")]
    public async Task Any_other_conflict_is_final(string code, string header)
    {
        await using var server = new ScriptedServer(request => request.AnswerAsync(409, $$$"""{"error":{"code":"{{{code}}}"}}""", header));
        using var node = Clients.Of(server.BaseAddress, _clock);

        await Assert.ThrowsAsync<NodeDataConflictException>(() => node.Send(Door.Async, HttpMethod.Post, "things", idempotencyKey: "once"));

        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    public async Task The_number_of_retries_is_the_options_or_the_views(int retries)
    {
        await using var server = new ScriptedServer(request => request.AnswerAsync(500, "{}"));
        using var byOptions = Clients.Of(server.BaseAddress, _clock, configure: options => options.MaxRetries = retries);
        using var node = Clients.Of(server.BaseAddress, _clock);

        foreach (var door in Enum.GetValues<Door>())
        {
            await Assert.ThrowsAsync<NodeDataServerException>(() => byOptions.GetMe(door));
            await Assert.ThrowsAsync<NodeDataServerException>(() => node.With(new NodeRequestOptions { MaxRetries = retries }).GetMe(door));
        }

        Assert.Equal(4 * (retries + 1), server.Requests.Count);
    }

    [Fact]
    public async Task The_backoff_doubles_up_to_its_ceiling()
    {
        await using var server = new ScriptedServer(request => request.AnswerAsync(500, "{}"));
        using var node = Clients.Of(server.BaseAddress, _clock, configure: options => options.MaxRetries = 10);

        await Assert.ThrowsAsync<NodeDataServerException>(() => node.GetMe(Door.Async));

        Assert.Equal([0.5, 1, 2, 4, 8, 8, 8, 8, 8, 8], _clock.Waits.Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public void The_waits_are_drawn_between_nothing_and_the_ceiling()
    {
        var failure = new NodeDataServerException(System.Net.HttpStatusCode.BadGateway, "x");

        Assert.Equal(TimeSpan.Zero, RetryRules.Delay(failure, 3, 0));
        Assert.Equal(TimeSpan.FromSeconds(1), RetryRules.Delay(failure, 3, 0.25));
        Assert.Equal(TimeSpan.FromSeconds(4), RetryRules.Delay(failure, 3, 1));

        var jitter = new NodeClientOptions().Jitter;
        var draws = Enumerable.Range(0, 1000).Select(_ => jitter()).ToList();
        Assert.All(draws, draw => Assert.InRange(draw, 0, 1));
        Assert.True(draws.Min() < 0.1 && draws.Max() > 0.9, "They cover the whole range.");
    }

    [Fact]
    public async Task A_wait_that_the_calls_time_does_not_cover_is_not_begun()
    {
        await using var server = new ScriptedServer(request => request.AnswerAsync(429, "{}", "Retry-After: 8"));
        using var node = Clients.Of(server.BaseAddress, _clock, configure: options => options.TotalTimeout = TimeSpan.FromSeconds(25));

        var error = await Assert.ThrowsAsync<NodeDataRateLimitException>(() =>
            node.With(new NodeRequestOptions { MaxRetries = 10 }).GetMe(Door.Async)
        );

        Assert.Equal(TimeSpan.FromSeconds(8), error.RetryAfter);
        Assert.Equal(3, _clock.Waits.Count);
    }

    private static TheoryData<string, int, bool, int> AllRepeats()
    {
        var rows = new TheoryData<string, int, bool, int>();
        foreach (var method in new[] { "GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "POST", "PURGE" })
        {
            foreach (var status in new[] { 400, 401, 404, 429, 500, 501, 502, 503, 504 })
            {
                foreach (var idempotencyKey in new[] { false, true })
                {
                    var repeatable = idempotencyKey || method is not ("POST" or "PURGE");
                    var again = status == 429 || (repeatable && status is 500 or 502 or 503 or 504);
                    rows.Add(method, status, idempotencyKey, again ? 3 : 1);
                }
            }
        }

        return rows;
    }
}
