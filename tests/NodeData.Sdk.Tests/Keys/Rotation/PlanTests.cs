using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.Keys.Rotation;

/// <summary>What a plan comes to before anything is done, and what is refused.</summary>
public sealed class PlanTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_dry_run_tells_each_step_and_changes_nothing()
    {
        await using var bench = await RotationBench.StartAsync(
            new CreateApiKeyOptions("ci-deploys") { Scopes = [ApiKeyScope.ModelsRead], ExpiresIn = TimeSpan.FromDays(90) }
        );
        var before = bench.Emulator.Requests.Count;

        var plan = await bench.Admin.Keys.PreviewKeyRotationAsync(bench.Old.Id, bench.Plan with { Overlap = null }, Token);

        Assert.Equal(TimeSpan.FromHours(24), plan.Overlap);
        Assert.False(plan.IsClientKey);
        Assert.Equal(90, plan.Lifetime!.Value.TotalDays, tolerance: 0.01);
        string[] lines = plan.ToString().Split('\n');
        Assert.Equal($"Rotation of {bench.Old.Id} ({bench.Old.Secret.Hint}), test", lines[0]);
        Assert.Matches("^  1. create   ci-deploys~[0-9a-f]{14}; may do: models:read; accepted for 90 days$", lines[1]);
        Assert.Equal("  2. prove    that it is accepted, within 00:01:00", lines[2]);
        Assert.Equal($"  3. deploy   to file {bench.Place}", lines[3]);
        Assert.Equal("  4. swap     nothing: this client uses another key", lines[4]);
        Assert.Equal("  5. overlap  1.00:00:00", lines[5]);
        Assert.Equal($"  6. revoke   {bench.Old.Id}", lines[6]);
        Assert.Equal(7, lines.Length);
        Assert.All(bench.Emulator.Requests.Skip(before), request => Assert.Equal("GET", request.Method));
        Assert.False(Directory.Exists(bench.Log.Directory));
        await bench.AssertUntouchedAsync();
    }

    [Fact]
    public async Task An_overlap_longer_than_the_old_keys_life_is_cut_and_the_plan_says_so()
    {
        await using var bench = await RotationBench.StartAsync(
            new CreateApiKeyOptions("short") { Scopes = [ApiKeyScope.ModelsRead], ExpiresIn = TimeSpan.FromHours(3) }
        );
        bench.Emulator.Clock.Advance(TimeSpan.FromHours(1));
        var plan = bench.Plan with { Overlap = TimeSpan.FromHours(24), ExpiresIn = TimeSpan.FromDays(1) };

        var planned = await bench.Admin.Keys.PreviewKeyRotationAsync(bench.Old.Id, plan, Token);
        var receipt = await bench.Admin.Keys.RotateAsync(bench.Old.Id, plan, Token);

        Assert.True(planned.IsOverlapShortened);
        Assert.Equal(2, planned.Overlap.TotalHours, tolerance: 0.1);
        Assert.Contains("cut to what is left of the old key's life", planned.ToString(), StringComparison.Ordinal);
        Assert.Contains(bench.Told, told => told.Message.Contains("the overlap is cut to", StringComparison.Ordinal));
        Assert.InRange(receipt.OverlapEndsAt!.Value - receipt.DeployedAt!.Value, TimeSpan.FromHours(1.9), TimeSpan.FromHours(2.1));
        await bench.AssertReplacedAsync();
    }

    [Fact]
    public async Task A_revoked_or_expired_key_is_refused()
    {
        await using var bench = await RotationBench.StartAsync(
            new CreateApiKeyOptions("short") { Scopes = [ApiKeyScope.ModelsRead], ExpiresIn = TimeSpan.FromHours(3) }
        );
        var revoked = await bench.Admin.Keys.CreateAsync("revoked", cancellationToken: Token);
        await bench.Admin.Keys.RevokeAsync(revoked.Id, Token);
        bench.Emulator.Clock.Advance(TimeSpan.FromHours(3));

        await AssertRefusedAsync(
            bench,
            revoked.Id,
            bench.Plan,
            "the key is revoked already",
            ApiKeyRotationErrorCode.OldKeyRevoked,
            ApiKeyRotationRecovery.CreateKey
        );
        await AssertRefusedAsync(
            bench,
            bench.Old.Id,
            bench.Plan,
            "the key has expired",
            ApiKeyRotationErrorCode.OldKeyExpired,
            ApiKeyRotationRecovery.CreateKey
        );
    }

    [Fact]
    public async Task The_other_mode_is_refused()
    {
        await using var bench = await RotationBench.StartAsync();

        await AssertRefusedAsync(
            bench,
            bench.Old.Id,
            bench.Plan with
            {
                Mode = KeyMode.Live,
            },
            "ApiKeyRotationOptions.Mode is live",
            ApiKeyRotationErrorCode.OtherMode
        );
        using var live = bench.Client(bench.Emulator.LiveKey);
        await Assert.ThrowsAsync<NodeDataNotFoundException>(() => live.Keys.RotateAsync(bench.Old.Id, bench.Plan, Token));
        await bench.AssertUntouchedAsync();
    }

    [Fact]
    public async Task No_overlap_for_the_clients_own_key_is_refused_unless_it_is_compromised()
    {
        await using var bench = await RotationBench.StartAsync(new CreateApiKeyOptions("own") { Scopes = ApiKeyScopeSet.FullAccess });
        using var self = bench.Client(bench.Old.Secret);

        var refusal = await Assert.ThrowsAsync<ApiKeyRotationException>(() => self.Keys.RotateAsync(bench.Old.Id, bench.Plan, Token));
        Assert.Contains("ApiKeyRotationOptions.Overlap is zero", refusal.Message, StringComparison.Ordinal);
        Assert.Equal((ApiKeyRotationErrorCode.ClientKeyNeedsOverlap, ApiKeyRotationRecovery.Retry), (refusal.ErrorCode, refusal.Recovery));
        Assert.True(refusal.IsRejected);
        Assert.Null(refusal.Rotation);
        await bench.AssertUntouchedAsync();

        var receipt = await self.Keys.RotateAsync(bench.Old.Id, bench.Plan with { Overlap = null, IsCompromised = true }, Token);
        Assert.True(receipt.IsClientKeySwitched);
        Assert.Equal(receipt.DeployedAt, receipt.OverlapEndsAt);
        Assert.Equal((await bench.AssertReplacedAsync()).Id, (await self.Me.GetAsync(Token)).Key!.Id);
    }

    [Fact]
    public async Task A_client_cannot_give_itself_a_key_that_manages_no_keys()
    {
        await using var bench = await RotationBench.StartAsync(new CreateApiKeyOptions("own") { Scopes = ApiKeyScopeSet.FullAccess });
        using var self = bench.Client(bench.Old.Secret);

        var plan = bench.Plan with { Overlap = TimeSpan.FromHours(1), Scopes = [ApiKeyScope.ModelsRead] };
        var refusal = await Assert.ThrowsAsync<ApiKeyRotationException>(() => self.Keys.RotateAsync(bench.Old.Id, plan, Token));

        Assert.Contains("could not manage keys", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(ApiKeyRotationErrorCode.ClientKeyNeedsFullAccess, refusal.ErrorCode);
        await bench.AssertUntouchedAsync();
    }

    [Fact]
    public async Task Another_key_than_the_old_one_is_not_taken_for_it()
    {
        await using var bench = await RotationBench.StartAsync();

        await AssertRefusedAsync(
            bench,
            bench.Old.Id,
            bench.Plan with
            {
                OldKey = bench.Emulator.TestKey,
            },
            "is this client's own key, which is key_",
            ApiKeyRotationErrorCode.OldKeyMismatch
        );
    }

    [Fact]
    public async Task A_plan_that_deploys_nowhere_is_refused_and_a_dry_run_says_so()
    {
        await using var bench = await RotationBench.StartAsync();
        var plan = bench.Plan with { Sinks = [] };

        await Assert.ThrowsAsync<ArgumentException>(() => bench.Admin.Keys.RotateAsync(bench.Old.Id, plan, Token));
        var planned = await bench.Admin.Keys.PreviewKeyRotationAsync(bench.Old.Id, plan, Token);

        Assert.Contains("There is nowhere to deploy to", Assert.Single(planned.Warnings), StringComparison.Ordinal);
        await bench.AssertUntouchedAsync();
    }

    [Fact]
    public async Task A_secret_is_no_id()
    {
        await using var bench = await RotationBench.StartAsync();
        var before = bench.Emulator.Requests.Count;

        await Assert.ThrowsAsync<ArgumentException>(() => bench.Admin.Keys.RotateAsync(bench.Old.Reveal(), bench.Plan, Token));
        await Assert.ThrowsAsync<ArgumentException>(() => bench.Admin.Keys.PreviewKeyRotationAsync(bench.Old.Reveal(), bench.Plan, Token));

        Assert.Equal(before, bench.Emulator.Requests.Count);
    }

    [Fact]
    public async Task What_the_plan_asks_for_is_what_the_new_key_has()
    {
        await using var bench = await RotationBench.StartAsync();
        var plan = bench.Plan with { NewName = "ci-2027", Scopes = [ApiKeyScope.PayoutsRead], ExpiresIn = TimeSpan.FromDays(30) };

        await bench.Admin.Keys.RotateAsync(bench.Old.Id, plan, Token);

        var active = await bench.AssertReplacedAsync();
        Assert.Matches("^ci-2027~[0-9a-f]{14}$", active.Name);
        Assert.Equal([ApiKeyScope.PayoutsRead], active.Scopes);
        Assert.Equal(30, (active.ExpiresAt - active.CreatedAt)!.Value.TotalDays, tolerance: 0.01);
    }

    [Fact]
    public async Task A_suffix_takes_the_place_of_an_earlier_one_and_a_long_name_is_cut()
    {
        await using var bench = await RotationBench.StartAsync(
            new CreateApiKeyOptions(string.Concat(Enumerable.Repeat("🔑", 100))) { Scopes = [ApiKeyScope.ModelsRead] }
        );

        var first = await bench.Admin.Keys.RotateAsync(bench.Old.Id, bench.Plan, Token);
        var second = await bench.Admin.Keys.RotateAsync(first.NewKeyId!, bench.Plan, Token);

        Assert.Matches("^(🔑){85}~[0-9a-f]{14}$", first.NewKeyName);
        Assert.Matches("^(🔑){85}~[0-9a-f]{14}$", second.NewKeyName);
        Assert.NotEqual(first.NewKeyName, second.NewKeyName);
    }

    [Fact]
    public void A_member_out_of_range_is_refused_where_it_is_set()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ApiKeyRotationOptions { Overlap = TimeSpan.FromTicks(-1) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ApiKeyRotationOptions { ExpiresIn = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ApiKeyRotationOptions { VerificationTimeout = TimeSpan.FromDays(4000) });
        Assert.Throws<ArgumentException>(() => new ApiKeyRotationOptions { NewName = Clients.TestKey });
        Assert.Throws<ArgumentNullException>(() => new ApiKeyRotationOptions { Sinks = null! });
    }

    private static async Task AssertRefusedAsync(
        RotationBench bench,
        string id,
        ApiKeyRotationOptions plan,
        string why,
        ApiKeyRotationErrorCode reason,
        ApiKeyRotationRecovery next = ApiKeyRotationRecovery.Retry
    )
    {
        var before = (await bench.KeysAsync()).Count;
        var refusals = new[]
        {
            await Assert.ThrowsAsync<ApiKeyRotationException>(() => bench.Admin.Keys.RotateAsync(id, plan, Token)),
            await Assert.ThrowsAsync<ApiKeyRotationException>(() => bench.Admin.Keys.StartKeyRotationAsync(id, plan, Token)),
            await Assert.ThrowsAsync<ApiKeyRotationException>(() => bench.Admin.Keys.PreviewKeyRotationAsync(id, plan, Token)),
        };
        Assert.All(refusals, refusal => Assert.Contains(why, refusal.Message, StringComparison.Ordinal));
        Assert.All(refusals, refusal => Assert.Equal((reason, next, true), (refusal.ErrorCode, refusal.Recovery, refusal.IsRejected)));
        Assert.All(refusals, refusal => Assert.True(refusal.Key is null || refusal.Key.Id == id));
        Assert.Equal(before, (await bench.KeysAsync()).Count);
    }
}
