using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Emulator.Tests.Serving;

public sealed class RecognitionTests
{
    [Fact]
    public async Task Every_answer_says_that_it_is_the_emulators()
    {
        await using var wire = await Wire.OpenAsync();

        Assert.Equal("1", (await wire.Send("GET", "/v1/me")).Header("nd-emulator"));
        Assert.Equal("1", (await wire.Send("GET", "/v1/nothing")).Header("nd-emulator"));
    }
}
