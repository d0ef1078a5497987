using NodeData.Emulator;

namespace NodeData.Sdk.Tests.Keys.Rotation;

/// <summary>Rotations that are begun in one run and ended in another: completed, gone on with, aborted, one at a time.</summary>
public sealed class TwoRunsTests
{
    private static readonly TimeSpan Overlap = TimeSpan.FromHours(6);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Begun_in_one_run_and_completed_in_a_later_one()
    {
        await using var bench = await RotationBench.StartAsync();
        var plan = bench.Plan with { Overlap = Overlap };

        var begun = await bench.Admin.Keys.StartKeyRotationAsync(bench.Old.Id, plan, Token);
        var early = await bench.Admin.Keys.CompleteKeyRotationAsync(begun.RotationId, plan, Token);
        var active = (await bench.ActiveKeysAsync()).Count;
        bench.Emulator.Clock.Advance(Overlap);
        var completed = await bench.Admin.Keys.CompleteKeyRotationAsync(
            begun.RotationId,
            new ApiKeyRotationOptions { Store = bench.Log },
            Token
        );
        var again = await bench.Admin.Keys.CompleteKeyRotationAsync(begun.RotationId, plan, Token);

        Assert.Equal(ApiKeyRotationStage.Overlapping, begun.Stage);
        Assert.Equal(Overlap, begun.OverlapEndsAt - begun.DeployedAt);
        Assert.Equal(begun, early);
        Assert.Equal(2, active);
        Assert.True(completed.IsCompleted);
        Assert.Equal(completed, again);
        Assert.Empty(bench.Clock.Waits);
        await bench.AssertReplacedAsync();
    }

    [Fact]
    public async Task To_begin_or_rotate_again_goes_on_with_the_rotation_that_is_there()
    {
        await using var bench = await RotationBench.StartAsync();
        var plan = bench.Plan with { Overlap = Overlap };

        var begun = await bench.Admin.Keys.StartKeyRotationAsync(bench.Old.Id, plan, Token);
        var planned = await bench.Admin.Keys.PreviewKeyRotationAsync(bench.Old.Id, plan, Token);
        var again = await bench.Admin.Keys.StartKeyRotationAsync(bench.Old.Id, plan, Token);
        var ended = await bench.Admin.Keys.RotateAsync(bench.Old.Id, plan, Token);
        var told = await bench.Admin.Keys.RotateAsync(bench.Old.Id, plan, Token);

        Assert.Equal(begun, planned.Unfinished);
        Assert.Contains($"goes on with {begun.RotationId} overlapping", planned.ToString(), StringComparison.Ordinal);
        Assert.Empty(planned.Warnings);
        Assert.Equal(begun, again);
        Assert.Equal(begun.RotationId, ended.RotationId);
        Assert.Equal(ended, told);
        Assert.Equal(2, (await bench.KeysAsync()).Count);
        Assert.Equal(Overlap.TotalHours, bench.Clock.Waits.Sum(wait => wait.TotalHours), tolerance: 0.1);
        await bench.AssertReplacedAsync();
    }

    [Fact]
    public async Task A_key_that_leaks_during_its_overlap_goes_at_once()
    {
        await using var bench = await RotationBench.StartAsync();
        var begun = await bench.Admin.Keys.StartKeyRotationAsync(bench.Old.Id, bench.Plan with { Overlap = Overlap }, Token);

        var done = await bench.Admin.Keys.CompleteKeyRotationAsync(
            begun.RotationId,
            bench.Plan with
            {
                Overlap = null,
                IsCompromised = true,
            },
            Token
        );

        Assert.True(done.IsCompleted);
        Assert.InRange(done.OverlapEndsAt!.Value - done.DeployedAt!.Value, TimeSpan.FromMinutes(-5), TimeSpan.FromMinutes(5));
        await bench.AssertReplacedAsync();
    }

