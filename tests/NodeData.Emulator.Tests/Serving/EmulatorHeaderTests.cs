using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Emulator.Tests.Serving;

public sealed class EmulatorHeaderTests
{
    [Fact]
    public async Task Every_response_has_the_emulator_header()
    {
        await using var client = await EmulatorClient.StartAsync();

        Assert.Equal("1", (await client.Send("GET", "/v1/me")).Header("nd-emulator"));
        Assert.Equal("1", (await client.Send("GET", "/v1/nothing")).Header("nd-emulator"));
    }
}
