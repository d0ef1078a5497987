namespace NodeData.Sdk.Tests.Keys.Rotation;

/// <summary>Rotations that are rolled back.</summary>
public sealed class RollBackTests
{
    private static readonly TimeSpan Overlap = TimeSpan.FromHours(6);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_old_key_is_restored_and_the_new_one_revoked_after_an_overlap()
    {
        await using var fixture = await RotationFixture.StartAsync();
        var options = fixture.Options with { Overlap = Overlap, OldKey = fixture.OldKey.Secret };
        var started = await fixture.Admin.Keys.StartKeyRotationAsync(fixture.OldKey.Id, options, Token);
        var activeWhileWaiting = 0;
        fixture.Clock.DelayCompleted = _ =>
            activeWhileWaiting = fixture
                .Admin.Keys.List(Token)
                .Count(key => key.Id == started.NewKeyId && key.Status == ApiKeyStatus.Active);

        var rolledBack = await fixture.Admin.Keys.RollBackKeyRotationAsync(started.RotationId, options, Token);
        var again = await fixture.Admin.Keys.RollBackKeyRotationAsync(started.RotationId, options, Token);

        Assert.Equal(ApiKeyRotationStage.RolledBack, rolledBack.Stage);
        Assert.Equal(rolledBack, again);
        Assert.Equal(1, activeWhileWaiting);
        Assert.Equal([Overlap.TotalHours], fixture.Clock.Delays.Select(wait => Math.Round(wait.TotalHours, 1)));
        await fixture.AssertUnchangedAsync();
    }

    [Fact]
    public async Task A_switched_client_is_switched_back()
    {
        await using var fixture = await RotationFixture.StartAsync(new CreateApiKeyOptions("own") { Scopes = ApiKeyScopeSet.FullAccess });
        var credential = new ApiKeyCredential(fixture.OldKey.Secret);
        using var self = new NodeClient(
            credential,
            new NodeClientOptions { BaseAddress = fixture.Emulator.BaseAddress, TimeProvider = fixture.Clock }
        );
        var options = fixture.Options with { Overlap = Overlap, OldKey = fixture.OldKey.Secret };
        var started = await self.Keys.StartKeyRotationAsync(fixture.OldKey.Id, options, Token);
        Assert.Equal(started.NewKeyHint, credential.Current.Hint);

        await self.Keys.RollBackKeyRotationAsync(started.RotationId, options, Token);

        Assert.Equal(fixture.OldKey.Secret, credential.Current);
        Assert.Equal(fixture.OldKey.Id, (await self.Me.GetAsync(Token)).Key!.Id);
        await fixture.AssertUnchangedAsync();
    }

    [Fact]
    public async Task A_key_that_was_not_deployed_is_revoked_at_once()
    {
        await using var fixture = await RotationFixture.StartAsync();
        fixture.FailVerificationAndCleanup();
        var failure = await Assert.ThrowsAsync<ApiKeyRotationException>(() =>
            fixture.Admin.Keys.RotateAsync(fixture.OldKey.Id, fixture.Options, Token)
        );
        fixture.Emulator.Faults.Clear();
        Assert.Equal(2, (await fixture.ListActiveKeysAsync()).Count);
        fixture.Clock.Delays.Clear();

        var rolledBack = await fixture.Admin.Keys.RollBackKeyRotationAsync(
            failure.Rotation!.RotationId,
            new ApiKeyRotationOptions { Store = fixture.Store },
            Token
        );

        Assert.Equal(ApiKeyRotationStage.RolledBack, rolledBack.Stage);
        Assert.Empty(fixture.Clock.Delays);
        await fixture.AssertUnchangedAsync();
    }

