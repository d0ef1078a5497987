namespace NodeData.Sdk.Tests.Keys.Rotation;

/// <summary>Rotations that are taken back.</summary>
public sealed class AbortTests
{
    private static readonly TimeSpan Overlap = TimeSpan.FromHours(6);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_old_key_is_put_back_and_the_new_one_revoked_after_an_overlap()
    {
        await using var bench = await RotationBench.StartAsync();
        var plan = bench.Plan with { Overlap = Overlap, OldKey = bench.Old.Secret };
        var begun = await bench.Admin.Keys.StartKeyRotationAsync(bench.Old.Id, plan, Token);
        var activeWhileWaiting = 0;
        bench.Clock.Waited = _ =>
            activeWhileWaiting = bench.Admin.Keys.List(Token).Count(key => key.Id == begun.NewKeyId && key.Status == ApiKeyStatus.Active);

        var aborted = await bench.Admin.Keys.RollBackKeyRotationAsync(begun.RotationId, plan, Token);
        var again = await bench.Admin.Keys.RollBackKeyRotationAsync(begun.RotationId, plan, Token);

        Assert.Equal(ApiKeyRotationStage.RolledBack, aborted.Stage);
        Assert.Equal(aborted, again);
        Assert.Equal(1, activeWhileWaiting);
        Assert.Equal([Overlap.TotalHours], bench.Clock.Waits.Select(wait => Math.Round(wait.TotalHours, 1)));
        await bench.AssertUntouchedAsync();
    }

    [Fact]
    public async Task A_client_that_was_swapped_is_swapped_back()
    {
        await using var bench = await RotationBench.StartAsync(new CreateApiKeyOptions("own") { Scopes = ApiKeyScopeSet.FullAccess });
        var credential = new ApiKeyCredential(bench.Old.Secret);
        using var self = new NodeClient(
            credential,
            new NodeClientOptions { BaseAddress = bench.Emulator.BaseAddress, TimeProvider = bench.Clock }
        );
        var plan = bench.Plan with { Overlap = Overlap, OldKey = bench.Old.Secret };
        var begun = await self.Keys.StartKeyRotationAsync(bench.Old.Id, plan, Token);
        Assert.Equal(begun.NewKeyHint, credential.Current.Hint);

        await self.Keys.RollBackKeyRotationAsync(begun.RotationId, plan, Token);

        Assert.Equal(bench.Old.Secret, credential.Current);
        Assert.Equal(bench.Old.Id, (await self.Me.GetAsync(Token)).Key!.Id);
        await bench.AssertUntouchedAsync();
    }

    [Fact]
    public async Task What_nobody_was_handed_is_revoked_at_once()
    {
        await using var bench = await RotationBench.StartAsync();
        bench.FailInProvingAndInCleaningUp();
        var failure = await Assert.ThrowsAsync<ApiKeyRotationException>(() =>
            bench.Admin.Keys.RotateAsync(bench.Old.Id, bench.Plan, Token)
        );
        bench.Emulator.Faults.Clear();
        Assert.Equal(2, (await bench.ActiveKeysAsync()).Count);
        bench.Clock.Waits.Clear();

        var aborted = await bench.Admin.Keys.RollBackKeyRotationAsync(
            failure.Rotation!.RotationId,
            new ApiKeyRotationOptions { Store = bench.Log },
            Token
        );

        Assert.Equal(ApiKeyRotationStage.RolledBack, aborted.Stage);
        Assert.Empty(bench.Clock.Waits);
        await bench.AssertUntouchedAsync();
    }

