using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Emulator.Tests.RecordedRequests;

public sealed class RecordedRequestTests
{
    [Fact]
    public async Task A_request_is_recorded_with_its_headers()
    {
        await using var client = await EmulatorClient.StartAsync();
        var before = client.Emulator.Clock.GetUtcNow().AddSeconds(-1);

        var response = await client.Send(
            "POST",
            "/api/v1/keys?a=b%20c",
            """{"name":"a","mode":"test"}""",
            headers: [("Idempotency-Key", "one"), ("User-Agent", "tests/1.0 (x)")]
        );

        var request = Assert.Single(client.Emulator.Requests);
        Assert.Equal(("POST", "/api/v1/keys?a=b%20c", 201), (request.Method, request.Path, request.Status));
        Assert.Equal(("one", "tests/1.0 (x)"), (request.IdempotencyKey, request.UserAgent));
        Assert.Equal(response.RequestId, request.RequestId);
        Assert.Equal($"nd_test_…{client.TestKey[^4..]}", request.KeyHint);
        Assert.InRange(request.ReceivedAt, before, client.Emulator.Clock.GetUtcNow());
    }

    [Fact]
    public async Task Every_request_is_recorded_once_in_order_regardless_of_its_outcome()
    {
        await using var client = await EmulatorClient.StartAsync();
        await client.Send("GET", "/v1/me");
        await client.SendWithoutKey("GET", "/v1/me");
        await client.Send("GET", "/elsewhere");
        await client.Send("PUT", "/v1/me");
        await client.Send("POST", "/v1/keys", new string(' ', 1024 * 1024 + 1), null, ("Expect", "100-continue"));
        client.Emulator.Faults.Enqueue("*", EmulatorFault.RespondWith(503));
        await client.Send("GET", "/v1/me");
        client.Emulator.Faults.Enqueue("*", EmulatorFault.Truncate(3));
        await Assert.ThrowsAsync<HttpRequestException>(() => client.Send("GET", "/v1/me"));
        client.Emulator.Faults.Enqueue("*", EmulatorFault.DropResponse());
        await Assert.ThrowsAsync<HttpRequestException>(() => client.Send("DELETE", "/v1/me"));
        client.Emulator.Faults.Enqueue("*", EmulatorFault.ResetConnection());
        await Assert.ThrowsAsync<HttpRequestException>(() => client.Send("DELETE", "/v1/me"));

        int?[] expected = [200, 401, 404, 405, 413, 503, 200, null, null];
        Assert.Equal(expected, client.Emulator.Requests.Select(request => request.Status));
        Assert.Equal(expected.Length, client.Emulator.Requests.Select(request => request.RequestId).Distinct().Count());
        Assert.Null(client.Emulator.Requests[1].KeyHint);
    }

    [Fact]
    public async Task A_rate_limited_request_is_recorded()
    {
        await using var client = await EmulatorClient.StartAsync();
        for (var i = 0; i < 121; i++)
        {
            await client.Send("PUT", "/v1/me");
        }

        Assert.Equal(121, client.Emulator.Requests.Count);
        Assert.Equal(429, client.Emulator.Requests[^1].Status);
    }

    [Fact]
    public async Task A_request_of_a_client_that_disconnects_while_delayed_is_recorded_without_a_status_and_not_processed()
    {
        await using var client = await EmulatorClient.StartAsync();
        client.Emulator.Faults.Enqueue("/keys", EmulatorFault.Delay(TimeSpan.FromHours(1)), method: "POST");
        using (var connection = await RawConnection.OpenAsync(client.Emulator.BaseAddress))
        {
            await connection.SendRequest("POST", "/v1/keys", client.TestKey, """{"name":"given up","mode":"test"}""");
        }

        await client.WaitUntil(() => client.Emulator.Requests.Any(request => request.Method == "POST"));

        Assert.Null(Assert.Single(client.Emulator.Requests, request => request.Method == "POST").Status);
        Assert.DoesNotContain("given up", await client.ListKeyNames());
    }

    [Theory]
    [InlineData("Content-Length: 99\r\n\r\n{")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nno size\r\n")]
    public async Task An_incomplete_request_is_recorded_without_a_status(string rest)
    {
        await using var client = await EmulatorClient.StartAsync();
        using (var connection = await RawConnection.OpenAsync(client.Emulator.BaseAddress))
        {
            await connection.Send($"POST /v1/keys HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {client.TestKey}\r\n{rest}");
        }

        await client.WaitUntil(() => client.Emulator.Requests.Any(request => request.Method == "POST"));

        Assert.Null(Assert.Single(client.Emulator.Requests, request => request.Method == "POST").Status);
    }
}
