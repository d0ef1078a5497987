using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Emulator.Tests.Faults;

public sealed class EmulatorFaultTests
{
    private const string Creation = """{"name":"made","mode":"test"}""";

    [Fact]
    public async Task A_status_comes_in_place_of_the_work()
    {
        await using var wire = await Wire.OpenAsync();
        var headers = new Dictionary<string, string> { ["Retry-After"] = "7", ["x-request-id"] = "req_pinned" };
        wire.Emulator.Faults.Enqueue("/keys", EmulatorFault.RespondWith(503, "<p>closed</p>", headers, "text/html"));

        var reply = await wire.Send("POST", "/v1/keys", Creation);

        Assert.Equal((503, "<p>closed</p>"), (reply.Status, reply.Text));
        Assert.Equal(("7", "req_pinned", "text/html"), (reply.Header("Retry-After"), reply.RequestId, reply.Header("Content-Type")));
        Assert.DoesNotContain("made", await wire.Names());
    }

    [Theory]
    [InlineData(400)]
    [InlineData(500)]
    [InlineData(599)]
    public async Task A_status_without_a_body_has_the_error_shape_of_the_service(int status)
    {
        await using var wire = await Wire.OpenAsync();
        wire.Emulator.Faults.Enqueue("/me", EmulatorFault.RespondWith(status));

        (await wire.Send("GET", "/v1/me")).IsRefusal(status, "fault");
    }

    [Theory]
    [InlineData(200)]
    [InlineData(204)]
    [InlineData(205)]
    [InlineData(304)]
    public async Task A_status_may_have_no_body_at_all(int status)
    {
        await using var wire = await Wire.OpenAsync();
        wire.Emulator.Faults.Enqueue("/me", EmulatorFault.RespondWith(status, ""));

        var reply = await wire.Send("GET", "/v1/me");

        Assert.Equal((status, ""), (reply.Status, reply.Text));
    }

    [Theory]
    [InlineData(204)]
    [InlineData(304)]
    public async Task A_status_that_allows_no_body_is_sent_without_one(int status)
    {
        await using var wire = await Wire.OpenAsync();
        wire.Emulator.Faults.Enqueue("/me", EmulatorFault.RespondWith(status));

        var reply = await wire.Send("GET", "/v1/me");

        Assert.Equal((status, ""), (reply.Status, reply.Text));
    }

    [Fact]
    public async Task A_reset_ends_the_connection_and_does_no_work()
    {
        await using var wire = await Wire.OpenAsync();
        wire.Emulator.Faults.Enqueue("/keys", EmulatorFault.ResetConnection());
        using var connection = await RawConnection.OpenAsync(wire.Emulator.BaseAddress);

        await connection.SendRequest("POST", "/v1/keys", wire.TestKey, Creation);

        Assert.Equal(("", true), await connection.ReadToEnd());
        Assert.DoesNotContain("made", await wire.Names());
    }

    [Fact]
    public async Task A_lost_answer_ends_the_connection_after_the_work()
    {
        await using var wire = await Wire.OpenAsync();
        wire.Emulator.Faults.Enqueue("/keys", EmulatorFault.DropResponse());
        using var connection = await RawConnection.OpenAsync(wire.Emulator.BaseAddress);

        await connection.SendRequest("POST", "/v1/keys", wire.TestKey, Creation);

        Assert.Equal(("", true), await connection.ReadToEnd());
        Assert.Single(await wire.Names(), name => name == "made");
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(10, 10)]
    [InlineData(int.MaxValue, -1)]
    public async Task A_truncated_answer_announces_more_than_it_brings(int bytes, int expected)
    {
        await using var wire = await Wire.OpenAsync();
        wire.Emulator.Faults.Enqueue("/keys", EmulatorFault.Truncate(bytes));
        using var connection = await RawConnection.OpenAsync(wire.Emulator.BaseAddress);

        await connection.SendRequest("POST", "/v1/keys", wire.TestKey, Creation);
        var (text, _) = await connection.ReadToEnd();

        var parts = text.Split("\r\n\r\n");
        var announced = int.Parse(
            parts[0].Split("Content-Length: ")[1].Split("\r\n")[0],
            System.Globalization.CultureInfo.InvariantCulture
        );
        Assert.StartsWith("HTTP/1.1 201 ", text, StringComparison.Ordinal);
        Assert.Equal(expected >= 0 ? expected : announced - 1, parts[1].Length);
        Assert.Single(await wire.Names(), name => name == "made");
    }

    [Fact]
    public async Task A_delayed_request_works_once_the_clock_has_moved_on()
    {
        await using var wire = await Wire.OpenAsync();
        wire.Emulator.Faults.Enqueue("/keys", EmulatorFault.Delay(TimeSpan.FromHours(1)), method: "POST");
        var held = wire.Send("POST", "/v1/keys", Creation);

        await wire.Until(() => wire.Emulator.Clock.ActiveTimerCount > 0);
        Assert.DoesNotContain("made", await wire.Names());
        Assert.False(held.IsCompleted);
        var reply = await wire.AdvanceWhenHeld(TimeSpan.FromHours(1), held);

        Assert.Equal(201, reply.Status);
        Assert.Single(await wire.Names(), name => name == "made");
    }
}
