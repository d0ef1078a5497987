using NodeData.Emulator;

namespace NodeData.Sdk.Tests.Keys.Rotation;

/// <summary>Rotations that are started in one run and completed, resumed or rolled back in another, one at a time.</summary>
public sealed class TwoRunsTests
{
    private static readonly TimeSpan Overlap = TimeSpan.FromHours(6);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_rotation_is_started_in_one_run_and_completed_in_a_later_one()
    {
        await using var fixture = await RotationFixture.StartAsync();
        var options = fixture.Options with { Overlap = Overlap };

        var started = await fixture.Admin.Keys.StartKeyRotationAsync(fixture.OldKey.Id, options, Token);
        var early = await fixture.Admin.Keys.CompleteKeyRotationAsync(started.RotationId, options, Token);
        var active = (await fixture.ListActiveKeysAsync()).Count;
        fixture.Emulator.Clock.Advance(Overlap);
        var completed = await fixture.Admin.Keys.CompleteKeyRotationAsync(
            started.RotationId,
            new ApiKeyRotationOptions { Store = fixture.Store },
            Token
        );
        var again = await fixture.Admin.Keys.CompleteKeyRotationAsync(started.RotationId, options, Token);

        Assert.Equal(ApiKeyRotationStage.Overlapping, started.Stage);
        Assert.Equal(Overlap, started.OverlapEndsAt - started.DeployedAt);
        Assert.Equal(started, early);
        Assert.Equal(2, active);
        Assert.True(completed.IsCompleted);
        Assert.Equal(completed, again);
        Assert.Empty(fixture.Clock.Delays);
        await fixture.AssertReplacedAsync();
    }

    [Fact]
    public async Task Starting_or_rotating_again_resumes_the_rotation_in_progress()
    {
        await using var fixture = await RotationFixture.StartAsync();
        var options = fixture.Options with { Overlap = Overlap };

        var started = await fixture.Admin.Keys.StartKeyRotationAsync(fixture.OldKey.Id, options, Token);
        var preview = await fixture.Admin.Keys.PreviewKeyRotationAsync(fixture.OldKey.Id, options, Token);
        var again = await fixture.Admin.Keys.StartKeyRotationAsync(fixture.OldKey.Id, options, Token);
        var completed = await fixture.Admin.Keys.RotateAsync(fixture.OldKey.Id, options, Token);

        Assert.Equal(started, preview.Unfinished);
        Assert.Contains($"resumes {started.RotationId} overlapping", preview.ToString(), StringComparison.Ordinal);
        Assert.Empty(preview.Warnings);
        Assert.Equal(started, again);
        Assert.Equal(started.RotationId, completed.RotationId);
        Assert.Equal(2, (await fixture.ListKeysAsync()).Count);
        Assert.Equal(Overlap.TotalHours, fixture.Clock.Delays.Sum(wait => wait.TotalHours), tolerance: 0.1);
        await fixture.AssertReplacedAsync();
    }

    [Fact]
    public async Task A_key_compromised_during_its_overlap_is_revoked_at_once()
    {
        await using var fixture = await RotationFixture.StartAsync();
        var started = await fixture.Admin.Keys.StartKeyRotationAsync(fixture.OldKey.Id, fixture.Options with { Overlap = Overlap }, Token);

        var done = await fixture.Admin.Keys.CompleteKeyRotationAsync(
            started.RotationId,
            fixture.Options with
            {
                Overlap = null,
                IsCompromised = true,
            },
            Token
        );

        Assert.True(done.IsCompleted);
        Assert.InRange(done.OverlapEndsAt!.Value - done.DeployedAt!.Value, TimeSpan.FromMinutes(-5), TimeSpan.FromMinutes(5));
        await fixture.AssertReplacedAsync();
    }

    [Fact]
    public async Task A_client_that_still_uses_the_old_key_is_not_cut_off()
    {
        await using var fixture = await RotationFixture.StartAsync(new CreateApiKeyOptions("own") { Scopes = ApiKeyScopeSet.FullAccess });
        var options = fixture.Options with { Overlap = Overlap };
        using var first = fixture.CreateClient(fixture.OldKey.Secret);
        var started = await first.Keys.StartKeyRotationAsync(fixture.OldKey.Id, options, Token);
        fixture.Emulator.Clock.Advance(Overlap);

        using var stale = fixture.CreateClient(fixture.OldKey.Secret);
        var rejection = await Assert.ThrowsAsync<ApiKeyRotationException>(() =>
            stale.Keys.CompleteKeyRotationAsync(started.RotationId, options, Token)
        );

        Assert.Contains("still uses the old key", rejection.Message, StringComparison.Ordinal);
        Assert.Equal(
            (ApiKeyRotationErrorCode.ClientStillUsesOldKey, ApiKeyRotationRecovery.Resume),
            (rejection.ErrorCode, rejection.Recovery)
        );
        Assert.Equal(2, (await fixture.ListActiveKeysAsync()).Count);
        Assert.True(started.IsClientKeySwitched);
        Assert.True((await first.Keys.CompleteKeyRotationAsync(started.RotationId, options, Token)).IsCompleted);
        await fixture.AssertReplacedAsync();
    }

