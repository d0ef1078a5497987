using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Emulator.Tests.Control;

public sealed class RecordedRequestsAndResetTests
{
    private static readonly EmulatorOptions WithControlApi = new() { EnableControlApi = true, TimeProvider = FrozenTimeProvider.Instance };

    [Fact]
    public async Task Recorded_requests_can_be_read_and_do_not_include_the_read()
    {
        await using var client = await EmulatorClient.StartAsync(WithControlApi);
        var response = await client.Send("GET", "/v1/keys?key=nd_test_s3cret");
        client.Emulator.Faults.Enqueue("/me", EmulatorFault.DropResponse());
        await Assert.ThrowsAsync<HttpRequestException>(() => client.Send("DELETE", "/v1/me"));

        await client.SendWithoutKey("GET", "/control/requests");
        var items = (await client.SendWithoutKey("GET", "/control/requests")).Items;

        Assert.Equal(2, items.Length);
        Assert.Equal("/v1/keys?key=nd_test_…", items[0].GetProperty("path").GetString());
        Assert.Equal(response.RequestId, items[0].GetProperty("request_id").GetString());
        Assert.Equal(200, items[0].GetProperty("status").GetInt32());
        Assert.Equal($"nd_test_…{client.TestKey[^4..]}", items[0].GetProperty("key_hint").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, items[1].GetProperty("status").ValueKind);
    }

    [Fact]
    public async Task A_reset_restores_the_initial_state()
    {
        await using var client = await EmulatorClient.StartAsync(WithControlApi);
        await client.Create("made");
        client.Emulator.Faults.Enqueue("*", EmulatorFault.RespondWith(500));
        client.Emulator.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(200, (await client.SendWithoutKey("POST", "/control/reset")).Status);

        Assert.Equal(TimeSpan.Zero, client.Emulator.Clock.Offset);
        Assert.Empty(client.Emulator.Requests);
        Assert.DoesNotContain("made", await client.ListKeyNames());
    }

    [Theory]
    [InlineData("Origin", "https://example.com")]
    [InlineData("Origin", "null")]
    [InlineData("Host", "emulator.example.com")]
    [InlineData("Host", "127.0.0.1.example.com")]
    [InlineData("Host", "localhost.example.com:80")]
    public async Task Requests_that_a_web_page_could_send_are_denied(string header, string value)
    {
        await using var client = await EmulatorClient.StartAsync(WithControlApi);
        await client.Create("kept");

        var response = await client.SendWithoutKey("POST", "/control/reset", headers: (header, value));

        response.AssertError(403, "control_denied");
        Assert.Contains("kept", await client.ListKeyNames());
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST:1")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]:5190")]
    public async Task Host_names_of_this_machine_are_accepted(string host)
    {
        await using var client = await EmulatorClient.StartAsync(WithControlApi);

        Assert.Equal(200, (await client.SendWithoutKey("GET", "/control/clock", headers: ("Host", host))).Status);
    }

    [Theory]
    [InlineData("GET", "/control")]
    [InlineData("GET", "/control/faults")]
    [InlineData("POST", "/control/requests")]
    public async Task Unknown_calls_are_not_found(string method, string path)
    {
        await using var client = await EmulatorClient.StartAsync(WithControlApi);

        (await client.SendWithoutKey(method, path)).AssertError(404, "not_found");
    }
}
