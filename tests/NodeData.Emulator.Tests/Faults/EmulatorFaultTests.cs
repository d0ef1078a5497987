using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Emulator.Tests.Faults;

public sealed class EmulatorFaultTests
{
    private const string Creation = """{"name":"made","mode":"test"}""";

    [Fact]
    public async Task A_status_is_returned_instead_of_processing_the_request()
    {
        await using var client = await EmulatorClient.StartAsync();
        var headers = new Dictionary<string, string> { ["Retry-After"] = "7", ["x-request-id"] = "req_pinned" };
        client.Emulator.Faults.Enqueue("/keys", EmulatorFault.RespondWith(503, "<p>closed</p>", headers, "text/html"));

        var response = await client.Send("POST", "/v1/keys", Creation);

        Assert.Equal((503, "<p>closed</p>"), (response.Status, response.Text));
        Assert.Equal(
            ("7", "req_pinned", "text/html"),
            (response.Header("Retry-After"), response.RequestId, response.Header("Content-Type"))
        );
        Assert.DoesNotContain("made", await client.ListKeyNames());
    }

    [Theory]
    [InlineData(400)]
    [InlineData(500)]
    [InlineData(599)]
    public async Task A_status_without_a_body_has_the_error_shape_of_the_service(int status)
    {
        await using var client = await EmulatorClient.StartAsync();
        client.Emulator.Faults.Enqueue("/me", EmulatorFault.RespondWith(status));

        (await client.Send("GET", "/v1/me")).AssertError(status, "fault");
    }

    [Theory]
    [InlineData(200)]
    [InlineData(204)]
    [InlineData(205)]
    [InlineData(304)]
    public async Task A_status_may_have_no_body_at_all(int status)
    {
        await using var client = await EmulatorClient.StartAsync();
        client.Emulator.Faults.Enqueue("/me", EmulatorFault.RespondWith(status, ""));

        var response = await client.Send("GET", "/v1/me");

        Assert.Equal((status, ""), (response.Status, response.Text));
    }

    [Theory]
    [InlineData(204)]
    [InlineData(304)]
    public async Task A_status_that_allows_no_body_is_sent_without_one(int status)
    {
        await using var client = await EmulatorClient.StartAsync();
        client.Emulator.Faults.Enqueue("/me", EmulatorFault.RespondWith(status));

        var response = await client.Send("GET", "/v1/me");

        Assert.Equal((status, ""), (response.Status, response.Text));
    }

    [Fact]
    public async Task A_connection_reset_does_not_process_the_request()
    {
        await using var client = await EmulatorClient.StartAsync();
        client.Emulator.Faults.Enqueue("/keys", EmulatorFault.ResetConnection());
        using var connection = await RawConnection.OpenAsync(client.Emulator.BaseAddress);

        await connection.SendRequest("POST", "/v1/keys", client.TestKey, Creation);

        Assert.Equal(("", true), await connection.ReadToEnd());
        Assert.DoesNotContain("made", await client.ListKeyNames());
    }

    [Fact]
    public async Task A_dropped_response_resets_the_connection_after_processing()
    {
        await using var client = await EmulatorClient.StartAsync();
        client.Emulator.Faults.Enqueue("/keys", EmulatorFault.DropResponse());
        using var connection = await RawConnection.OpenAsync(client.Emulator.BaseAddress);

        await connection.SendRequest("POST", "/v1/keys", client.TestKey, Creation);

        Assert.Equal(("", true), await connection.ReadToEnd());
        Assert.Single(await client.ListKeyNames(), name => name == "made");
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(10, 10)]
    [InlineData(int.MaxValue, -1)]
    public async Task A_truncated_response_is_shorter_than_its_content_length(int bytes, int expected)
    {
        await using var client = await EmulatorClient.StartAsync();
        client.Emulator.Faults.Enqueue("/keys", EmulatorFault.Truncate(bytes));
        using var connection = await RawConnection.OpenAsync(client.Emulator.BaseAddress);

        await connection.SendRequest("POST", "/v1/keys", client.TestKey, Creation);
        var (text, _) = await connection.ReadToEnd();

        var parts = text.Split("\r\n\r\n");
        var announced = int.Parse(
            parts[0].Split("Content-Length: ")[1].Split("\r\n")[0],
            System.Globalization.CultureInfo.InvariantCulture
        );
        Assert.StartsWith("HTTP/1.1 201 ", text, StringComparison.Ordinal);
        Assert.Equal(expected >= 0 ? expected : announced - 1, parts[1].Length);
        Assert.Single(await client.ListKeyNames(), name => name == "made");
    }

    [Fact]
    public async Task A_delayed_request_is_processed_once_the_clock_has_advanced()
    {
        await using var client = await EmulatorClient.StartAsync();
        client.Emulator.Faults.Enqueue("/keys", EmulatorFault.Delay(TimeSpan.FromHours(1)), method: "POST");
        var pending = client.Send("POST", "/v1/keys", Creation);

        await client.WaitUntil(() => client.Emulator.Clock.ActiveTimerCount > 0);
        Assert.DoesNotContain("made", await client.ListKeyNames());
        Assert.False(pending.IsCompleted);
        var response = await client.AdvanceWhenWaiting(TimeSpan.FromHours(1), pending);

        Assert.Equal(201, response.Status);
        Assert.Single(await client.ListKeyNames(), name => name == "made");
    }
}
