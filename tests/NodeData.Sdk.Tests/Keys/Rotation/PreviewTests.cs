using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.Keys.Rotation;

/// <summary>The preview of a rotation, and what is rejected before anything is done.</summary>
public sealed class PreviewTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_preview_lists_each_step_and_changes_nothing()
    {
        await using var fixture = await RotationFixture.StartAsync(
            new CreateApiKeyOptions("ci-deploys") { Scopes = [ApiKeyScope.ModelsRead], ExpiresIn = TimeSpan.FromDays(90) }
        );
        var before = fixture.Emulator.Requests.Count;

        var preview = await fixture.Admin.Keys.PreviewKeyRotationAsync(fixture.OldKey.Id, fixture.Options with { Overlap = null }, Token);

        Assert.Equal(TimeSpan.FromHours(24), preview.Overlap);
        Assert.False(preview.IsClientKey);
        Assert.Equal(90, preview.Lifetime!.Value.TotalDays, tolerance: 0.01);
        string[] lines = preview.ToString().Split('\n');
        Assert.Equal($"Rotation of {fixture.OldKey.Id} ({fixture.OldKey.Secret.Hint}), test", lines[0]);
        Assert.Matches("^  1. create   ci-deploys~[0-9a-f]{14}; scopes: models:read; valid for 90 days$", lines[1]);
        Assert.Equal("  2. verify   that the service accepts it, within 00:01:00", lines[2]);
        Assert.Equal($"  3. deploy   to file {fixture.SinkPath}", lines[3]);
        Assert.Equal("  4. switch   nothing: this client uses another key", lines[4]);
        Assert.Equal("  5. overlap  1.00:00:00", lines[5]);
        Assert.Equal($"  6. revoke   {fixture.OldKey.Id}", lines[6]);
        Assert.Equal(7, lines.Length);
        Assert.All(fixture.Emulator.Requests.Skip(before), request => Assert.Equal("GET", request.Method));
        Assert.False(Directory.Exists(fixture.Store.Directory));
        await fixture.AssertUnchangedAsync();
    }

    [Fact]
    public async Task An_overlap_longer_than_the_old_keys_lifetime_is_shortened_and_the_preview_says_so()
    {
        await using var fixture = await RotationFixture.StartAsync(
            new CreateApiKeyOptions("short") { Scopes = [ApiKeyScope.ModelsRead], ExpiresIn = TimeSpan.FromHours(3) }
        );
        fixture.Emulator.Clock.Advance(TimeSpan.FromHours(1));
        var options = fixture.Options with { Overlap = TimeSpan.FromHours(24), ExpiresIn = TimeSpan.FromDays(1) };

        var preview = await fixture.Admin.Keys.PreviewKeyRotationAsync(fixture.OldKey.Id, options, Token);
        var receipt = await fixture.Admin.Keys.RotateAsync(fixture.OldKey.Id, options, Token);

        Assert.True(preview.IsOverlapShortened);
        Assert.Equal(2, preview.Overlap.TotalHours, tolerance: 0.1);
        Assert.Contains("shortened to the remaining lifetime of the old key", preview.ToString(), StringComparison.Ordinal);
        Assert.Contains(fixture.Progress, progress => progress.Message.Contains("the overlap is shortened to", StringComparison.Ordinal));
        Assert.InRange(receipt.OverlapEndsAt!.Value - receipt.DeployedAt!.Value, TimeSpan.FromHours(1.9), TimeSpan.FromHours(2.1));
        await fixture.AssertReplacedAsync();
    }

    [Fact]
    public async Task A_revoked_or_expired_key_is_rejected()
    {
        await using var fixture = await RotationFixture.StartAsync(
            new CreateApiKeyOptions("short") { Scopes = [ApiKeyScope.ModelsRead], ExpiresIn = TimeSpan.FromHours(3) }
        );
        var revoked = await fixture.Admin.Keys.CreateAsync("revoked", cancellationToken: Token);
        await fixture.Admin.Keys.RevokeAsync(revoked.Id, Token);
        fixture.Emulator.Clock.Advance(TimeSpan.FromHours(3));

        await AssertRejectedAsync(
            fixture,
            revoked.Id,
            fixture.Options,
            "the key is already revoked",
            ApiKeyRotationErrorCode.OldKeyRevoked,
            ApiKeyRotationRecovery.CreateKey
        );
        await AssertRejectedAsync(
            fixture,
            fixture.OldKey.Id,
            fixture.Options,
            "the key has expired",
            ApiKeyRotationErrorCode.OldKeyExpired,
            ApiKeyRotationRecovery.CreateKey
        );
    }

    [Fact]
    public async Task The_other_mode_is_rejected()
    {
        await using var fixture = await RotationFixture.StartAsync();

        await AssertRejectedAsync(
            fixture,
            fixture.OldKey.Id,
            fixture.Options with
            {
                Mode = KeyMode.Live,
            },
            "ApiKeyRotationOptions.Mode is live",
            ApiKeyRotationErrorCode.ModeMismatch
        );
        using var live = fixture.CreateClient(fixture.Emulator.LiveKey);
        await Assert.ThrowsAsync<NodeDataNotFoundException>(() => live.Keys.RotateAsync(fixture.OldKey.Id, fixture.Options, Token));
        await fixture.AssertUnchangedAsync();
    }

    [Fact]
    public async Task No_overlap_for_the_clients_key_is_rejected_unless_it_is_compromised()
    {
        await using var fixture = await RotationFixture.StartAsync(new CreateApiKeyOptions("own") { Scopes = ApiKeyScopeSet.FullAccess });
        using var self = fixture.CreateClient(fixture.OldKey.Secret);

        var rejection = await Assert.ThrowsAsync<ApiKeyRotationException>(() =>
            self.Keys.RotateAsync(fixture.OldKey.Id, fixture.Options, Token)
        );
        Assert.Contains("ApiKeyRotationOptions.Overlap is zero", rejection.Message, StringComparison.Ordinal);
        Assert.Equal(
            (ApiKeyRotationErrorCode.ClientKeyNeedsOverlap, ApiKeyRotationRecovery.Retry),
            (rejection.ErrorCode, rejection.Recovery)
        );
        Assert.True(rejection.IsRejected);
        Assert.Null(rejection.Rotation);
        await fixture.AssertUnchangedAsync();

        var receipt = await self.Keys.RotateAsync(fixture.OldKey.Id, fixture.Options with { Overlap = null, IsCompromised = true }, Token);
        Assert.True(receipt.IsClientKeySwitched);
        Assert.Equal(receipt.DeployedAt, receipt.OverlapEndsAt);
        Assert.Equal((await fixture.AssertReplacedAsync()).Id, (await self.Me.GetAsync(Token)).Key!.Id);
    }

    [Fact]
    public async Task A_client_cannot_switch_to_a_key_that_cannot_manage_keys()
    {
        await using var fixture = await RotationFixture.StartAsync(new CreateApiKeyOptions("own") { Scopes = ApiKeyScopeSet.FullAccess });
        using var self = fixture.CreateClient(fixture.OldKey.Secret);

        var options = fixture.Options with { Overlap = TimeSpan.FromHours(1), Scopes = [ApiKeyScope.ModelsRead] };
        var rejection = await Assert.ThrowsAsync<ApiKeyRotationException>(() => self.Keys.RotateAsync(fixture.OldKey.Id, options, Token));

        Assert.Contains("could not manage keys", rejection.Message, StringComparison.Ordinal);
        Assert.Equal(ApiKeyRotationErrorCode.ClientKeyNeedsFullAccess, rejection.ErrorCode);
        await fixture.AssertUnchangedAsync();
    }

    [Fact]
    public async Task An_OldKey_that_is_another_key_is_rejected()
    {
        await using var fixture = await RotationFixture.StartAsync();

        await AssertRejectedAsync(
            fixture,
            fixture.OldKey.Id,
            fixture.Options with
            {
                OldKey = fixture.Emulator.TestKey,
            },
            "is this client's key, key_",
            ApiKeyRotationErrorCode.OldKeyMismatch
        );
    }

    [Fact]
    public async Task Options_without_a_sink_are_rejected_and_the_preview_warns_of_that()
    {
        await using var fixture = await RotationFixture.StartAsync();
        var options = fixture.Options with { Sinks = [] };

        await Assert.ThrowsAsync<ArgumentException>(() => fixture.Admin.Keys.RotateAsync(fixture.OldKey.Id, options, Token));
        var preview = await fixture.Admin.Keys.PreviewKeyRotationAsync(fixture.OldKey.Id, options, Token);

        Assert.Contains("There is no sink", Assert.Single(preview.Warnings), StringComparison.Ordinal);
        await fixture.AssertUnchangedAsync();
    }

    [Fact]
    public async Task A_secret_is_rejected_as_an_id()
    {
        await using var fixture = await RotationFixture.StartAsync();
        var before = fixture.Emulator.Requests.Count;

        await Assert.ThrowsAsync<ArgumentException>(() => fixture.Admin.Keys.RotateAsync(fixture.OldKey.Reveal(), fixture.Options, Token));
        await Assert.ThrowsAsync<ArgumentException>(() =>
            fixture.Admin.Keys.PreviewKeyRotationAsync(fixture.OldKey.Reveal(), fixture.Options, Token)
        );

        Assert.Equal(before, fixture.Emulator.Requests.Count);
    }

    [Fact]
    public async Task The_new_key_has_what_the_options_request()
    {
        await using var fixture = await RotationFixture.StartAsync();
        var options = fixture.Options with { NewName = "ci-2027", Scopes = [ApiKeyScope.PayoutsRead], ExpiresIn = TimeSpan.FromDays(30) };

        await fixture.Admin.Keys.RotateAsync(fixture.OldKey.Id, options, Token);

        var active = await fixture.AssertReplacedAsync();
        Assert.Matches("^ci-2027~[0-9a-f]{14}$", active.Name);
        Assert.Equal([ApiKeyScope.PayoutsRead], active.Scopes);
        Assert.Equal(30, (active.ExpiresAt - active.CreatedAt)!.Value.TotalDays, tolerance: 0.01);
    }

    [Fact]
    public async Task A_suffix_replaces_an_earlier_one_and_a_long_name_is_truncated()
    {
        await using var fixture = await RotationFixture.StartAsync(
            new CreateApiKeyOptions(string.Concat(Enumerable.Repeat("🔑", 100))) { Scopes = [ApiKeyScope.ModelsRead] }
        );

        var first = await fixture.Admin.Keys.RotateAsync(fixture.OldKey.Id, fixture.Options, Token);
        var second = await fixture.Admin.Keys.RotateAsync(first.NewKeyId!, fixture.Options, Token);

        Assert.Matches("^(🔑){85}~[0-9a-f]{14}$", first.NewKeyName);
        Assert.Matches("^(🔑){85}~[0-9a-f]{14}$", second.NewKeyName);
        Assert.NotEqual(first.NewKeyName, second.NewKeyName);
    }

    [Fact]
    public void A_property_out_of_range_is_rejected_when_it_is_set()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ApiKeyRotationOptions { Overlap = TimeSpan.FromTicks(-1) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ApiKeyRotationOptions { ExpiresIn = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ApiKeyRotationOptions { VerificationTimeout = TimeSpan.FromDays(4000) });
        Assert.Throws<ArgumentException>(() => new ApiKeyRotationOptions { NewName = TestClients.TestKey });
        Assert.Throws<ArgumentNullException>(() => new ApiKeyRotationOptions { Sinks = null! });
    }

    private static async Task AssertRejectedAsync(
        RotationFixture fixture,
        string id,
        ApiKeyRotationOptions options,
        string expectedMessage,
        ApiKeyRotationErrorCode errorCode,
        ApiKeyRotationRecovery recovery = ApiKeyRotationRecovery.Retry
    )
    {
        var before = (await fixture.ListKeysAsync()).Count;
        var rejections = new[]
        {
            await Assert.ThrowsAsync<ApiKeyRotationException>(() => fixture.Admin.Keys.RotateAsync(id, options, Token)),
            await Assert.ThrowsAsync<ApiKeyRotationException>(() => fixture.Admin.Keys.StartKeyRotationAsync(id, options, Token)),
            await Assert.ThrowsAsync<ApiKeyRotationException>(() => fixture.Admin.Keys.PreviewKeyRotationAsync(id, options, Token)),
        };
        Assert.All(rejections, rejection => Assert.Contains(expectedMessage, rejection.Message, StringComparison.Ordinal));
        Assert.All(
            rejections,
            rejection => Assert.Equal((errorCode, recovery, true), (rejection.ErrorCode, rejection.Recovery, rejection.IsRejected))
        );
        Assert.All(rejections, rejection => Assert.True(rejection.Key is null || rejection.Key.Id == id));
        Assert.Equal(before, (await fixture.ListKeysAsync()).Count);
    }
}