    [Fact]
    public async Task The_overlap_reports_use_of_the_old_key_and_ends_if_that_key_is_revoked()
    {
        await using var fixture = await RotationFixture.StartAsync();
        using var straggler = fixture.CreateClient(fixture.OldKey.Secret);
        fixture.Clock.DelayCompleted = _ => straggler.Me.Get(Token);

        var receipt = await fixture.Admin.Keys.RotateAsync(fixture.OldKey.Id, fixture.Options with { Overlap = Overlap }, Token);

        Assert.True(receipt.HasOldKeyBeenUsedDuringOverlap);
        Assert.Contains(fixture.Progress, progress => progress.IsOldKeyStillInUse && progress.OldKeyLastUsedAt > receipt.DeployedAt);
        Assert.Equal(TimeSpan.FromMinutes(15), fixture.Clock.Delays.Max());

        await using var quiet = await RotationFixture.StartAsync();
        quiet.Clock.DelayCompleted = _ => quiet.Admin.Keys.Revoke(quiet.OldKey.Id, Token);
        var completed = await quiet.Admin.Keys.RotateAsync(quiet.OldKey.Id, quiet.Options with { Overlap = Overlap }, Token);
        Assert.False(completed.HasOldKeyBeenUsedDuringOverlap);
        Assert.Single(quiet.Clock.Delays);
        await quiet.AssertReplacedAsync();
    }

    [Fact]
    public async Task A_new_key_revoked_during_the_overlap_is_replaced_before_the_old_one_is_revoked()
    {
        await using var fixture = await RotationFixture.StartAsync();
        var options = fixture.Options with { Overlap = Overlap };
        var started = await fixture.Admin.Keys.StartKeyRotationAsync(fixture.OldKey.Id, options, Token);
        await fixture.Admin.Keys.RevokeAsync(started.NewKeyId!, Token);
        fixture.Emulator.Clock.Advance(Overlap);

        var failure = await Assert.ThrowsAsync<ApiKeyRotationException>(() =>
            fixture.Admin.Keys.CompleteKeyRotationAsync(started.RotationId, options, Token)
        );
        Assert.Contains("The old key was not revoked", failure.Message, StringComparison.Ordinal);
        Assert.Equal((ApiKeyRotationErrorCode.NewKeyNotActive, started.NewKeyId), (failure.ErrorCode, failure.Key!.Id));
        Assert.Equal(fixture.OldKey.Id, Assert.Single(await fixture.ListActiveKeysAsync()).Id);

        var completed = await fixture.Admin.Keys.RotateAsync(fixture.OldKey.Id, options, Token);
        Assert.NotEqual(started.NewKeyId, completed.NewKeyId);
        await fixture.AssertReplacedAsync();
    }

    [Fact]
    public async Task A_key_has_at_most_one_rotation_in_progress()
    {
        await using var fixture = await RotationFixture.StartAsync();
        var second = new TaskCompletionSource<Exception?>();
        var sink = new StubSink(
            "slow",
            _ =>
                second.SetResult(
                    Record.Exception(() =>
                        fixture.Admin.Keys.RotateAsync(fixture.OldKey.Id, fixture.Options, Token).GetAwaiter().GetResult()
                    )
                )
        );

        await fixture.Admin.Keys.RotateAsync(fixture.OldKey.Id, fixture.Options with { Sinks = [.. fixture.Options.Sinks, sink] }, Token);

        var rejection = Assert.IsType<ApiKeyRotationException>(await second.Task);
        Assert.Contains("is already in progress", rejection.Message, StringComparison.Ordinal);
        Assert.Equal((ApiKeyRotationErrorCode.InProgress, ApiKeyRotationRecovery.WaitAndRetry), (rejection.ErrorCode, rejection.Recovery));
        await fixture.AssertReplacedAsync();
    }

    [Fact]
    public async Task A_rotation_whose_store_is_lost_is_not_started_again()
    {
        await using var fixture = await RotationFixture.StartAsync();
        var started = await fixture.Admin.Keys.StartKeyRotationAsync(fixture.OldKey.Id, fixture.Options with { Overlap = Overlap }, Token);
        Directory.Delete(fixture.Store.Directory, recursive: true);

        var rejection = await Assert.ThrowsAsync<ApiKeyRotationException>(() =>
            fixture.Admin.Keys.RotateAsync(fixture.OldKey.Id, fixture.Options, Token)
        );
        var preview = await fixture.Admin.Keys.PreviewKeyRotationAsync(fixture.OldKey.Id, fixture.Options, Token);

        Assert.Contains($"created the key {started.NewKeyId}", rejection.Message, StringComparison.Ordinal);
        Assert.Equal((ApiKeyRotationErrorCode.AnotherRotation, started.NewKeyId), (rejection.ErrorCode, rejection.Key!.Id));
        Assert.Contains(started.NewKeyId!, Assert.Single(preview.Warnings), StringComparison.Ordinal);
        Assert.Equal(started.NewKeyId, Assert.Single(preview.EarlierKeys).Id);
        Assert.Equal(2, (await fixture.ListActiveKeysAsync()).Count);
        var unknown = await Assert.ThrowsAsync<ApiKeyRotationException>(() =>
            fixture.Admin.Keys.CompleteKeyRotationAsync(started.RotationId, fixture.Options, Token)
        );
        Assert.Equal((ApiKeyRotationErrorCode.NotFound, ApiKeyRotationRecovery.Retry), (unknown.ErrorCode, unknown.Recovery));
        await fixture.Admin.Keys.RevokeAsync(started.NewKeyId!, Token);
        Assert.True((await fixture.Admin.Keys.RotateAsync(fixture.OldKey.Id, fixture.Options, Token)).IsCompleted);
    }