    [Fact]
    public async Task A_client_that_still_runs_on_the_old_key_is_not_cut_off()
    {
        await using var bench = await RotationBench.StartAsync(new CreateApiKeyOptions("own") { Scopes = ApiKeyScopeSet.FullAccess });
        var plan = bench.Plan with { Overlap = Overlap };
        using var first = bench.Client(bench.Old.Secret);
        var begun = await first.Keys.StartKeyRotationAsync(bench.Old.Id, plan, Token);
        bench.Emulator.Clock.Advance(Overlap);

        using var stale = bench.Client(bench.Old.Secret);
        var refusal = await Assert.ThrowsAsync<ApiKeyRotationException>(() =>
            stale.Keys.CompleteKeyRotationAsync(begun.RotationId, plan, Token)
        );

        Assert.Contains("still runs on the old key", refusal.Message, StringComparison.Ordinal);
        Assert.Equal((ApiKeyRotationErrorCode.ClientStillUsesOldKey, ApiKeyRotationRecovery.Resume), (refusal.ErrorCode, refusal.Recovery));
        Assert.Equal(2, (await bench.ActiveKeysAsync()).Count);
        Assert.True(begun.IsClientKeySwitched);
        Assert.True((await first.Keys.CompleteKeyRotationAsync(begun.RotationId, plan, Token)).IsCompleted);
        await bench.AssertReplacedAsync();
    }

    [Fact]
    public async Task The_overlap_says_so_where_somebody_still_uses_the_old_key_and_ends_with_it()
    {
        await using var bench = await RotationBench.StartAsync();
        using var straggler = bench.Client(bench.Old.Secret);
        bench.Clock.Waited = _ => straggler.Me.Get(Token);

        var receipt = await bench.Admin.Keys.RotateAsync(bench.Old.Id, bench.Plan with { Overlap = Overlap }, Token);

        Assert.True(receipt.HasOldKeyBeenUsedDuringOverlap);
        Assert.Contains(bench.Told, told => told.IsOldKeyStillInUse && told.OldKeyLastUsedAt > receipt.DeployedAt);
        Assert.Equal(TimeSpan.FromMinutes(15), bench.Clock.Waits.Max());

        await using var quiet = await RotationBench.StartAsync();
        quiet.Clock.Waited = _ => quiet.Admin.Keys.Revoke(quiet.Old.Id, Token);
        var ended = await quiet.Admin.Keys.RotateAsync(quiet.Old.Id, quiet.Plan with { Overlap = Overlap }, Token);
        Assert.False(ended.HasOldKeyBeenUsedDuringOverlap);
        Assert.Single(quiet.Clock.Waits);
        await quiet.AssertReplacedAsync();
    }

    [Fact]
    public async Task A_new_key_that_was_revoked_meanwhile_is_replaced_before_the_old_one_goes()
    {
        await using var bench = await RotationBench.StartAsync();
        var plan = bench.Plan with { Overlap = Overlap };
        var begun = await bench.Admin.Keys.StartKeyRotationAsync(bench.Old.Id, plan, Token);
        await bench.Admin.Keys.RevokeAsync(begun.NewKeyId!, Token);
        bench.Emulator.Clock.Advance(Overlap);

        var stopped = await Assert.ThrowsAsync<ApiKeyRotationException>(() =>
            bench.Admin.Keys.CompleteKeyRotationAsync(begun.RotationId, plan, Token)
        );
        Assert.Contains("The old key was left alone", stopped.Message, StringComparison.Ordinal);
        Assert.Equal((ApiKeyRotationErrorCode.NewKeyNotActive, begun.NewKeyId), (stopped.ErrorCode, stopped.Key!.Id));
        Assert.Equal(bench.Old.Id, Assert.Single(await bench.ActiveKeysAsync()).Id);

        var ended = await bench.Admin.Keys.RotateAsync(bench.Old.Id, plan, Token);
        Assert.NotEqual(begun.NewKeyId, ended.NewKeyId);
        await bench.AssertReplacedAsync();
    }

    [Fact]
    public async Task One_rotation_of_a_key_at_a_time()
    {
        await using var bench = await RotationBench.StartAsync();
        var second = new TaskCompletionSource<Exception?>();
        var sink = new Sink(
            "slow",
            _ =>
                second.SetResult(
                    Record.Exception(() => bench.Admin.Keys.RotateAsync(bench.Old.Id, bench.Plan, Token).GetAwaiter().GetResult())
                )
        );

        await bench.Admin.Keys.RotateAsync(bench.Old.Id, bench.Plan with { Sinks = [.. bench.Plan.Sinks, sink] }, Token);

        var refusal = Assert.IsType<ApiKeyRotationException>(await second.Task);
        Assert.Contains("is under way already", refusal.Message, StringComparison.Ordinal);
        Assert.Equal((ApiKeyRotationErrorCode.InProgress, ApiKeyRotationRecovery.WaitAndRetry), (refusal.ErrorCode, refusal.Recovery));
        await bench.AssertReplacedAsync();
    }

