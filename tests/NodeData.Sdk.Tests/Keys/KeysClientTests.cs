using NodeData.Emulator;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.Keys;

/// <summary>The life of a key, against the emulator over real sockets.</summary>
public sealed class KeysClientTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [ThroughBothDoors]
    public async Task A_key_is_made_used_revoked_and_refused(Door door)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var node = emulator.Client(emulator.LiveKey);

        var issued = await node.CreateKey(
            door,
            new CreateApiKeyOptions("ci-deploys")
            {
                Mode = KeyMode.Live,
                Scopes = [ApiKeyScope.ModelsRead, ApiKeyScope.ModelsUpload],
                ExpiresIn = TimeSpan.FromDays(90),
            }
        );
        using var ci = emulator.Client(issued.Secret);
        await ci.GetMe(door);
        var info = await node.GetKey(door, issued.Id);

        Assert.Equal("ci-deploys", info.Name);
        Assert.Equal(KeyMode.Live, info.Mode);
        Assert.Equal(ApiKeyStatus.Active, info.Status);
        Assert.Equal(issued.Secret.Hint, info.Hint);
        Assert.Equal([ApiKeyScope.ModelsRead, ApiKeyScope.ModelsUpload], info.Scopes);
        Assert.NotNull(info.LastUsedAt);
        Assert.InRange((info.ExpiresAt - info.CreatedAt)!.Value, TimeSpan.FromDays(90) - TimeSpan.FromMinutes(1), TimeSpan.FromDays(90));
        Assert.Empty(info.AdditionalMembers);

        var revoked = await node.RevokeKey(door, issued.Id);
        Assert.Equal(ApiKeyStatus.Revoked, revoked.Status);
        Assert.NotNull(revoked.RevokedAt);

        var error = await Assert.ThrowsAsync<NodeDataAuthenticationException>(() => ci.GetMe(door));
        Assert.Equal("invalid_key", error.Code);
        Assert.StartsWith("req_", error.RequestId, StringComparison.Ordinal);
        Assert.Contains(issued.Secret.Hint, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [ThroughBothDoors]
    public async Task Revoking_twice_by_id_or_by_key_gives_the_same_answer(Door door)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var node = emulator.Client();
        var issued = await node.CreateKey(door, new CreateApiKeyOptions("old"));

        var first = await node.RevokeKey(door, issued.Reveal());
        var second = await node.RevokeKey(door, issued.Id);
        var third = await node.RevokeKey(door, issued.Secret);

        Assert.Equal(first, second with { AdditionalMembers = first.AdditionalMembers });
        Assert.Equal(first, third with { AdditionalMembers = first.AdditionalMembers });
        Assert.All(emulator.Requests, request => Assert.DoesNotContain("nd_test_", request.Path, StringComparison.Ordinal));
    }

    [Theory]
    [ThroughBothDoors]
    public async Task A_key_stops_at_its_expiry(Door door)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var node = emulator.Client();
        var issued = await node.CreateKey(door, new CreateApiKeyOptions("short") { ExpiresIn = TimeSpan.FromHours(1) });
        using var shortLived = emulator.Client(issued.Secret);

        await shortLived.GetMe(door);
        emulator.Clock.Advance(TimeSpan.FromHours(1));

        await Assert.ThrowsAsync<NodeDataAuthenticationException>(() => shortLived.GetMe(door));
        Assert.Equal(ApiKeyStatus.Expired, (await node.GetKey(door, issued.Id)).Status);
    }

    [Theory]
    [ThroughBothDoors]
    public async Task A_restricted_key_manages_no_keys_and_the_error_says_what_to_do(Door door)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var node = emulator.Client();
        var issued = await node.CreateKey(door, new CreateApiKeyOptions("reader") { Scopes = [ApiKeyScope.ModelsRead] });
        using var restricted = emulator.Client(issued.Secret);

        var error = await Assert.ThrowsAsync<NodeDataPermissionException>(() =>
            restricted.CreateKey(door, new CreateApiKeyOptions("more"))
        );

        Assert.Equal("scope_required", error.Code);
        Assert.Contains("managing keys needs full access", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<NodeDataPermissionException>(() => restricted.ListKeys(door));
        await Assert.ThrowsAsync<NodeDataPermissionException>(() => restricted.RevokeKey(door, issued.Id));
    }

    [Theory]
    [ThroughBothDoors]
    public async Task Test_and_live_never_meet(Door door)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var test = emulator.Client(emulator.TestKey);
        using var live = emulator.Client(emulator.LiveKey);
        var issued = await live.CreateKey(door, new CreateApiKeyOptions("live"));

        await Assert.ThrowsAsync<NodeDataNotFoundException>(() => test.GetKey(door, issued.Id));
        await Assert.ThrowsAsync<NodeDataNotFoundException>(() => test.RevokeKey(door, issued.Id));
        Assert.DoesNotContain(await test.ListKeys(door), key => key.Id == issued.Id);
        var sent = emulator.Requests.Count;
        await Assert.ThrowsAsync<NodeDataConfigurationException>(() => test.RevokeKey(door, issued.Secret));
        await Assert.ThrowsAsync<NodeDataConfigurationException>(() =>
            test.CreateKey(door, new CreateApiKeyOptions("x") { Mode = KeyMode.Live })
        );
        Assert.Equal(sent, emulator.Requests.Count);

        var error = await Assert.ThrowsAsync<NodeDataPermissionException>(() =>
            test.Send(door, HttpMethod.Post, "keys", """{"name":"x","mode":"live"}"""u8.ToArray())
        );
        Assert.Equal("mode_mismatch", error.Code);
    }

    [Theory]
    [ThroughBothDoors]
    public async Task Left_out_scopes_and_full_access_by_name_are_the_same(Door door)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var node = emulator.Client();

        var silent = await node.CreateKey(door, new CreateApiKeyOptions("silent"));
        var aloud = await node.CreateKey(door, new CreateApiKeyOptions("aloud") { Scopes = ApiKeyScopeSet.FullAccess });

        Assert.True(silent.Scopes!.IsFullAccess);
        Assert.True(aloud.Scopes!.IsFullAccess);
        Assert.Null(silent.ExpiresAt);
    }

    [Theory]
    [ThroughBothDoors]
    public async Task A_list_has_every_key_once_newest_first_however_it_is_paged(Door door)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var node = emulator.Client();
        for (var i = 0; i < 25; i++)
        {
            await node.CreateKey(door, new CreateApiKeyOptions($"key {i:00}"));
        }

        var names = (await node.ListKeys(door)).Select(key => key.Name).ToList();
        var pages = await node.ListPages(door, pageSize: 10);
        var rest = await node.ListPages(door, pages[0].NextCursor, 10);

        Assert.Equal(Enumerable.Range(0, 25).Reverse().Select(i => $"key {i:00}"), names.Take(25));
        Assert.Equal(names, pages.SelectMany(page => page.Items).Select(key => key.Name));
        Assert.Equal([10, 10, 6], pages.Select(page => page.Items.Count));
        Assert.Equal(names.Skip(10), rest.SelectMany(page => page.Items).Select(key => key.Name));
    }

    [Theory]
    [ThroughBothDoors]
    public async Task What_the_service_finds_wrong_names_the_field(Door door)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var node = emulator.Client();

        var error = await Assert.ThrowsAsync<NodeDataBadRequestException>(() =>
            node.CreateKey(door, new CreateApiKeyOptions("x") { Scopes = ["robots:drive"] })
        );

        Assert.Equal("validation_failed", error.Code);
        Assert.Equal("scopes", error.Field);
        await Assert.ThrowsAsync<NodeDataNotFoundException>(() => node.GetKey(door, "key_nothing"));
    }

    [Fact]
    public async Task Two_hundred_creations_at_once_give_two_hundred_keys()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(new EmulatorOptions { EnforceRateLimits = false }, Token);
        using var node = emulator.Client();

        var issued = await Task.WhenAll(
            Enumerable.Range(0, 200).Select(i => node.CreateKey(Door.Async, new CreateApiKeyOptions($"key {i}")))
        );

        Assert.Equal(200, issued.Select(key => key.Reveal()).Distinct().Count());
        Assert.Equal(200, issued.Select(key => key.Id).Distinct().Count());
        Assert.Equal(201, (await node.ListKeys(Door.Async)).Count);
        Assert.Equal(200, emulator.Requests.Count(request => request.Method == "POST"));
    }

    [Theory]
    [ThroughBothDoors]
    public async Task The_121st_write_of_a_minute_is_refused_with_its_limits_and_the_next_minute_is_a_new_one(Door door)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        var told = new List<NodeResponseInfo>();
        using var node = emulator.Client();
        var counted = node.With(new NodeRequestOptions { OnResponse = told.Add, MaxRetries = 0 });
        for (var i = 0; i < 120; i++)
        {
            await counted.CreateKey(door, new CreateApiKeyOptions($"key {i}"));
        }

        var error = await Assert.ThrowsAsync<NodeDataRateLimitException>(() =>
            counted.CreateKey(door, new CreateApiKeyOptions("one too many"))
        );

        Assert.Equal(
            Enumerable.Range(0, 120).Reverse().Select(i => (long?)i),
            told.Take(120).Select(response => response.RateLimit?.Remaining)
        );
        Assert.Equal(0, error.RateLimit!.Remaining);
        Assert.InRange(error.RetryAfter!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
        Assert.InRange(error.RateLimit.ResetsAt!.Value - emulator.Clock.GetUtcNow(), TimeSpan.FromSeconds(-1), TimeSpan.FromSeconds(61));
        emulator.Clock.Advance(TimeSpan.FromMinutes(1));
        await counted.CreateKey(door, new CreateApiKeyOptions("in time"));
        Assert.Equal(122, (await node.ListKeys(door)).Count);
    }
}
