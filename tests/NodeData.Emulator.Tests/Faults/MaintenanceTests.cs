using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Emulator.Tests.Faults;

public sealed class MaintenanceTests
{
    [Fact]
    public async Task Maintenance_responds_in_the_second_error_shape()
    {
        await using var client = await EmulatorClient.StartAsync();
        client.Emulator.Faults.Enqueue("*", EmulatorFault.RespondWithMaintenance(TimeSpan.FromHours(1)));

        var response = await client.Send("POST", "/v1/keys", """{"name":"made","mode":"test"}""");

        Assert.Equal(503, response.Status);
        Assert.Equal(
            """{"error":"maintenance","message":"The service is closed for maintenance.","retry_after_seconds":3600}""",
            response.Text
        );
        Assert.DoesNotContain("made", await client.ListKeyNames());
        Assert.Throws<ArgumentOutOfRangeException>(() => EmulatorFault.RespondWithMaintenance(TimeSpan.FromTicks(-1)));
    }

    [Theory]
    [InlineData("", "x")]
    [InlineData("With Space", "x")]
    [InlineData("X-Line", "a\r\nb")]
    [InlineData("X-Umlaut", "\u00e4")]
    public async Task A_header_that_HTTP_does_not_allow_is_rejected_when_it_is_enqueued(string name, string value)
    {
        Assert.Throws<ArgumentException>(() => EmulatorFault.RespondWith(503, headers: new Dictionary<string, string> { [name] = value }));

        await using var client = await EmulatorClient.StartAsync(new EmulatorOptions { EnableControlApi = true });
        var body = System.Text.Json.JsonSerializer.Serialize(
            new
            {
                kind = "respond_with",
                path = "/me",
                status = 503,
                headers = new Dictionary<string, string> { [name] = value },
            }
        );
        (await client.SendWithoutKey("POST", "/control/faults", body)).AssertError(400, "validation_failed", "headers");
    }

    [Fact]
    public async Task The_control_API_enqueues_maintenance()
    {
        await using var client = await EmulatorClient.StartAsync(new EmulatorOptions { EnableControlApi = true });

        await client.SendWithoutKey("POST", "/control/faults", """{"kind":"respond_with_maintenance","path":"/me","seconds":60}""");

        Assert.Contains("\"retry_after_seconds\":60", (await client.Send("GET", "/v1/me")).Text, StringComparison.Ordinal);
    }
}
