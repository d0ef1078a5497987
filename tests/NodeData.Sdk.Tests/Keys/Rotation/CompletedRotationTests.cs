using NodeData.Emulator;

namespace NodeData.Sdk.Tests.Keys.Rotation;

/// <summary>A call for a key that a rotation has replaced, or that replaces another key: the same with the store and without it.</summary>
public sealed class CompletedRotationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_completed_rotation_repeated_is_rejected_and_names_the_new_key(bool hasStore)
    {
        await using var fixture = await RotationFixture.StartAsync();
        var completed = await fixture.Admin.Keys.RotateAsync(fixture.OldKey.Id, fixture.Options, Token);
        DeleteStore(fixture, unless: hasStore);
        var other = Path.Combine(Path.GetDirectoryName(fixture.SinkPath)!, "other");
        var options = fixture.Options with { Sinks = [new FileApiKeySink(other)] };

        ApiKeyRotationException[] rejections =
        [
            await Assert.ThrowsAsync<ApiKeyRotationException>(() => fixture.Admin.Keys.RotateAsync(fixture.OldKey.Id, options, Token)),
            await Assert.ThrowsAsync<ApiKeyRotationException>(() =>
                fixture.Admin.Keys.StartKeyRotationAsync(fixture.OldKey.Id, options, Token)
            ),
            await Assert.ThrowsAsync<ApiKeyRotationException>(() =>
                fixture.Admin.Keys.PreviewKeyRotationAsync(fixture.OldKey.Id, options, Token)
            ),
        ];

        Assert.All(
            rejections,
            rejection =>
            {
                Assert.Equal(
                    $"The key {fixture.OldKey.Id} was not rotated: its rotation is completed, and the new key is {completed.NewKeyId}. Rotate that key instead. "
                        + "Nothing was done.",
                    rejection.Message
                );
                Assert.Equal(
                    (ApiKeyRotationErrorCode.AlreadyCompleted, ApiKeyRotationRecovery.RotateNewKey, true, completed.NewKeyId),
                    (rejection.ErrorCode, rejection.Recovery, rejection.IsRejected, rejection.Key!.Id)
                );
                Assert.Equal(hasStore ? completed : null, rejection.Rotation);
            }
        );
        Assert.False(File.Exists(other));
        await fixture.AssertReplacedAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_completed_rotation_names_its_new_key_even_if_that_was_rotated_too(bool hasStore)
    {
        await using var fixture = await RotationFixture.StartAsync();
        var first = await fixture.Admin.Keys.RotateAsync(fixture.OldKey.Id, fixture.Options, Token);
        await fixture.Admin.Keys.RotateAsync(first.NewKeyId!, fixture.Options, Token);
        DeleteStore(fixture, unless: hasStore);

        var rejection = await Assert.ThrowsAsync<ApiKeyRotationException>(() =>
            fixture.Admin.Keys.RotateAsync(fixture.OldKey.Id, fixture.Options, Token)
        );

        Assert.Equal((ApiKeyRotationErrorCode.AlreadyCompleted, first.NewKeyId), (rejection.ErrorCode, rejection.Key!.Id));
        await fixture.AssertReplacedAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_key_revoked_after_its_rotation_was_rolled_back_has_no_new_key(bool hasStore)
    {
        await using var fixture = await RotationFixture.StartAsync();
        fixture.Emulator.Faults.Enqueue("/me", EmulatorFault.Delay(TimeSpan.Zero));
        fixture.Emulator.Faults.Enqueue("/me", EmulatorFault.RespondWith(403));
        await Assert.ThrowsAsync<ApiKeyRotationException>(() => fixture.Admin.Keys.RotateAsync(fixture.OldKey.Id, fixture.Options, Token));
        await fixture.Admin.Keys.RevokeAsync(fixture.OldKey.Id, Token);
        Assert.Equal(2, (await fixture.ListKeysAsync()).Count);
        DeleteStore(fixture, unless: hasStore);

        var rejection = await Assert.ThrowsAsync<ApiKeyRotationException>(() =>
            fixture.Admin.Keys.RotateAsync(fixture.OldKey.Id, fixture.Options, Token)
        );

        Assert.Equal((ApiKeyRotationErrorCode.OldKeyRevoked, ApiKeyRotationRecovery.CreateKey), (rejection.ErrorCode, rejection.Recovery));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_new_key_of_an_unfinished_rotation_is_not_rotated(bool hasStore)
    {
        await using var fixture = await RotationFixture.StartAsync();
        var started = await fixture.Admin.Keys.StartKeyRotationAsync(
            fixture.OldKey.Id,
            fixture.Options with
            {
                Overlap = TimeSpan.FromHours(1),
            },
            Token
        );
        DeleteStore(fixture, unless: hasStore);

        var rejection = await Assert.ThrowsAsync<ApiKeyRotationException>(() =>
            fixture.Admin.Keys.RotateAsync(started.NewKeyId!, fixture.Options, Token)
        );
        var preview = await Assert.ThrowsAsync<ApiKeyRotationException>(() =>
            fixture.Admin.Keys.PreviewKeyRotationAsync(started.NewKeyId!, fixture.Options, Token)
        );

        Assert.Equal(rejection.Message, preview.Message);
        Assert.Contains($"of the key {fixture.OldKey.Id}", rejection.Message, StringComparison.Ordinal);
        Assert.Equal(
            (ApiKeyRotationErrorCode.UnfinishedRotation, ApiKeyRotationRecovery.Retry, true),
            (rejection.ErrorCode, rejection.Recovery, rejection.IsRejected)
        );
        Assert.Equal(hasStore ? started : null, rejection.Rotation);
        Assert.Equal(hasStore ? null : fixture.OldKey.Id, rejection.Key?.Id);
        Assert.Equal(2, (await fixture.ListActiveKeysAsync()).Count);

        // What the message says ends it.
        if (hasStore)
        {
            fixture.Emulator.Clock.Advance(TimeSpan.FromHours(1));
            await fixture.Admin.Keys.RotateAsync(fixture.OldKey.Id, fixture.Options, Token);
        }
        else
        {
            await fixture.Admin.Keys.RevokeAsync(fixture.OldKey.Id, Token);
        }

        await fixture.Admin.Keys.RotateAsync(started.NewKeyId!, fixture.Options, Token);
        Assert.NotEqual(started.NewKeyId, (await fixture.AssertReplacedAsync()).Id);
    }

    private static void DeleteStore(RotationFixture fixture, bool unless)
    {
        if (!unless)
        {
            Directory.Delete(fixture.Store.Directory, recursive: true);
        }
    }
}
