using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Emulator.Tests.Ledger;

public sealed class LedgerTests
{
    [Fact]
    public async Task A_request_is_there_with_what_came_with_it()
    {
        await using var wire = await Wire.OpenAsync();
        var before = wire.Emulator.Clock.GetUtcNow().AddSeconds(-1);

        var reply = await wire.Send(
            "POST",
            "/api/v1/keys?a=b%20c",
            """{"name":"a","mode":"test"}""",
            headers: [("Idempotency-Key", "one"), ("User-Agent", "tests/1.0 (x)")]
        );

        var request = Assert.Single(wire.Emulator.Requests);
        Assert.Equal(("POST", "/api/v1/keys?a=b%20c", 201), (request.Method, request.Path, request.Status));
        Assert.Equal(("one", "tests/1.0 (x)"), (request.IdempotencyKey, request.UserAgent));
        Assert.Equal(reply.RequestId, request.RequestId);
        Assert.Equal($"nd_test_…{wire.TestKey[^4..]}", request.KeyHint);
        Assert.InRange(request.ReceivedAt, before, wire.Emulator.Clock.GetUtcNow());
    }

    [Fact]
    public async Task Every_request_is_there_once_in_order_whatever_became_of_it()
    {
        await using var wire = await Wire.OpenAsync();
        await wire.Send("GET", "/v1/me");
        await wire.SendWithoutKey("GET", "/v1/me");
        await wire.Send("GET", "/elsewhere");
        await wire.Send("PUT", "/v1/me");
        await wire.Send("POST", "/v1/keys", new string(' ', 1024 * 1024 + 1), null, ("Expect", "100-continue"));
        wire.Emulator.Faults.Enqueue("*", EmulatorFault.RespondWith(503));
        await wire.Send("GET", "/v1/me");
        wire.Emulator.Faults.Enqueue("*", EmulatorFault.Truncate(3));
        await Assert.ThrowsAsync<HttpRequestException>(() => wire.Send("GET", "/v1/me"));
        wire.Emulator.Faults.Enqueue("*", EmulatorFault.DropResponse());
        await Assert.ThrowsAsync<HttpRequestException>(() => wire.Send("DELETE", "/v1/me"));
        wire.Emulator.Faults.Enqueue("*", EmulatorFault.ResetConnection());
        await Assert.ThrowsAsync<HttpRequestException>(() => wire.Send("DELETE", "/v1/me"));

        int?[] expected = [200, 401, 404, 405, 413, 503, 200, null, null];
        Assert.Equal(expected, wire.Emulator.Requests.Select(request => request.Status));
        Assert.Equal(expected.Length, wire.Emulator.Requests.Select(request => request.RequestId).Distinct().Count());
        Assert.Null(wire.Emulator.Requests[1].KeyHint);
    }

    [Fact]
    public async Task A_limited_request_is_there_too()
    {
        await using var wire = await Wire.OpenAsync();
        for (var i = 0; i < 121; i++)
        {
            await wire.Send("PUT", "/v1/me");
        }

        Assert.Equal(121, wire.Emulator.Requests.Count);
        Assert.Equal(429, wire.Emulator.Requests[^1].Status);
    }

    [Fact]
    public async Task A_client_that_went_away_while_it_waited_is_there_without_a_status_and_did_nothing()
    {
        await using var wire = await Wire.OpenAsync();
        wire.Emulator.Faults.Enqueue("/keys", EmulatorFault.Delay(TimeSpan.FromHours(1)), method: "POST");
        using (var connection = await RawConnection.OpenAsync(wire.Emulator.BaseAddress))
        {
            await connection.SendRequest("POST", "/v1/keys", wire.TestKey, """{"name":"given up","mode":"test"}""");
        }

        await wire.Until(() => wire.Emulator.Requests.Any(request => request.Method == "POST"));

        Assert.Null(Assert.Single(wire.Emulator.Requests, request => request.Method == "POST").Status);
        Assert.DoesNotContain("given up", await wire.Names());
    }

    [Theory]
    [InlineData("Content-Length: 99\r\n\r\n{")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nno size\r\n")]
    public async Task A_request_that_never_came_to_its_end_is_there_without_a_status(string rest)
    {
        await using var wire = await Wire.OpenAsync();
        using (var connection = await RawConnection.OpenAsync(wire.Emulator.BaseAddress))
        {
            await connection.Send($"POST /v1/keys HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {wire.TestKey}\r\n{rest}");
        }

        await wire.Until(() => wire.Emulator.Requests.Any(request => request.Method == "POST"));

        Assert.Null(Assert.Single(wire.Emulator.Requests, request => request.Method == "POST").Status);
    }
}
