using NodeData.Emulator;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.Me;

public sealed class MeClientTests
{
    [Theory]
    [SyncAndAsync]
    public async Task The_account_has_the_id_and_the_scopes_of_the_key(CallStyle callStyle)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var full = emulator.CreateClient(emulator.LiveKey);
        var issued = await full.CreateKey(callStyle, new CreateApiKeyOptions("reader") { Scopes = [ApiKeyScope.ModelsRead] });
        using var restricted = emulator.CreateClient(issued.Secret);

        var byFull = await full.GetMe(callStyle);
        var byRestricted = await restricted.GetMe(callStyle);

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
    [SyncAndAsync]
    public async Task The_service_responds_under_both_base_paths(CallStyle callStyle)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var node = emulator.CreateClient(configure: options => options.BaseAddress = new Uri(emulator.BaseAddress, "/"));

        Assert.StartsWith("usr_", (await node.GetMe(callStyle)).Id, StringComparison.Ordinal);
        Assert.Equal("/api/v1/me", emulator.Requests.Single().Path);
    }
}