    [Fact]
    public async Task An_interrupted_creation_is_resumed_later_with_another_request()
    {
        await using var fixture = await RotationFixture.StartAsync(
            new CreateApiKeyOptions("short") { Scopes = [ApiKeyScope.ModelsRead], ExpiresIn = TimeSpan.FromHours(2) }
        );
        var options = fixture.Options with { ExpiresIn = TimeSpan.FromMinutes(30) };
        fixture.Emulator.Faults.Enqueue("/keys", EmulatorFault.RespondWith(500), method: "POST");
        fixture.Emulator.Faults.Enqueue("/keys", EmulatorFault.Delay(TimeSpan.Zero), method: "GET");
        fixture.Emulator.Faults.Enqueue("/keys", EmulatorFault.RespondWith(500), 20);
        var failure = await Assert.ThrowsAsync<ApiKeyRotationException>(() =>
            fixture.Admin.Keys.RotateAsync(fixture.OldKey.Id, options, Token)
        );
        Assert.Equal(ApiKeyRotationStage.Creating, failure.Rotation!.Stage);
        fixture.Emulator.Faults.Clear();
        fixture.Emulator.Clock.Advance(TimeSpan.FromHours(1));

        var receipt = await fixture.Admin.Keys.RotateAsync(fixture.OldKey.Id, options, Token);

        Assert.Equal(failure.Rotation.RotationId, receipt.RotationId);
        Assert.EndsWith("-2", receipt.NewKeyName, StringComparison.Ordinal);
        await fixture.AssertReplacedAsync();
    }

    [Fact]
    public async Task Cancellation_before_deployment_leaves_nothing_and_later_the_rotation_can_be_resumed()
    {
        await using var fixture = await RotationFixture.StartAsync();
        using var early = new CancellationTokenSource();
        fixture.Emulator.Faults.Enqueue("/me", EmulatorFault.Delay(TimeSpan.Zero));
        fixture.Emulator.Faults.Enqueue("/me", EmulatorFault.RespondWith(401));
        fixture.Clock.DelayCompleted = _ => early.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            fixture.Admin.Keys.RotateAsync(fixture.OldKey.Id, fixture.Options, early.Token)
        );
        await fixture.AssertUnchangedAsync();

        using var late = new CancellationTokenSource();
        fixture.Clock.DelayCompleted = _ => late.Cancel();
        var options = fixture.Options with { Overlap = Overlap };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            fixture.Admin.Keys.RotateAsync(fixture.OldKey.Id, options, late.Token)
        );
        Assert.Equal(2, (await fixture.ListActiveKeysAsync()).Count);
        fixture.Clock.DelayCompleted = null;
        await fixture.Admin.Keys.RotateAsync(fixture.OldKey.Id, options, Token);
        await fixture.AssertReplacedAsync();
    }

    [Fact]
    public async Task A_client_that_loaded_the_key_of_an_interrupted_deployment_is_switched_to_the_replacement()
    {
        await using var fixture = await RotationFixture.StartAsync(new CreateApiKeyOptions("own") { Scopes = ApiKeyScopeSet.FullAccess });
        var sinks = fixture.Options.Sinks;
        var options = fixture.Options with { Overlap = TimeSpan.FromHours(1) };
        using var first = fixture.CreateClient(fixture.OldKey.Secret);
        var failing = new StubSink("failing", _ => throw new IOException("No space left."));
        await Assert.ThrowsAsync<ApiKeyRotationException>(() =>
            first.Keys.RotateAsync(fixture.OldKey.Id, options with { Sinks = [.. sinks, failing] }, Token)
        );
        var interrupted = ApiKey.Parse((await File.ReadAllTextAsync(fixture.SinkPath, Token)).Trim());
        Assert.NotEqual(fixture.OldKey.Secret, interrupted);

        using var second = fixture.CreateClient(interrupted);
        var receipt = await second.Keys.RotateAsync(fixture.OldKey.Id, options, Token);

        Assert.True(receipt.IsClientKeySwitched);
        var active = await fixture.AssertReplacedAsync();
        Assert.Equal(active.Id, (await second.Me.GetAsync(Token)).Key!.Id);
    }
}