    [Fact]
    public async Task Refused_with_nothing_done_where_there_is_no_way_back()
    {
        await using var bench = await RotationBench.StartAsync();
        var plan = bench.Plan with { Overlap = Overlap };
        var begun = await bench.Admin.Keys.StartKeyRotationAsync(bench.Old.Id, plan, Token);
        var place = await File.ReadAllTextAsync(bench.Place, Token);

        await AssertRefusedAsync(plan, "must be at hand: set ApiKeyRotationOptions.OldKey", ApiKeyRotationErrorCode.OldKeyRequired);
        await AssertRefusedAsync(
            plan with
            {
                OldKey = bench.Emulator.TestKey,
            },
            "is this client's own key",
            ApiKeyRotationErrorCode.OldKeyMismatch
        );
        await AssertRefusedAsync(
            plan with
            {
                OldKey = ApiKey.Parse("nd_test_nobody"),
            },
            "does not accept ApiKeyRotationOptions.OldKey",
            ApiKeyRotationErrorCode.OldKeyRejected
        );
        var other = await bench.Admin.Keys.CreateAsync("other", cancellationToken: Token);
        await AssertRefusedAsync(
            plan with
            {
                OldKey = other.Secret,
            },
            $"is not the key {bench.Old.Id}",
            ApiKeyRotationErrorCode.OldKeyMismatch
        );
        await AssertRefusedAsync(
            plan with
            {
                OldKey = bench.Old.Secret,
                Sinks = [],
            },
            "does not say where to put the old one back",
            ApiKeyRotationErrorCode.NoSink
        );
        await bench.Admin.Keys.RevokeAsync(bench.Old.Id, Token);
        await AssertRefusedAsync(
            plan with
            {
                OldKey = bench.Old.Secret,
            },
            "is not accepted any more",
            ApiKeyRotationErrorCode.OldKeyUnavailable,
            ApiKeyRotationRecovery.Resume
        );
        await bench.Admin.Keys.RevokeAsync(other.Id, Token);
        bench.Emulator.Clock.Advance(Overlap);
        await bench.Admin.Keys.CompleteKeyRotationAsync(begun.RotationId, plan, Token);
        await AssertRefusedAsync(
            plan with
            {
                OldKey = bench.Old.Secret,
            },
            "it is completed",
            ApiKeyRotationErrorCode.AlreadyCompleted,
            ApiKeyRotationRecovery.RotateNewKey
        );
        await bench.AssertReplacedAsync();

        async Task AssertRefusedAsync(
            ApiKeyRotationOptions refused,
            string why,
            ApiKeyRotationErrorCode reason,
            ApiKeyRotationRecovery next = ApiKeyRotationRecovery.Retry
        )
        {
            var refusal = await Assert.ThrowsAsync<ApiKeyRotationException>(() =>
                bench.Admin.Keys.RollBackKeyRotationAsync(begun.RotationId, refused, Token)
            );
            Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
            Assert.Equal((reason, next, true), (refusal.ErrorCode, refusal.Recovery, refusal.IsRejected));
            Assert.Equal(place, await File.ReadAllTextAsync(bench.Place, Token));
        }
    }

    [Fact]
    public async Task An_abort_that_was_interrupted_is_ended_before_anything_else()
    {
        await using var bench = await RotationBench.StartAsync();
        var plan = bench.Plan with { Overlap = Overlap, OldKey = bench.Old.Secret };
        var begun = await bench.Admin.Keys.StartKeyRotationAsync(bench.Old.Id, plan, Token);
        var broken = plan with { Sinks = [new Sink("vault", key => throw new InvalidOperationException($"no place for {key.Reveal()}"))] };

        var stopped = await Assert.ThrowsAsync<ApiKeyRotationException>(() =>
            bench.Admin.Keys.RollBackKeyRotationAsync(begun.RotationId, broken, Token)
        );
        var refused = await Assert.ThrowsAsync<ApiKeyRotationException>(() => bench.Admin.Keys.RotateAsync(bench.Old.Id, plan, Token));

        Assert.Contains("vault failed", stopped.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(bench.Old.Reveal(), stopped.ToString(), StringComparison.Ordinal);
        Assert.Equal(ApiKeyRotationStage.RollingBack, stopped.Rotation!.Stage);
        Assert.Equal((ApiKeyRotationErrorCode.SinkFailed, ApiKeyRotationRecovery.RollBack), (stopped.ErrorCode, stopped.Recovery));
        Assert.Contains("is being aborted", refused.Message, StringComparison.Ordinal);
        Assert.Equal((ApiKeyRotationErrorCode.RollbackInProgress, ApiKeyRotationRecovery.RollBack), (refused.ErrorCode, refused.Recovery));
        await bench.AssertPlaceWorksAsync();
        await bench.Admin.Keys.RollBackKeyRotationAsync(begun.RotationId, plan, Token);
        await bench.AssertUntouchedAsync();
        Assert.True((await bench.Admin.Keys.RotateAsync(bench.Old.Id, plan, Token)).IsCompleted);
    }
}