    [Fact]
    public async Task A_rotation_whose_log_is_lost_is_not_begun_a_second_time()
    {
        await using var bench = await RotationBench.StartAsync();
        var begun = await bench.Admin.Keys.StartKeyRotationAsync(bench.Old.Id, bench.Plan with { Overlap = Overlap }, Token);
        Directory.Delete(bench.Log.Directory, recursive: true);

        var refusal = await Assert.ThrowsAsync<ApiKeyRotationException>(() =>
            bench.Admin.Keys.RotateAsync(bench.Old.Id, bench.Plan, Token)
        );
        var planned = await bench.Admin.Keys.PreviewKeyRotationAsync(bench.Old.Id, bench.Plan, Token);

        Assert.Contains($"has made the key {begun.NewKeyId}", refusal.Message, StringComparison.Ordinal);
        Assert.Equal((ApiKeyRotationErrorCode.AnotherRotation, begun.NewKeyId), (refusal.ErrorCode, refusal.Key!.Id));
        Assert.Contains(begun.NewKeyId!, Assert.Single(planned.Warnings), StringComparison.Ordinal);
        Assert.Equal(begun.NewKeyId, Assert.Single(planned.EarlierKeys).Id);
        Assert.Equal(2, (await bench.ActiveKeysAsync()).Count);
        var unknown = await Assert.ThrowsAsync<ApiKeyRotationException>(() =>
            bench.Admin.Keys.CompleteKeyRotationAsync(begun.RotationId, bench.Plan, Token)
        );
        Assert.Equal((ApiKeyRotationErrorCode.NotFound, ApiKeyRotationRecovery.Retry), (unknown.ErrorCode, unknown.Recovery));
        await bench.Admin.Keys.RevokeAsync(begun.NewKeyId!, Token);
        Assert.True((await bench.Admin.Keys.RotateAsync(bench.Old.Id, bench.Plan, Token)).IsCompleted);
    }

    [Fact]
    public async Task An_interrupted_creation_is_gone_on_with_a_day_later_under_another_request()
    {
        await using var bench = await RotationBench.StartAsync(
            new CreateApiKeyOptions("short") { Scopes = [ApiKeyScope.ModelsRead], ExpiresIn = TimeSpan.FromHours(2) }
        );
        var plan = bench.Plan with { ExpiresIn = TimeSpan.FromMinutes(30) };
        bench.Emulator.Faults.Enqueue("/keys", EmulatorFault.RespondWith(500), method: "POST");
        bench.Emulator.Faults.Enqueue("/keys", EmulatorFault.Delay(TimeSpan.Zero), method: "GET");
        bench.Emulator.Faults.Enqueue("/keys", EmulatorFault.RespondWith(500), 20);
        var failure = await Assert.ThrowsAsync<ApiKeyRotationException>(() => bench.Admin.Keys.RotateAsync(bench.Old.Id, plan, Token));
        Assert.Equal(ApiKeyRotationStage.Creating, failure.Rotation!.Stage);
        bench.Emulator.Faults.Clear();
        bench.Emulator.Clock.Advance(TimeSpan.FromHours(1));

        var receipt = await bench.Admin.Keys.RotateAsync(bench.Old.Id, plan, Token);

        Assert.Equal(failure.Rotation.RotationId, receipt.RotationId);
        Assert.EndsWith("-2", receipt.NewKeyName, StringComparison.Ordinal);
        await bench.AssertReplacedAsync();
    }

    [Fact]
    public async Task Cancelled_before_deploying_nothing_is_left_and_later_it_can_be_gone_on_with()
    {
        await using var bench = await RotationBench.StartAsync();
        using var early = new CancellationTokenSource();
        bench.Emulator.Faults.Enqueue("/me", EmulatorFault.Delay(TimeSpan.Zero));
        bench.Emulator.Faults.Enqueue("/me", EmulatorFault.RespondWith(401));
        bench.Clock.Waited = _ => early.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bench.Admin.Keys.RotateAsync(bench.Old.Id, bench.Plan, early.Token));
        await bench.AssertUntouchedAsync();

        using var late = new CancellationTokenSource();
        bench.Clock.Waited = _ => late.Cancel();
        var plan = bench.Plan with { Overlap = Overlap };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bench.Admin.Keys.RotateAsync(bench.Old.Id, plan, late.Token));
        Assert.Equal(2, (await bench.ActiveKeysAsync()).Count);
        bench.Clock.Waited = null;
        await bench.Admin.Keys.RotateAsync(bench.Old.Id, plan, Token);
        await bench.AssertReplacedAsync();
    }
}
