using NodeData.Sdk.Http.Retries;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.Http.Retries;

/// <summary>Tests which requests are retried, how often and after which delay (contract, "Retries"), counted at a socket.</summary>
public sealed class RetryTests
{
    private readonly AutoAdvanceClock _clock = new();

    public static TheoryData<string, int, bool, int> Cases { get; } = CreateCases();

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Each_method_is_retried_after_each_status_as_the_contract_requires(
        string method,
        int status,
        bool idempotencyKey,
        int sent
    )
    {
        foreach (var callStyle in Enum.GetValues<CallStyle>())
        {
            await using var server = new ScriptedServer(request => request.RespondAsync(status, "{}"));
            using var node = TestClients.Create(server.BaseAddress, _clock);

            await Assert.ThrowsAnyAsync<NodeDataApiException>(() =>
                node.Send(callStyle, new HttpMethod(method), "things/1", idempotencyKey: idempotencyKey ? "once" : null)
            );

            Assert.Equal(sent, server.Requests.Count);
        }
    }

    [Theory]
    [SyncAndAsync]
    public async Task A_call_that_succeeds_after_retries_returns_its_result(CallStyle callStyle)
    {
        await using var server = new ScriptedServer(request =>
            request.Index < 2 ? request.RespondAsync(503, "{}") : request.RespondAsync(200, TestClients.AccountJson)
        );
        using var node = TestClients.Create(server.BaseAddress, _clock);

        Assert.Equal("Ada", (await node.GetMe(callStyle)).Name);

        Assert.Equal(3, server.Requests.Count);
        Assert.Equal([TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1)], _clock.Delays);
    }

    [Theory]
    [InlineData("7", 7.0)]
    [InlineData("0", null)]
    [InlineData("10", 10.0)]
    [InlineData("1.5", 1.5)]
    [InlineData("Sat, 01 Aug 2026 12:00:04 GMT", 4.0)]
    public async Task Retry_After_is_honored_exactly(string header, double? seconds)
    {
        foreach (var callStyle in Enum.GetValues<CallStyle>())
        {
            var clock = new AutoAdvanceClock();
            await using var server = new ScriptedServer(request =>
                request.Index == 0
                    ? request.RespondAsync(429, "{}", $"Retry-After: {header}")
                    : request.RespondAsync(200, TestClients.AccountJson)
            );
            using var node = TestClients.Create(server.BaseAddress, clock);

            await node.GetMe(callStyle);

            Assert.Equal(seconds is { } wait ? [TimeSpan.FromSeconds(wait)] : [], clock.Delays);
        }
    }

    [Theory]
    [InlineData("11", 11.0)]
    [InlineData("3600", 3600.0)]
    [InlineData("99999999999999999999", int.MaxValue)]
    public async Task A_Retry_After_above_the_maximum_fails_at_once_and_is_on_the_exception(string header, double seconds)
    {
        await using var server = new ScriptedServer(request => request.RespondAsync(429, "{}", $"Retry-After: {header}"));
        using var node = TestClients.Create(server.BaseAddress, _clock);

        foreach (var callStyle in Enum.GetValues<CallStyle>())
        {
            var error = await Assert.ThrowsAsync<NodeDataRateLimitException>(() => node.GetMe(callStyle));
            Assert.Equal(TimeSpan.FromSeconds(seconds), error.RetryAfter);
        }

        Assert.Equal(2, server.Requests.Count);
        Assert.Empty(_clock.Delays);
    }

    [Theory]
    [InlineData("-5")]
    [InlineData("soon")]
    [InlineData("")]
    public async Task An_invalid_Retry_After_leaves_the_backoff(string header)
    {
        await using var server = new ScriptedServer(request =>
            request.Index == 0
                ? request.RespondAsync(503, "{}", $"Retry-After: {header}")
                : request.RespondAsync(200, TestClients.AccountJson)
        );
        using var node = TestClients.Create(server.BaseAddress, _clock);

        await node.GetMe(CallStyle.Async);

        Assert.Equal([TimeSpan.FromSeconds(0.5)], _clock.Delays);
    }

    [Theory]
    [SyncAndAsync]
    public async Task A_first_request_in_progress_under_the_idempotency_key_is_retried(CallStyle callStyle)
    {
        const string conflict = """{"error":{"code":"conflict","message":"The first request is still in progress."}}""";
        await using var server = new ScriptedServer(request =>
            request.Index == 0 ? request.RespondAsync(409, conflict, "Retry-After: 1") : request.RespondAsync(200, "{}")
        );
        using var node = TestClients.Create(server.BaseAddress, _clock);

        await node.Send(callStyle, HttpMethod.Post, "things", idempotencyKey: "once");

        Assert.Equal([TimeSpan.FromSeconds(1)], _clock.Delays);
        Assert.All(server.Requests, request => Assert.Contains("Idempotency-Key: once\r\n", request.Text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("conflict", "X-Nothing: 1")]
    [InlineData("idempotency_conflict", "Retry-After: 1")]
    public async Task Any_other_conflict_is_final(string code, string header)
    {
        await using var server = new ScriptedServer(request => request.RespondAsync(409, $$$"""{"error":{"code":"{{{code}}}"}}""", header));
        using var node = TestClients.Create(server.BaseAddress, _clock);

        await Assert.ThrowsAsync<NodeDataConflictException>(() =>
            node.Send(CallStyle.Async, HttpMethod.Post, "things", idempotencyKey: "once")
        );

        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    public async Task The_number_of_retries_comes_from_the_options_or_the_view(int retries)
    {
        await using var server = new ScriptedServer(request => request.RespondAsync(500, "{}"));
        using var byOptions = TestClients.Create(server.BaseAddress, _clock, configure: options => options.MaxRetries = retries);
        using var node = TestClients.Create(server.BaseAddress, _clock);

        foreach (var callStyle in Enum.GetValues<CallStyle>())
        {
            await Assert.ThrowsAsync<NodeDataServerException>(() => byOptions.GetMe(callStyle));
            await Assert.ThrowsAsync<NodeDataServerException>(() =>
                node.WithOptions(new NodeRequestOptions { MaxRetries = retries }).GetMe(callStyle)
            );
        }

        Assert.Equal(4 * (retries + 1), server.Requests.Count);
    }

    [Fact]
    public async Task The_backoff_doubles_up_to_its_maximum()
    {
        await using var server = new ScriptedServer(request => request.RespondAsync(500, "{}"));
        using var node = TestClients.Create(server.BaseAddress, _clock, configure: options => options.MaxRetries = 10);

        await Assert.ThrowsAsync<NodeDataServerException>(() => node.GetMe(CallStyle.Async));

        Assert.Equal([0.5, 1, 2, 4, 8, 8, 8, 8, 8, 8], _clock.Delays.Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public void The_delays_are_drawn_between_zero_and_the_maximum()
    {
        var failure = new NodeDataServerException(System.Net.HttpStatusCode.BadGateway, "x");

        Assert.Equal(TimeSpan.Zero, RetryRules.GetDelay(failure, 3, 0));
        Assert.Equal(TimeSpan.FromSeconds(1), RetryRules.GetDelay(failure, 3, 0.25));
        Assert.Equal(TimeSpan.FromSeconds(4), RetryRules.GetDelay(failure, 3, 1));

        var jitter = new NodeClientOptions().Jitter;
        var draws = Enumerable.Range(0, 1000).Select(_ => jitter()).ToList();
        Assert.All(draws, draw => Assert.InRange(draw, 0, 1));
        Assert.True(draws.Min() < 0.1 && draws.Max() > 0.9, "The draws cover the whole range.");
    }

    [Fact]
    public async Task A_delay_beyond_the_calls_timeout_is_not_started()
    {
        await using var server = new ScriptedServer(request => request.RespondAsync(429, "{}", "Retry-After: 8"));
        using var node = TestClients.Create(
            server.BaseAddress,
            _clock,
            configure: options => options.TotalTimeout = TimeSpan.FromSeconds(25)
        );

        var error = await Assert.ThrowsAsync<NodeDataRateLimitException>(() =>
            node.WithOptions(new NodeRequestOptions { MaxRetries = 10 }).GetMe(CallStyle.Async)
        );

        Assert.Equal(TimeSpan.FromSeconds(8), error.RetryAfter);
        Assert.Equal(3, _clock.Delays.Count);
    }

    private static TheoryData<string, int, bool, int> CreateCases()
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
