namespace NodeData.Sdk.Tests.Keys.Rotation;

/// <summary>A rotation from its beginning to its end, against the emulator over real sockets.</summary>
public sealed class RotateTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_is_replaced_and_the_receipt_says_how()
    {
        await using var bench = await RotationBench.StartAsync(
            new CreateApiKeyOptions("ci-deploys")
            {
                Scopes = [ApiKeyScope.ModelsRead, ApiKeyScope.ModelsUpload],
                ExpiresIn = TimeSpan.FromDays(90),
            }
        );

        var receipt = await bench.Admin.Keys.RotateAsync(bench.Old.Id, bench.Plan, Token);

        var active = await bench.AssertReplacedAsync();
        Assert.Matches("^ci-deploys~[0-9a-f]{14}$", active.Name);
        Assert.Equal([ApiKeyScope.ModelsRead, ApiKeyScope.ModelsUpload], active.Scopes);
        Assert.InRange((active.ExpiresAt - active.CreatedAt)!.Value, TimeSpan.FromDays(89.9), TimeSpan.FromDays(90));
        Assert.True(receipt.IsCompleted);
        Assert.Equal(bench.Old.Id, receipt.OldKeyId);
        Assert.Equal(bench.Old.Secret.Hint, receipt.OldKeyHint);
        Assert.Equal(active.Id, receipt.NewKeyId);
        Assert.Equal(active.Hint, receipt.NewKeyHint);
        Assert.Equal(active.Name, receipt.NewKeyName);
        Assert.Equal(active.ExpiresAt!.Value, receipt.NewKeyExpiresAt!.Value, TimeSpan.FromMilliseconds(1));
        Assert.Equal((await bench.Admin.Keys.GetAsync(bench.Old.Id, Token)).RevokedAt, receipt.OldKeyRevokedAt);
        Assert.False(receipt.IsClientKeySwitched);
        ApiKeyRotationEvent[] events =
        [
            ApiKeyRotationEvent.Started,
            ApiKeyRotationEvent.Creating,
            ApiKeyRotationEvent.Created,
            ApiKeyRotationEvent.Verified,
            ApiKeyRotationEvent.Deploying,
            ApiKeyRotationEvent.Deployed,
            ApiKeyRotationEvent.ClientKeyUnchanged,
            ApiKeyRotationEvent.Completed,
        ];
        Assert.Equal(events, bench.Told.Select(told => told.Event));
        Assert.All(bench.Told, told => Assert.Equal(active.Name, told.NewKeyName));
        Assert.Equal($"file {bench.Place}", Assert.Single(bench.Told, told => told.Sink is not null).Sink);
        Assert.Equal(["creating", "deploying", "overlapping", "completed"], bench.Told.Select(told => told.Stage.Value).Distinct());
    }

    [Fact]
    public async Task A_client_that_runs_on_the_key_itself_is_swapped()
    {
        await using var bench = await RotationBench.StartAsync(new CreateApiKeyOptions("own") { Scopes = ApiKeyScopeSet.FullAccess });
        using var self = bench.Client(bench.Old.Secret);

        var receipt = await self.Keys.RotateAsync(bench.Old.Id, bench.Plan with { Overlap = TimeSpan.FromHours(1) }, Token);

        var active = await bench.AssertReplacedAsync();
        Assert.True(receipt.IsClientKeySwitched);
        Assert.Equal(active.Id, (await self.Me.GetAsync(Token)).Key!.Id);
    }
}
