using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Emulator.Tests.Control;

public sealed class LedgerAndResetTests
{
    private static readonly EmulatorOptions On = new() { EnableControlApi = true, TimeProvider = StandingTime.Instance };

    [Fact]
    public async Task The_ledger_can_be_read_and_does_not_hold_the_reading()
    {
        await using var wire = await Wire.OpenAsync(On);
        var reply = await wire.Send("GET", "/v1/keys?key=nd_test_s3cret");
        wire.Emulator.Faults.Enqueue("/me", EmulatorFault.DropResponse());
        await Assert.ThrowsAsync<HttpRequestException>(() => wire.Send("DELETE", "/v1/me"));

        await wire.SendWithoutKey("GET", "/control/requests");
        var items = (await wire.SendWithoutKey("GET", "/control/requests")).Items;

        Assert.Equal(2, items.Length);
        Assert.Equal("/v1/keys?key=nd_test_…", items[0].GetProperty("path").GetString());
        Assert.Equal(reply.RequestId, items[0].GetProperty("request_id").GetString());
        Assert.Equal(200, items[0].GetProperty("status").GetInt32());
        Assert.Equal($"nd_test_…{wire.TestKey[^4..]}", items[0].GetProperty("key_hint").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, items[1].GetProperty("status").ValueKind);
    }

    [Fact]
    public async Task A_reset_puts_everything_back()
    {
        await using var wire = await Wire.OpenAsync(On);
        await wire.Create("made");
        wire.Emulator.Faults.Enqueue("*", EmulatorFault.RespondWith(500));
        wire.Emulator.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(200, (await wire.SendWithoutKey("POST", "/control/reset")).Status);

        Assert.Equal(TimeSpan.Zero, wire.Emulator.Clock.Offset);
        Assert.Empty(wire.Emulator.Requests);
        Assert.DoesNotContain("made", await wire.Names());
    }

    [Theory]
    [InlineData("Origin", "https://example.com")]
    [InlineData("Origin", "null")]
    [InlineData("Host", "emulator.example.com")]
    [InlineData("Host", "127.0.0.1.example.com")]
    [InlineData("Host", "localhost.example.com:80")]
    public async Task What_a_web_page_could_ask_for_is_refused(string header, string value)
    {
        await using var wire = await Wire.OpenAsync(On);
        await wire.Create("kept");

        var reply = await wire.SendWithoutKey("POST", "/control/reset", headers: (header, value));

        reply.IsRefusal(403, "control_refused");
        Assert.Contains("kept", await wire.Names());
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST:1")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]:5190")]
    public async Task The_names_of_this_machine_are_taken(string host)
    {
        await using var wire = await Wire.OpenAsync(On);

        Assert.Equal(200, (await wire.SendWithoutKey("GET", "/control/clock", headers: ("Host", host))).Status);
    }

    [Theory]
    [InlineData("GET", "/control")]
    [InlineData("GET", "/control/faults")]
    [InlineData("POST", "/control/requests")]
    public async Task What_it_does_not_have_is_not_found(string method, string path)
    {
        await using var wire = await Wire.OpenAsync(On);

        (await wire.SendWithoutKey(method, path)).IsRefusal(404, "not_found");
    }
}
