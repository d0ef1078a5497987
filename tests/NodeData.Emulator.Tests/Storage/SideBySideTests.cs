using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Emulator.Tests.Storage;

public sealed class SideBySideTests
{
    [Fact]
    public async Task Two_emulators_do_not_see_the_keys_of_each_other()
    {
        await using var one = await EmulatorClient.StartAsync();
        await using var other = await EmulatorClient.StartAsync();
        var key = (await one.Create("of one")).Member("secret");

        Assert.NotEqual(one.Emulator.BaseAddress, other.Emulator.BaseAddress);
        Assert.DoesNotContain("of one", await other.ListKeyNames());
        (await other.Send("GET", "/v1/me", key: key)).AssertError(401, "invalid_key");
        (await other.Send("GET", "/v1/me", key: one.TestKey)).AssertError(401, "invalid_key");
    }

    [Fact]
    public async Task Stopping_twice_is_harmless_and_ends_delayed_requests()
    {
        var client = await EmulatorClient.StartAsync();
        client.Emulator.Faults.Enqueue("/keys", EmulatorFault.Delay(TimeSpan.FromHours(1)));
        using var connection = await RawConnection.OpenAsync(client.Emulator.BaseAddress);
        await connection.SendRequest("GET", "/v1/keys", client.TestKey);
        await client.SendWithoutKey("GET", "/v1/me");

        await client.Emulator.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(3), TestContext.Current.CancellationToken);
        await client.DisposeAsync();

        Assert.Equal("", (await connection.ReadToEnd()).Text);
    }
}
