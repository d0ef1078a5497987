using NodeData.Emulator;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.Me;

public sealed class MeClientTests
{
    [Theory]
    [ThroughBothDoors]
    public async Task The_account_says_who_one_is_and_what_the_key_may_do(Door door)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var full = emulator.Client(emulator.LiveKey);
        var issued = await full.CreateKey(door, new CreateApiKeyOptions("reader") { Scopes = [ApiKeyScope.ModelsRead] });
        using var restricted = emulator.Client(issued.Secret);

        var byFull = await full.GetMe(door);
        var byRestricted = await restricted.GetMe(door);

        Assert.StartsWith("usr_", byFull.Id, StringComparison.Ordinal);
        Assert.Equal(KeyMode.Live, byFull.Key!.Mode);
        Assert.True(byFull.Key.Scopes!.IsFullAccess);
        Assert.Equal(byFull.Id, byRestricted.Id);
        Assert.Equal(issued.Id, byRestricted.Key!.Id);
        Assert.True(byRestricted.Key.Scopes!.Allows(ApiKeyScope.ModelsRead));
        Assert.False(byRestricted.Key.Scopes.Allows(ApiKeyScope.PayoutsRead));
        Assert.Empty(byFull.AdditionalMembers);
        Assert.NotNull(byFull.CreatedAt);
    }

    [Theory]
    [ThroughBothDoors]
    public async Task The_same_service_answers_under_either_path(Door door)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var node = emulator.Client(configure: options => options.BaseAddress = new Uri(emulator.BaseAddress, "/"));

        Assert.StartsWith("usr_", (await node.GetMe(door)).Id, StringComparison.Ordinal);
        Assert.Equal("/api/v1/me", emulator.Requests.Single().Path);
    }
}
