namespace NodeData.Sdk.Tests.Keys.Rotation;

/// <summary>A rotation from start to completion, against the emulator over real sockets.</summary>
public sealed class RotateTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_is_replaced_and_the_receipt_describes_the_rotation()
    {
        await using var fixture = await RotationFixture.StartAsync(
            new CreateApiKeyOptions("ci-deploys")
            {
                Scopes = [ApiKeyScope.ModelsRead, ApiKeyScope.ModelsUpload],
                ExpiresIn = TimeSpan.FromDays(90),
            }
        );

        var receipt = await fixture.Admin.Keys.RotateAsync(fixture.OldKey.Id, fixture.Options, Token);

        var active = await fixture.AssertReplacedAsync();
        Assert.Matches("^ci-deploys~[0-9a-f]{14}$", active.Name);
        Assert.Equal([ApiKeyScope.ModelsRead, ApiKeyScope.ModelsUpload], active.Scopes);
        Assert.InRange((active.ExpiresAt - active.CreatedAt)!.Value, TimeSpan.FromDays(89.9), TimeSpan.FromDays(90));
        Assert.True(receipt.IsCompleted);
        Assert.Equal(fixture.OldKey.Id, receipt.OldKeyId);
        Assert.Equal(fixture.OldKey.Secret.Hint, receipt.OldKeyHint);
        Assert.Equal(active.Id, receipt.NewKeyId);
        Assert.Equal(active.Hint, receipt.NewKeyHint);
        Assert.Equal(active.Name, receipt.NewKeyName);
        Assert.Equal(active.ExpiresAt!.Value, receipt.NewKeyExpiresAt!.Value, TimeSpan.FromMilliseconds(1));
        Assert.Equal((await fixture.Admin.Keys.GetAsync(fixture.OldKey.Id, Token)).RevokedAt, receipt.OldKeyRevokedAt);
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
        Assert.Equal(events, fixture.Progress.Select(progress => progress.Event));
        Assert.All(fixture.Progress, progress => Assert.Equal(active.Name, progress.NewKeyName));
        Assert.Equal($"file {fixture.SinkPath}", Assert.Single(fixture.Progress, progress => progress.Sink is not null).Sink);
        Assert.Equal(
            ["creating", "deploying", "overlapping", "completed"],
            fixture.Progress.Select(progress => progress.Stage.Value).Distinct()
        );
    }

    [Fact]
    public async Task A_client_that_uses_the_key_is_switched_to_the_new_one()
    {
        await using var fixture = await RotationFixture.StartAsync(new CreateApiKeyOptions("own") { Scopes = ApiKeyScopeSet.FullAccess });
        using var self = fixture.CreateClient(fixture.OldKey.Secret);

        var receipt = await self.Keys.RotateAsync(fixture.OldKey.Id, fixture.Options with { Overlap = TimeSpan.FromHours(1) }, Token);

        var active = await fixture.AssertReplacedAsync();
        Assert.True(receipt.IsClientKeySwitched);
        Assert.Equal(active.Id, (await self.Me.GetAsync(Token)).Key!.Id);
    }
}
