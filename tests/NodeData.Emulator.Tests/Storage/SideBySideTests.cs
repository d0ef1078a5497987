using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Emulator.Tests.Storage;

public sealed class SideBySideTests
{
    [Fact]
    public async Task Two_emulators_do_not_see_the_keys_of_each_other()
    {
        await using var one = await Wire.OpenAsync();
        await using var other = await Wire.OpenAsync();
        var key = (await one.Create("of one")).Member("secret");

        Assert.NotEqual(one.Emulator.BaseAddress, other.Emulator.BaseAddress);
        Assert.DoesNotContain("of one", await other.Names());
        (await other.Send("GET", "/v1/me", key: key)).IsRefusal(401, "invalid_key");
        (await other.Send("GET", "/v1/me", key: one.TestKey)).IsRefusal(401, "invalid_key");
    }

    [Fact]
    public async Task Stopping_twice_is_harmless_and_ends_requests_that_wait_for_the_clock()
    {
        var wire = await Wire.OpenAsync();
        wire.Emulator.Faults.Enqueue("/keys", EmulatorFault.Delay(TimeSpan.FromHours(1)));
        using var connection = await RawConnection.OpenAsync(wire.Emulator.BaseAddress);
        await connection.SendRequest("GET", "/v1/keys", wire.TestKey);
        await wire.SendWithoutKey("GET", "/v1/me");

        await wire.Emulator.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(3), TestContext.Current.CancellationToken);
        await wire.DisposeAsync();

        Assert.Equal("", (await connection.ReadToEnd()).Text);
    }
}
