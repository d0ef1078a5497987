using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Emulator.Tests.Control;

public sealed class ControlTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_not_there_unless_asked_for()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var caller = new Caller(emulator);

        Assert.Equal(404, (await caller.GetAsync("/control/clock")).Status);
    }

    [Fact]
    public async Task It_plans_faults_moves_the_clock_shows_the_ledger_and_resets()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(new EmulatorOptions { ControlSurface = true }, Token);
        using var caller = new Caller(emulator);

        await caller.PostAsync(
            "/control/faults",
            """{"kind":"status","path":"/me","status":503,"body":"shut","headers":{"Retry-After":"2"}}"""
        );
        var shut = await caller.GetAsync("/me");
        Assert.Equal((503, "shut", "2"), (shut.Status, shut.Body, shut.Headers["Retry-After"]));
        Assert.Equal(200, (await caller.GetAsync("/me")).Status);

        Assert.Equal("86400", (await caller.PostAsync("/control/clock", """{"advance_seconds":86400}"""))["offset_seconds"]);
        Assert.Equal(TimeSpan.FromDays(1), emulator.Clock.Offset);

        var items = (await caller.GetAsync("/control/requests")).Json.GetProperty("items");
        Assert.Equal([503, 200], items.EnumerateArray().Select(item => item.GetProperty("status").GetInt32()));

        await caller.PostAsync("/control/faults", """{"kind":"reset","path":"*","count":3}""");
        await caller.DeleteAsync("/control/faults");
        await caller.PostAsync("/control/reset", "{}");
        Assert.Empty(emulator.Requests);
        Assert.Equal(TimeSpan.Zero, emulator.Clock.Offset);
        Assert.Equal(200, (await caller.GetAsync("/me")).Status);
    }

    [Theory]
    [InlineData("""{"kind":"explode","path":"/me"}""", "kind")]
    [InlineData("""{"kind":"status","path":"me","status":500}""", "path")]
    [InlineData("""{"kind":"status","path":"/me"}""", "status")]
    [InlineData("""{"kind":"reset","path":"/me","count":0}""", "count")]
    [InlineData("""{"kind":"status","path":"/me","status":500,"headers":7}""", "headers")]
    public async Task A_wrong_fault_names_its_field(string body, string field)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(new EmulatorOptions { ControlSurface = true }, Token);
        using var caller = new Caller(emulator);

        Assert.Equal(field, (await caller.PostAsync("/control/faults", body)).Field);
        Assert.Equal("advance_seconds", (await caller.PostAsync("/control/clock", """{"advance_seconds":-1}""")).Field);
        Assert.Equal(404, (await caller.GetAsync("/control/nothing")).Status);
    }

    [Theory]
    [InlineData("Origin", "https://example.com")]
    [InlineData("Host", "example.com")]
    public async Task No_web_page_can_steer_it(string header, string value)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(new EmulatorOptions { ControlSurface = true }, Token);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(emulator.BaseAddress, "/control/reset"));
        request.Headers.TryAddWithoutValidation(header, value);

        using var response = await http.SendAsync(request, Token);

        Assert.Equal(403, (int)response.StatusCode);
    }
}
