using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Emulator.Tests.Control;

public sealed class ControlSurfaceTests
{
    private static readonly EmulatorOptions On = new() { EnableControlApi = true, TimeProvider = StandingTime.Instance };

    [Fact]
    public async Task Where_it_was_not_asked_for_it_is_not_there()
    {
        await using var wire = await Wire.OpenAsync();

        (await wire.SendWithoutKey("POST", "/control/clock", """{"advance_seconds":60}""")).IsRefusal(401, "invalid_key");
        (await wire.Send("POST", "/control/clock", """{"advance_seconds":60}""")).IsRefusal(404, "not_found");

        Assert.Equal(TimeSpan.Zero, wire.Emulator.Clock.Offset);
    }

    [Theory]
    [InlineData("""{"kind":"status","path":"/me","status":503,"body":"shut","headers":{"Retry-After":"9"},"method":"GET"}""", 503)]
    [InlineData("""{"kind":"status","path":"*","status":429,"count":1}""", 429)]
    public async Task A_status_can_be_planned(string body, int status)
    {
        await using var wire = await Wire.OpenAsync(On);

        Assert.Equal(200, (await wire.SendWithoutKey("POST", "/control/faults", body)).Status);

        Assert.Equal(status, (await wire.Send("GET", "/v1/me")).Status);
        Assert.Equal(200, (await wire.Send("GET", "/v1/me")).Status);
    }

    [Theory]
    [InlineData("""{"kind":"reset","path":"/me","count":2}""")]
    [InlineData("""{"kind":"truncate","path":"/me","bytes":3,"count":2}""")]
    [InlineData("""{"kind":"lose_answer","path":"/me","count":2}""")]
    public async Task A_broken_answer_can_be_planned_and_taken_back(string body)
    {
        await using var wire = await Wire.OpenAsync(On);
        await wire.SendWithoutKey("POST", "/control/faults", body);
        await Assert.ThrowsAsync<HttpRequestException>(() => wire.Send("GET", "/v1/me"));

        Assert.Equal(200, (await wire.SendWithoutKey("DELETE", "/control/faults")).Status);

        Assert.Equal(200, (await wire.Send("GET", "/v1/me")).Status);
    }

    [Fact]
    public async Task A_delay_can_be_planned_and_ended_by_moving_the_clock()
    {
        await using var wire = await Wire.OpenAsync(On);
        await wire.SendWithoutKey("POST", "/control/faults", """{"kind":"delay","path":"/keys","seconds":3600}""");
        var held = wire.Send("GET", "/v1/keys");
        await wire.Until(() => wire.Emulator.Clock.ActiveTimerCount > 0);
        await wire.SendWithoutKey("POST", "/control/clock", """{"advance_seconds":3600}""");

        Assert.Equal(200, (await held).Status);
        Assert.Equal(TimeSpan.FromHours(1), wire.Emulator.Clock.Offset);
    }

    [Theory]
    [InlineData("""{"path":"/me"}""", "kind")]
    [InlineData("""{"kind":"explode","path":"/me"}""", "kind")]
    [InlineData("""{"kind":"reset"}""", "path")]
    [InlineData("""{"kind":"reset","path":"me"}""", "path")]
    [InlineData("""{"kind":"reset","path":"/me","count":0}""", "count")]
    [InlineData("""{"kind":"reset","path":"/me","count":1.5}""", "count")]
    [InlineData("""{"kind":"status","path":"/me"}""", "status")]
    [InlineData("""{"kind":"status","path":"/me","status":100}""", "status")]
    [InlineData("""{"kind":"status","path":"/me","status":500,"headers":{"a":1}}""", "headers")]
    [InlineData("""{"kind":"status","path":"/me","status":500,"headers":{"a":"1","A":"2"}}""", "headers")]
    [InlineData("""{"kind":"delay","path":"/me"}""", "seconds")]
    [InlineData("[]", null)]
    [InlineData("nonsense", null)]
    public async Task A_wrong_plan_is_refused_naming_the_field(string body, string? field)
    {
        await using var wire = await Wire.OpenAsync(On);

        (await wire.SendWithoutKey("POST", "/control/faults", body)).IsRefusal(400, "validation_failed", field);

        Assert.Equal(200, (await wire.Send("GET", "/v1/me")).Status);
    }

    [Fact]
    public async Task The_clock_can_be_moved_and_read()
    {
        await using var wire = await Wire.OpenAsync(On);

        var moved = await wire.SendWithoutKey("POST", "/control/clock", """{"advance_seconds":90.5}""");
        var read = await wire.SendWithoutKey("GET", "/control/clock");

        Assert.Equal(90.5, moved.Json.GetProperty("offset_seconds").GetDouble());
        Assert.Equal(90.5, read.Json.GetProperty("offset_seconds").GetDouble());
        Assert.Equal(TimeSpan.FromSeconds(90.5), wire.Emulator.Clock.Offset);
        Assert.Equal(wire.Emulator.Clock.GetUtcNow(), DateTimeOffset.Parse(read.Member("now")!), TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"advance_seconds":-1}""")]
    [InlineData("""{"advance_seconds":"60"}""")]
    [InlineData("""{"advance_seconds":1e300}""")]
    [InlineData("""{"advance_seconds":3155760000}""")]
    public async Task The_clock_is_not_moved_by_what_is_no_advance(string body)
    {
        await using var wire = await Wire.OpenAsync(On);
        wire.Emulator.Clock.Advance(TimeSpan.FromHours(1));

        (await wire.SendWithoutKey("POST", "/control/clock", body)).IsRefusal(400, "validation_failed", "advance_seconds");

        Assert.Equal(TimeSpan.FromHours(1), wire.Emulator.Clock.Offset);
    }
}
