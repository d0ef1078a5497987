using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Emulator.Tests.Control;

public sealed class ControlApiTests
{
    private static readonly EmulatorOptions WithControlApi = new() { EnableControlApi = true, TimeProvider = FrozenTimeProvider.Instance };

    [Fact]
    public async Task It_is_not_available_unless_enabled()
    {
        await using var client = await EmulatorClient.StartAsync();

        (await client.SendWithoutKey("POST", "/control/clock", """{"advance_seconds":60}""")).AssertError(401, "invalid_key");
        (await client.Send("POST", "/control/clock", """{"advance_seconds":60}""")).AssertError(404, "not_found");

        Assert.Equal(TimeSpan.Zero, client.Emulator.Clock.Offset);
    }

    [Theory]
    [InlineData("""{"kind":"respond_with","path":"/me","status":503,"body":"shut","headers":{"Retry-After":"9"},"method":"GET"}""", 503)]
    [InlineData("""{"kind":"respond_with","path":"*","status":429,"count":1}""", 429)]
    public async Task A_status_can_be_enqueued(string body, int status)
    {
        await using var client = await EmulatorClient.StartAsync(WithControlApi);

        Assert.Equal(200, (await client.SendWithoutKey("POST", "/control/faults", body)).Status);

        Assert.Equal(status, (await client.Send("GET", "/v1/me")).Status);
        Assert.Equal(200, (await client.Send("GET", "/v1/me")).Status);
    }

    [Theory]
    [InlineData("""{"kind":"reset_connection","path":"/me","count":2}""")]
    [InlineData("""{"kind":"truncate","path":"/me","bytes":3,"count":2}""")]
    [InlineData("""{"kind":"drop_response","path":"/me","count":2}""")]
    public async Task A_broken_response_can_be_enqueued_and_cleared(string body)
    {
        await using var client = await EmulatorClient.StartAsync(WithControlApi);
        await client.SendWithoutKey("POST", "/control/faults", body);
        await Assert.ThrowsAsync<HttpRequestException>(() => client.Send("GET", "/v1/me"));

        Assert.Equal(200, (await client.SendWithoutKey("DELETE", "/control/faults")).Status);

        Assert.Equal(200, (await client.Send("GET", "/v1/me")).Status);
    }

    [Fact]
    public async Task A_delay_can_be_enqueued_and_ended_by_advancing_the_clock()
    {
        await using var client = await EmulatorClient.StartAsync(WithControlApi);
        await client.SendWithoutKey("POST", "/control/faults", """{"kind":"delay","path":"/keys","seconds":3600}""");
        var pending = client.Send("GET", "/v1/keys");
        await client.WaitUntil(() => client.Emulator.Clock.ActiveTimerCount > 0);
        await client.SendWithoutKey("POST", "/control/clock", """{"advance_seconds":3600}""");

        Assert.Equal(200, (await pending).Status);
        Assert.Equal(TimeSpan.FromHours(1), client.Emulator.Clock.Offset);
    }

    [Theory]
    [InlineData("""{"path":"/me"}""", "kind")]
    [InlineData("""{"kind":"explode","path":"/me"}""", "kind")]
    [InlineData("""{"kind":"reset_connection"}""", "path")]
    [InlineData("""{"kind":"reset_connection","path":"me"}""", "path")]
    [InlineData("""{"kind":"reset_connection","path":"/me","count":0}""", "count")]
    [InlineData("""{"kind":"reset_connection","path":"/me","count":1.5}""", "count")]
    [InlineData("""{"kind":"respond_with","path":"/me"}""", "status")]
    [InlineData("""{"kind":"respond_with","path":"/me","status":100}""", "status")]
    [InlineData("""{"kind":"respond_with","path":"/me","status":500,"headers":{"a":1}}""", "headers")]
    [InlineData("""{"kind":"respond_with","path":"/me","status":500,"headers":{"a":"1","A":"2"}}""", "headers")]
    [InlineData("""{"kind":"delay","path":"/me"}""", "seconds")]
    [InlineData("[]", null)]
    [InlineData("nonsense", null)]
    public async Task An_invalid_fault_is_rejected_naming_the_field(string body, string? field)
    {
        await using var client = await EmulatorClient.StartAsync(WithControlApi);

        (await client.SendWithoutKey("POST", "/control/faults", body)).AssertError(400, "validation_failed", field);

        Assert.Equal(200, (await client.Send("GET", "/v1/me")).Status);
    }

    [Fact]
    public async Task The_clock_can_be_advanced_and_read()
    {
        await using var client = await EmulatorClient.StartAsync(WithControlApi);

        var moved = await client.SendWithoutKey("POST", "/control/clock", """{"advance_seconds":90.5}""");
        var read = await client.SendWithoutKey("GET", "/control/clock");

        Assert.Equal(90.5, moved.Json.GetProperty("offset_seconds").GetDouble());
        Assert.Equal(90.5, read.Json.GetProperty("offset_seconds").GetDouble());
        Assert.Equal(TimeSpan.FromSeconds(90.5), client.Emulator.Clock.Offset);
        Assert.Equal(client.Emulator.Clock.GetUtcNow(), DateTimeOffset.Parse(read.Member("now")!), TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"advance_seconds":-1}""")]
    [InlineData("""{"advance_seconds":"60"}""")]
    [InlineData("""{"advance_seconds":1e300}""")]
    [InlineData("""{"advance_seconds":3155760000}""")]
    public async Task An_invalid_advance_does_not_change_the_clock(string body)
    {
        await using var client = await EmulatorClient.StartAsync(WithControlApi);
        client.Emulator.Clock.Advance(TimeSpan.FromHours(1));

        (await client.SendWithoutKey("POST", "/control/clock", body)).AssertError(400, "validation_failed", "advance_seconds");

        Assert.Equal(TimeSpan.FromHours(1), client.Emulator.Clock.Offset);
    }
}