    [Fact]
    public async Task A_rollback_that_is_not_possible_is_rejected_with_nothing_done()
    {
        await using var fixture = await RotationFixture.StartAsync();
        var options = fixture.Options with { Overlap = Overlap };
        var started = await fixture.Admin.Keys.StartKeyRotationAsync(fixture.OldKey.Id, options, Token);
        var deployedKey = await File.ReadAllTextAsync(fixture.SinkPath, Token);

        await AssertRejectedAsync(options, "requires its secret. Set ApiKeyRotationOptions.OldKey", ApiKeyRotationErrorCode.OldKeyRequired);
        await AssertRejectedAsync(
            options with
            {
                OldKey = fixture.Emulator.TestKey,
            },
            "is this client's key",
            ApiKeyRotationErrorCode.OldKeyMismatch
        );
        await AssertRejectedAsync(
            options with
            {
                OldKey = ApiKey.Parse("nd_test_nobody"),
            },
            "does not accept ApiKeyRotationOptions.OldKey",
            ApiKeyRotationErrorCode.OldKeyRejected
        );
        var other = await fixture.Admin.Keys.CreateAsync("other", cancellationToken: Token);
        await AssertRejectedAsync(
            options with
            {
                OldKey = other.Secret,
            },
            $"is not the key {fixture.OldKey.Id}",
            ApiKeyRotationErrorCode.OldKeyMismatch
        );
        await AssertRejectedAsync(
            options with
            {
                OldKey = fixture.OldKey.Secret,
                Sinks = [],
            },
            "the options have no sink in which to restore the old one",
            ApiKeyRotationErrorCode.NoSink
        );
        await fixture.Admin.Keys.RevokeAsync(fixture.OldKey.Id, Token);
        await AssertRejectedAsync(
            options with
            {
                OldKey = fixture.OldKey.Secret,
            },
            "is no longer valid",
            ApiKeyRotationErrorCode.OldKeyUnavailable,
            ApiKeyRotationRecovery.Resume
        );
        await fixture.Admin.Keys.RevokeAsync(other.Id, Token);
        fixture.Emulator.Clock.Advance(Overlap);
        await fixture.Admin.Keys.CompleteKeyRotationAsync(started.RotationId, options, Token);
        await AssertRejectedAsync(
            options with
            {
                OldKey = fixture.OldKey.Secret,
            },
            "it is completed",
            ApiKeyRotationErrorCode.AlreadyCompleted,
            ApiKeyRotationRecovery.RotateNewKey
        );
        await fixture.AssertReplacedAsync();

        async Task AssertRejectedAsync(
            ApiKeyRotationOptions rejectedOptions,
            string expectedMessage,
            ApiKeyRotationErrorCode errorCode,
            ApiKeyRotationRecovery recovery = ApiKeyRotationRecovery.Retry
        )
        {
            var rejection = await Assert.ThrowsAsync<ApiKeyRotationException>(() =>
                fixture.Admin.Keys.RollBackKeyRotationAsync(started.RotationId, rejectedOptions, Token)
            );
            Assert.Contains(expectedMessage, rejection.Message, StringComparison.Ordinal);
            Assert.Equal((errorCode, recovery, true), (rejection.ErrorCode, rejection.Recovery, rejection.IsRejected));
            Assert.Equal(deployedKey, await File.ReadAllTextAsync(fixture.SinkPath, Token));
        }
    }

    [Fact]
    public async Task An_interrupted_rollback_must_be_completed_first()
    {
        await using var fixture = await RotationFixture.StartAsync();
        var options = fixture.Options with { Overlap = Overlap, OldKey = fixture.OldKey.Secret };
        var started = await fixture.Admin.Keys.StartKeyRotationAsync(fixture.OldKey.Id, options, Token);
        var broken = options with
        {
            Sinks = [new StubSink("vault", key => throw new InvalidOperationException($"cannot store {key.Reveal()}"))],
        };

        var failure = await Assert.ThrowsAsync<ApiKeyRotationException>(() =>
            fixture.Admin.Keys.RollBackKeyRotationAsync(started.RotationId, broken, Token)
        );
        var rejection = await Assert.ThrowsAsync<ApiKeyRotationException>(() =>
            fixture.Admin.Keys.RotateAsync(fixture.OldKey.Id, options, Token)
        );

        Assert.Contains("vault failed", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(fixture.OldKey.Reveal(), failure.ToString(), StringComparison.Ordinal);
        Assert.Equal(ApiKeyRotationStage.RollingBack, failure.Rotation!.Stage);
        Assert.Equal((ApiKeyRotationErrorCode.SinkFailed, ApiKeyRotationRecovery.RollBack), (failure.ErrorCode, failure.Recovery));
        Assert.Contains("is being rolled back", rejection.Message, StringComparison.Ordinal);
        Assert.Equal(
            (ApiKeyRotationErrorCode.RollbackInProgress, ApiKeyRotationRecovery.RollBack),
            (rejection.ErrorCode, rejection.Recovery)
        );
        await fixture.AssertDeployedKeyWorksAsync();
        await fixture.Admin.Keys.RollBackKeyRotationAsync(started.RotationId, options, Token);
        await fixture.AssertUnchangedAsync();
        Assert.True((await fixture.Admin.Keys.RotateAsync(fixture.OldKey.Id, options, Token)).IsCompleted);
    }
}
