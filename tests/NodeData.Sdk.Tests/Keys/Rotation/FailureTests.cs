using System.Diagnostics;
using NodeData.Emulator;

namespace NodeData.Sdk.Tests.Keys.Rotation;

/// <summary>Rotations that fail: the state they leave, the error they report, and that the same call resumes them.</summary>
public sealed class FailureTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_key_that_is_rejected_at_first_is_retried()
    {
        await using var fixture = await RotationFixture.StartAsync();
        // The first call of /me is for the client's key.
        fixture.Emulator.Faults.Enqueue("/me", EmulatorFault.Delay(TimeSpan.Zero));
        fixture.Emulator.Faults.Enqueue("/me", EmulatorFault.RespondWith(401), 3);

        await fixture.Admin.Keys.RotateAsync(fixture.OldKey.Id, fixture.Options, Token);

        await fixture.AssertReplacedAsync();
        Assert.Equal([0.5, 1, 2], fixture.Clock.Delays.Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public async Task A_new_key_that_is_rejected_for_too_long_is_revoked_and_the_old_one_unchanged()
    {
        await using var fixture = await RotationFixture.StartAsync();
        fixture.Emulator.Faults.Enqueue("/me", EmulatorFault.Delay(TimeSpan.Zero));
        fixture.Emulator.Faults.Enqueue("/me", EmulatorFault.RespondWith(401), 1000);
        var since = Stopwatch.StartNew();

        var failure = await Assert.ThrowsAsync<ApiKeyRotationException>(() =>
            fixture.Admin.Keys.RotateAsync(fixture.OldKey.Id, fixture.Options, Token)
        );

        Assert.Equal(ApiKeyRotationStage.RolledBack, failure.Rotation!.Stage);
        Assert.Contains("The new key was revoked, and the old one is unchanged.", failure.Message, StringComparison.Ordinal);
        Assert.Contains("failed in stage creating", failure.Message, StringComparison.Ordinal);
        Assert.IsType<NodeDataAuthenticationException>(failure.InnerException);
        Assert.Equal(
            (ApiKeyRotationErrorCode.RequestFailed, ApiKeyRotationRecovery.Retry, false),
            (failure.ErrorCode, failure.Recovery, failure.IsRejected)
        );
        // A minute, less the time that the calls take.
        Assert.InRange(fixture.Clock.Delays.Sum(wait => wait.TotalSeconds), 50 - since.Elapsed.TotalSeconds, 76);
        fixture.Emulator.Faults.Clear();
        await fixture.AssertUnchangedAsync();
        await fixture.Admin.Keys.RotateAsync(fixture.OldKey.Id, fixture.Options, Token);
        await fixture.AssertReplacedAsync();
    }

    [Theory]
    [InlineData(
        """{"id":"usr_1","key":{"mode":"test","scopes":["models:read"]}}""",
        "lacks requested scopes: models:upload",
        ApiKeyRotationErrorCode.NewKeyMissingScopes
    )]
    [InlineData("""{"id":"usr_1","key":{"mode":"test","scopes":[]}}""", "has full access", ApiKeyRotationErrorCode.NewKeyHasFullAccess)]
    [InlineData(
        """{"id":"usr_1","key":{"mode":"live","scopes":["models:read","models:upload"]}}""",
        "as a Live key",
        ApiKeyRotationErrorCode.NewKeyMismatch
    )]
    [InlineData(
        """{"id":"usr_1","key":{"id":"key_other","mode":"test"}}""",
        "as the key key_other",
        ApiKeyRotationErrorCode.NewKeyMismatch
    )]
    public async Task A_new_key_that_differs_from_the_request_is_revoked(
        string me,
        string expectedMessage,
        ApiKeyRotationErrorCode errorCode
    )
    {
        await using var fixture = await RotationFixture.StartAsync();
        fixture.Emulator.Faults.Enqueue("/me", EmulatorFault.Delay(TimeSpan.Zero));
        fixture.Emulator.Faults.Enqueue("/me", EmulatorFault.RespondWith(200, me));

        var failure = await Assert.ThrowsAsync<ApiKeyRotationException>(() =>
            fixture.Admin.Keys.RotateAsync(fixture.OldKey.Id, fixture.Options, Token)
        );

        Assert.Contains(expectedMessage, failure.Message, StringComparison.Ordinal);
        Assert.Equal((errorCode, ApiKeyRotationRecovery.Retry), (failure.ErrorCode, failure.Recovery));
        Assert.Equal(errorCode is ApiKeyRotationErrorCode.NewKeyMissingScopes ? [ApiKeyScope.ModelsUpload] : null, failure.MissingScopes);
        await fixture.AssertUnchangedAsync();
    }

    [Fact]
    public async Task A_dropped_response_leaves_no_key_behind()
    {
        await using var fixture = await RotationFixture.StartAsync();
        fixture.Emulator.Faults.Enqueue("/keys", EmulatorFault.DropResponse(), 10, "POST");

        var failure = await Assert.ThrowsAsync<ApiKeyRotationException>(() =>
            fixture.Admin.Keys.RotateAsync(fixture.OldKey.Id, fixture.Options, Token)
        );

        Assert.IsType<NodeDataConnectionException>(failure.InnerException);
        await fixture.AssertUnchangedAsync();
    }

    [Fact]
    public async Task The_same_call_resumes_if_the_cleanup_fails_too()
    {
        await using var fixture = await RotationFixture.StartAsync();
        fixture.FailVerificationAndCleanup();

        var failure = await Assert.ThrowsAsync<ApiKeyRotationException>(() =>
            fixture.Admin.Keys.RotateAsync(fixture.OldKey.Id, fixture.Options, Token)
        );

        Assert.Equal(ApiKeyRotationStage.Creating, failure.Rotation!.Stage);
        Assert.Equal(ApiKeyRotationRecovery.ResumeOrRollBack, failure.Recovery);
        Assert.Contains("may still be valid; it was not deployed", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"RollBackKeyRotationAsync(\"{failure.Rotation.RotationId}\", options)", failure.Message, StringComparison.Ordinal);
        fixture.Emulator.Faults.Clear();
        Assert.Equal(2, (await fixture.ListActiveKeysAsync()).Count);
        var receipt = await fixture.Admin.Keys.RotateAsync(fixture.OldKey.Id, fixture.Options, Token);
        Assert.Equal(failure.Rotation.RotationId, receipt.RotationId);
        Assert.Equal(2, (await fixture.ListKeysAsync()).Count);
        await fixture.AssertReplacedAsync();
    }

    [Fact]
    public async Task A_failing_sink_leaves_both_keys_and_the_error_says_how_to_resume()
    {
        await using var fixture = await RotationFixture.StartAsync();
        var broken = new StubSink("vault", key => throw new InvalidOperationException($"PUT {key.Reveal()} failed"));
        var options = fixture.Options with { Sinks = [.. fixture.Options.Sinks, broken, new StubSink("cluster", _ => { })] };

        var failure = await Assert.ThrowsAsync<ApiKeyRotationException>(() =>
            fixture.Admin.Keys.RotateAsync(fixture.OldKey.Id, options, Token)
        );

        Assert.Equal(ApiKeyRotationStage.Deploying, failure.Rotation!.Stage);
        Assert.Contains($"vault failed; completed: file {fixture.SinkPath}; pending: cluster", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Nothing was revoked", failure.Message, StringComparison.Ordinal);
        Assert.Equal((ApiKeyRotationErrorCode.SinkFailed, ApiKeyRotationRecovery.ResumeOrRollBack), (failure.ErrorCode, failure.Recovery));
        Assert.Equal("vault", failure.Deployment!.FailedSink);
        Assert.Equal([$"file {fixture.SinkPath}"], failure.Deployment.CompletedSinks);
        Assert.Equal(["cluster"], failure.Deployment.PendingSinks);
        Assert.Equal(ApiKeyRotationEvent.Failed, fixture.Progress[^1].Event);
        Assert.DoesNotContain(broken.LastKey!.Reveal(), failure.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, (await fixture.ListActiveKeysAsync()).Count);
        await fixture.AssertDeployedKeyWorksAsync();

        var receipt = await fixture.Admin.Keys.RotateAsync(fixture.OldKey.Id, fixture.Options, Token);

        Assert.Equal(failure.Rotation.RotationId, receipt.RotationId);
        Assert.NotEqual(failure.Rotation.NewKeyId, receipt.NewKeyId);
        Assert.EndsWith("-2", receipt.NewKeyName, StringComparison.Ordinal);
        await fixture.AssertReplacedAsync();
    }

    [Fact]
    public async Task A_sink_that_always_fails_ends_at_the_maximum_number_of_keys()
    {
        await using var fixture = await RotationFixture.StartAsync();
        var broken = fixture.Options with { Sinks = [new StubSink("vault", _ => throw new InvalidOperationException("closed"))] };
        ApiKeyRotationException? failure = null;
        for (var run = 0; run < 12; run++)
        {
            failure = await Assert.ThrowsAsync<ApiKeyRotationException>(() =>
                fixture.Admin.Keys.RotateAsync(fixture.OldKey.Id, broken, Token)
            );
        }

        Assert.Contains("8 keys were created", failure!.Message, StringComparison.Ordinal);
        Assert.Equal((ApiKeyRotationErrorCode.TooManyAttempts, ApiKeyRotationRecovery.RollBack), (failure.ErrorCode, failure.Recovery));
        Assert.Equal(9, (await fixture.ListActiveKeysAsync()).Count);
        await fixture.Admin.Keys.RollBackKeyRotationAsync(
            failure.Rotation!.RotationId,
            fixture.Options with
            {
                OldKey = fixture.OldKey.Secret,
            },
            Token
        );
        await fixture.AssertUnchangedAsync();
    }

    [Fact]
    public async Task A_store_that_cannot_be_written_prevents_the_start()
    {
        await using var fixture = await RotationFixture.StartAsync();
        var options = fixture.Options with { Store = new FailingStore(fixture.Store, failAt: 1) };

        var failure = await Assert.ThrowsAsync<ApiKeyRotationException>(() =>
            fixture.Admin.Keys.RotateAsync(fixture.OldKey.Id, options, Token)
        );

        Assert.Contains(
            "could not be written to the store (IOException: No space left on device.)",
            failure.Message,
            StringComparison.Ordinal
        );
        Assert.Equal((ApiKeyRotationErrorCode.StoreFailed, true), (failure.ErrorCode, failure.IsRejected));
        Assert.IsType<IOException>(failure.InnerException);
        Assert.Single(await fixture.ListKeysAsync());
    }

    [Theory]
    [InlineData(2, "deploying")]
    [InlineData(3, "overlapping")]
    [InlineData(4, "revoking")]
    [InlineData(5, "completed")]
    public async Task A_later_failed_write_to_the_store_is_resumed(int failAt, string stage)
    {
        await using var fixture = await RotationFixture.StartAsync();
        var store = new FailingStore(fixture.Store, failAt);

        var failure = await Assert.ThrowsAsync<ApiKeyRotationException>(() =>
            fixture.Admin.Keys.RotateAsync(fixture.OldKey.Id, fixture.Options with { Store = store }, Token)
        );

        Assert.Equal(stage, store.FailedStage!.Value.Value);
        Assert.IsType<IOException>(failure.InnerException);
        Assert.Equal((ApiKeyRotationErrorCode.StoreFailed, false), (failure.ErrorCode, failure.IsRejected));
        await fixture.AssertDeployedKeyWorksAsync();
        await fixture.Admin.Keys.RotateAsync(fixture.OldKey.Id, fixture.Options, Token);
        await fixture.AssertReplacedAsync();
    }

    [Fact]
    public async Task A_progress_receiver_that_throws_does_not_affect_the_rotation()
    {
        await using var fixture = await RotationFixture.StartAsync();

        await fixture.Admin.Keys.RotateAsync(fixture.OldKey.Id, fixture.Options with { Progress = new ThrowingProgress() }, Token);

        await fixture.AssertReplacedAsync();
    }

    private sealed class ThrowingProgress : IProgress<ApiKeyRotationProgress>
    {
        public void Report(ApiKeyRotationProgress value) => throw new InvalidOperationException("not now");
    }

    private sealed class FailingStore(IApiKeyRotationStore store, int failAt) : IApiKeyRotationStore
    {
        private int _writes;

        public ApiKeyRotationStage? FailedStage { get; private set; }

        public Task<IAsyncDisposable?> TryLockAsync(string name, CancellationToken cancellationToken) =>
            store.TryLockAsync(name, cancellationToken);

        public Task<IReadOnlyList<ApiKeyRotationRecord>> ReadAsync(CancellationToken cancellationToken) =>
            store.ReadAsync(cancellationToken);

        public Task WriteAsync(ApiKeyRotationRecord record, CancellationToken cancellationToken)
        {
            if (++_writes < failAt)
            {
                return store.WriteAsync(record, cancellationToken);
            }

            FailedStage ??= record.Stage;
            throw new IOException("No space left on device.");
        }
    }
}
