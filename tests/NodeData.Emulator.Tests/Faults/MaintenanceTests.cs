using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Emulator.Tests.Faults;

public sealed class MaintenanceTests
{
    [Fact]
    public async Task A_closed_gate_answers_in_the_second_error_shape()
    {
        await using var wire = await Wire.OpenAsync();
        wire.Emulator.Faults.Enqueue("*", EmulatorFault.RespondWithMaintenance(TimeSpan.FromHours(1)));

        var reply = await wire.Send("POST", "/v1/keys", """{"name":"made","mode":"test"}""");

        Assert.Equal(503, reply.Status);
        Assert.Equal(
            """{"error":"maintenance","message":"The service is closed for maintenance.","retry_after_seconds":3600}""",
            reply.Text
        );
        Assert.DoesNotContain("made", await wire.Names());
        Assert.Throws<ArgumentOutOfRangeException>(() => EmulatorFault.RespondWithMaintenance(TimeSpan.FromTicks(-1)));
    }

    [Theory]
    [InlineData("", "x")]
    [InlineData("With Space", "x")]
    [InlineData("X-Line", "a\r\nb")]
    [InlineData("X-Umlaut", "\u00e4")]
    public async Task A_header_that_HTTP_does_not_allow_is_refused_when_it_is_planned(string name, string value)
    {
        Assert.Throws<ArgumentException>(() => EmulatorFault.RespondWith(503, headers: new Dictionary<string, string> { [name] = value }));

        await using var wire = await Wire.OpenAsync(new EmulatorOptions { EnableControlApi = true });
        var body = System.Text.Json.JsonSerializer.Serialize(
            new
            {
                kind = "status",
                path = "/me",
                status = 503,
                headers = new Dictionary<string, string> { [name] = value },
            }
        );
        (await wire.SendWithoutKey("POST", "/control/faults", body)).IsRefusal(400, "validation_failed", "headers");
    }

    [Fact]
    public async Task The_control_surface_closes_the_gate_too()
    {
        await using var wire = await Wire.OpenAsync(new EmulatorOptions { EnableControlApi = true });

        await wire.SendWithoutKey("POST", "/control/faults", """{"kind":"maintenance","path":"/me","seconds":60}""");

        Assert.Contains("\"retry_after_seconds\":60", (await wire.Send("GET", "/v1/me")).Text, StringComparison.Ordinal);
    }
}
