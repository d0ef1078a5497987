using System.Diagnostics;
using NodeData.Emulator;

namespace NodeData.Sdk.Tests.Keys.Rotation;

/// <summary>A rotation that fails on its way: what is left, what is said, and that the same call goes on.</summary>
public sealed class FailureTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_key_that_is_refused_for_a_while_is_waited_for()
    {
        await using var bench = await RotationBench.StartAsync();
        // The first question about who one is is the client's own.
        bench.Emulator.Faults.Enqueue("/me", EmulatorFault.Delay(TimeSpan.Zero));
        bench.Emulator.Faults.Enqueue("/me", EmulatorFault.RespondWith(401), 3);

        await bench.Admin.Keys.RotateAsync(bench.Old.Id, bench.Plan, Token);

        await bench.AssertReplacedAsync();
        Assert.Equal([0.5, 1, 2], bench.Clock.Waits.Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public async Task A_new_key_that_is_refused_for_too_long_is_revoked_and_the_old_one_untouched()
    {
        await using var bench = await RotationBench.StartAsync();
        bench.Emulator.Faults.Enqueue("/me", EmulatorFault.Delay(TimeSpan.Zero));
        bench.Emulator.Faults.Enqueue("/me", EmulatorFault.RespondWith(401), 1000);
        var since = Stopwatch.StartNew();

        var failure = await Assert.ThrowsAsync<ApiKeyRotationException>(() =>
            bench.Admin.Keys.RotateAsync(bench.Old.Id, bench.Plan, Token)
        );

        Assert.Equal(ApiKeyRotationStage.RolledBack, failure.Rotation!.Stage);
        Assert.Contains("The new key was revoked, and the old one is untouched.", failure.Message, StringComparison.Ordinal);
        Assert.Contains("stopped while creating", failure.Message, StringComparison.Ordinal);
        Assert.IsType<NodeDataAuthenticationException>(failure.InnerException);
        Assert.Equal(
            (ApiKeyRotationErrorCode.CallFailed, ApiKeyRotationRecovery.Retry, false),
            (failure.ErrorCode, failure.Recovery, failure.IsRejected)
        );
        // A minute, of which the calls themselves take what they take.
        Assert.InRange(bench.Clock.Waits.Sum(wait => wait.TotalSeconds), 50 - since.Elapsed.TotalSeconds, 76);
        bench.Emulator.Faults.Clear();
        await bench.AssertUntouchedAsync();
        await bench.Admin.Keys.RotateAsync(bench.Old.Id, bench.Plan, Token);
        await bench.AssertReplacedAsync();
    }

    [Theory]
    [InlineData(
        """{"id":"usr_1","key":{"mode":"test","scopes":["models:read"]}}""",
        "lacks what was asked for: models:upload",
        ApiKeyRotationErrorCode.NewKeyMissingScopes
    )]
    [InlineData("""{"id":"usr_1","key":{"mode":"test","scopes":[]}}""", "may do everything", ApiKeyRotationErrorCode.NewKeyHasFullAccess)]
    [InlineData(
        """{"id":"usr_1","key":{"mode":"live","scopes":["models:read","models:upload"]}}""",
        "for a Live key",
        ApiKeyRotationErrorCode.NewKeyMismatch
    )]
    [InlineData(
        """{"id":"usr_1","key":{"id":"key_other","mode":"test"}}""",
        "for the key key_other",
        ApiKeyRotationErrorCode.NewKeyMismatch
    )]
    public async Task A_new_key_that_is_not_what_was_asked_for_is_revoked(string me, string why, ApiKeyRotationErrorCode reason)
    {
        await using var bench = await RotationBench.StartAsync();
        bench.Emulator.Faults.Enqueue("/me", EmulatorFault.Delay(TimeSpan.Zero));
        bench.Emulator.Faults.Enqueue("/me", EmulatorFault.RespondWith(200, me));

        var failure = await Assert.ThrowsAsync<ApiKeyRotationException>(() =>
            bench.Admin.Keys.RotateAsync(bench.Old.Id, bench.Plan, Token)
        );

        Assert.Contains(why, failure.Message, StringComparison.Ordinal);
        Assert.Equal((reason, ApiKeyRotationRecovery.Retry), (failure.ErrorCode, failure.Recovery));
        Assert.Equal(reason is ApiKeyRotationErrorCode.NewKeyMissingScopes ? [ApiKeyScope.ModelsUpload] : null, failure.MissingScopes);
        await bench.AssertUntouchedAsync();
    }

    [Fact]
    public async Task An_answer_that_never_comes_leaves_no_key_behind()
    {
        await using var bench = await RotationBench.StartAsync();
        bench.Emulator.Faults.Enqueue("/keys", EmulatorFault.DropResponse(), 10, "POST");

        var failure = await Assert.ThrowsAsync<ApiKeyRotationException>(() =>
            bench.Admin.Keys.RotateAsync(bench.Old.Id, bench.Plan, Token)
        );

        Assert.IsType<NodeDataConnectionException>(failure.InnerException);
        await bench.AssertUntouchedAsync();
    }

    [Fact]
    public async Task Where_even_cleaning_up_fails_the_same_call_goes_on()
    {
        await using var bench = await RotationBench.StartAsync();
        bench.FailInProvingAndInCleaningUp();

        var failure = await Assert.ThrowsAsync<ApiKeyRotationException>(() =>
            bench.Admin.Keys.RotateAsync(bench.Old.Id, bench.Plan, Token)
        );

        Assert.Equal(ApiKeyRotationStage.Creating, failure.Rotation!.Stage);
        Assert.Equal(ApiKeyRotationRecovery.ResumeOrRollBack, failure.Recovery);
        Assert.Contains("may still be accepted; nobody has it", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"RollBackKeyRotationAsync(\"{failure.Rotation.RotationId}\", plan)", failure.Message, StringComparison.Ordinal);
        bench.Emulator.Faults.Clear();
        Assert.Equal(2, (await bench.ActiveKeysAsync()).Count);
        var receipt = await bench.Admin.Keys.RotateAsync(bench.Old.Id, bench.Plan, Token);
        Assert.Equal(failure.Rotation.RotationId, receipt.RotationId);
        Assert.Equal(2, (await bench.KeysAsync()).Count);
        await bench.AssertReplacedAsync();
    }

    [Fact]
    public async Task A_sink_that_fails_leaves_both_keys_and_a_word_on_how_to_go_on()
    {
        await using var bench = await RotationBench.StartAsync();
        var broken = new Sink("vault", key => throw new InvalidOperationException($"PUT {key.Reveal()} failed"));
        var plan = bench.Plan with { Sinks = [.. bench.Plan.Sinks, broken, new Sink("cluster", _ => { })] };

        var failure = await Assert.ThrowsAsync<ApiKeyRotationException>(() => bench.Admin.Keys.RotateAsync(bench.Old.Id, plan, Token));

        Assert.Equal(ApiKeyRotationStage.Deploying, failure.Rotation!.Stage);
        Assert.Contains($"vault failed; done: file {bench.Place}; not begun: cluster", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Nothing was revoked", failure.Message, StringComparison.Ordinal);
        Assert.Equal((ApiKeyRotationErrorCode.SinkFailed, ApiKeyRotationRecovery.ResumeOrRollBack), (failure.ErrorCode, failure.Recovery));
        Assert.Equal("vault", failure.Deployment!.FailedSink);
        Assert.Equal([$"file {bench.Place}"], failure.Deployment.CompletedSinks);
        Assert.Equal(["cluster"], failure.Deployment.PendingSinks);
        Assert.Equal(ApiKeyRotationEvent.Failed, bench.Told[^1].Event);
        Assert.DoesNotContain(broken.Last!.Reveal(), failure.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, (await bench.ActiveKeysAsync()).Count);
        await bench.AssertPlaceWorksAsync();

        var receipt = await bench.Admin.Keys.RotateAsync(bench.Old.Id, bench.Plan, Token);

        Assert.Equal(failure.Rotation.RotationId, receipt.RotationId);
        Assert.NotEqual(failure.Rotation.NewKeyId, receipt.NewKeyId);
        Assert.EndsWith("-2", receipt.NewKeyName, StringComparison.Ordinal);
        await bench.AssertReplacedAsync();
    }

    [Fact]
    public async Task A_sink_that_always_fails_is_not_fed_for_ever()
    {
        await using var bench = await RotationBench.StartAsync();
        var broken = bench.Plan with { Sinks = [new Sink("vault", _ => throw new InvalidOperationException("closed"))] };
        ApiKeyRotationException? failure = null;
        for (var run = 0; run < 12; run++)
        {
            failure = await Assert.ThrowsAsync<ApiKeyRotationException>(() => bench.Admin.Keys.RotateAsync(bench.Old.Id, broken, Token));
        }

        Assert.Contains("8 keys were made", failure!.Message, StringComparison.Ordinal);
        Assert.Equal((ApiKeyRotationErrorCode.TooManyAttempts, ApiKeyRotationRecovery.RollBack), (failure.ErrorCode, failure.Recovery));
        Assert.Equal(9, (await bench.ActiveKeysAsync()).Count);
        await bench.Admin.Keys.RollBackKeyRotationAsync(failure.Rotation!.RotationId, bench.Plan with { OldKey = bench.Old.Secret }, Token);
        await bench.AssertUntouchedAsync();
    }

    [Fact]
    public async Task A_log_that_cannot_be_written_stops_it_before_anything_is_done()
    {
        await using var bench = await RotationBench.StartAsync();
        var plan = bench.Plan with { Store = new BrokenLog(bench.Log, failAt: 1) };

        var failure = await Assert.ThrowsAsync<ApiKeyRotationException>(() => bench.Admin.Keys.RotateAsync(bench.Old.Id, plan, Token));

        Assert.Contains(
            "could not be written to its log (IOException: No space left on device.)",
            failure.Message,
            StringComparison.Ordinal
        );
        Assert.Equal((ApiKeyRotationErrorCode.StoreFailed, true), (failure.ErrorCode, failure.IsRejected));
        Assert.IsType<IOException>(failure.InnerException);
        Assert.Single(await bench.KeysAsync());
    }

    [Theory]
    [InlineData(2, "deploying")]
    [InlineData(3, "overlapping")]
    [InlineData(4, "revoking")]
    [InlineData(5, "completed")]
    public async Task A_write_to_the_log_that_fails_later_is_gone_on_from(int failAt, string stage)
    {
        await using var bench = await RotationBench.StartAsync();
        var log = new BrokenLog(bench.Log, failAt);

        var failure = await Assert.ThrowsAsync<ApiKeyRotationException>(() =>
            bench.Admin.Keys.RotateAsync(bench.Old.Id, bench.Plan with { Store = log }, Token)
        );

        Assert.Equal(stage, log.Refused!.Value.Value);
        Assert.IsType<IOException>(failure.InnerException);
        Assert.Equal((ApiKeyRotationErrorCode.StoreFailed, false), (failure.ErrorCode, failure.IsRejected));
        await bench.AssertPlaceWorksAsync();
        await bench.Admin.Keys.RotateAsync(bench.Old.Id, bench.Plan, Token);
        await bench.AssertReplacedAsync();
    }

    [Fact]
    public async Task A_listener_that_throws_stops_nothing()
    {
        await using var bench = await RotationBench.StartAsync();

        await bench.Admin.Keys.RotateAsync(bench.Old.Id, bench.Plan with { Progress = new Thrower() }, Token);

        await bench.AssertReplacedAsync();
    }

    private sealed class Thrower : IProgress<ApiKeyRotationProgress>
    {
        public void Report(ApiKeyRotationProgress value) => throw new InvalidOperationException("not now");
    }

    private sealed class BrokenLog(IApiKeyRotationStore log, int failAt) : IApiKeyRotationStore
    {
        private int _writes;

        public ApiKeyRotationStage? Refused { get; private set; }

        public Task<IAsyncDisposable?> TryLockAsync(string name, CancellationToken cancellationToken) =>
            log.TryLockAsync(name, cancellationToken);

        public Task<IReadOnlyList<ApiKeyRotationRecord>> ReadAsync(CancellationToken cancellationToken) => log.ReadAsync(cancellationToken);

        public Task WriteAsync(ApiKeyRotationRecord record, CancellationToken cancellationToken)
        {
            if (++_writes < failAt)
            {
                return log.WriteAsync(record, cancellationToken);
            }

            Refused ??= record.Stage;
            throw new IOException("No space left on device.");
        }
    }
}
