using NodeData.Emulator;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.Keys;

/// <summary>The lifecycle of a key, against the emulator over real sockets.</summary>
public sealed class KeysClientTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [SyncAndAsync]
    public async Task A_key_is_created_used_revoked_and_then_rejected(CallStyle callStyle)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var node = emulator.CreateClient(emulator.LiveKey);

        var created = await node.CreateKey(
            callStyle,
            new CreateApiKeyOptions("ci-deploys")
            {
                Mode = KeyMode.Live,
                Scopes = [ApiKeyScope.ModelsRead, ApiKeyScope.ModelsUpload],
                ExpiresIn = TimeSpan.FromDays(90),
            }
        );
        using var ci = emulator.CreateClient(created.Secret);
        await ci.GetMe(callStyle);
        var info = await node.GetKey(callStyle, created.Id);

        Assert.Equal("ci-deploys", info.Name);
        Assert.Equal(KeyMode.Live, info.Mode);
        Assert.Equal(ApiKeyStatus.Active, info.Status);
        Assert.Equal(created.Secret.Hint, info.Hint);
        Assert.Equal([ApiKeyScope.ModelsRead, ApiKeyScope.ModelsUpload], info.Scopes);
        Assert.NotNull(info.LastUsedAt);
        Assert.InRange((info.ExpiresAt - info.CreatedAt)!.Value, TimeSpan.FromDays(90) - TimeSpan.FromMinutes(1), TimeSpan.FromDays(90));
        Assert.Empty(info.AdditionalMembers);

        var revoked = await node.RevokeKey(callStyle, created.Id);
        Assert.Equal(ApiKeyStatus.Revoked, revoked.Status);
        Assert.NotNull(revoked.RevokedAt);

        var error = await Assert.ThrowsAsync<NodeDataAuthenticationException>(() => ci.GetMe(callStyle));
        Assert.Equal("invalid_key", error.Code);
        Assert.StartsWith("req_", error.RequestId, StringComparison.Ordinal);
        Assert.Contains(created.Secret.Hint, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [SyncAndAsync]
    public async Task Revoking_twice_by_id_or_by_key_returns_the_same_response(CallStyle callStyle)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var node = emulator.CreateClient();
        var created = await node.CreateKey(callStyle, new CreateApiKeyOptions("old"));

        var first = await node.RevokeKey(callStyle, created.Reveal());
        var second = await node.RevokeKey(callStyle, created.Id);
        var third = await node.RevokeKey(callStyle, created.Secret);

        Assert.Equal(first, second with { AdditionalMembers = first.AdditionalMembers });
        Assert.Equal(first, third with { AdditionalMembers = first.AdditionalMembers });
        Assert.All(emulator.Requests, request => Assert.DoesNotContain("nd_test_", request.Path, StringComparison.Ordinal));
    }

    [Theory]
    [SyncAndAsync]
    public async Task A_key_is_rejected_after_its_expiry(CallStyle callStyle)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var node = emulator.CreateClient();
        var created = await node.CreateKey(callStyle, new CreateApiKeyOptions("short") { ExpiresIn = TimeSpan.FromHours(1) });
        using var shortLived = emulator.CreateClient(created.Secret);

        await shortLived.GetMe(callStyle);
        emulator.Clock.Advance(TimeSpan.FromHours(1));

        await Assert.ThrowsAsync<NodeDataAuthenticationException>(() => shortLived.GetMe(callStyle));
        Assert.Equal(ApiKeyStatus.Expired, (await node.GetKey(callStyle, created.Id)).Status);
    }

    [Theory]
    [SyncAndAsync]
    public async Task A_restricted_key_cannot_manage_keys_and_the_error_names_the_remedy(CallStyle callStyle)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var node = emulator.CreateClient();
        var created = await node.CreateKey(callStyle, new CreateApiKeyOptions("reader") { Scopes = [ApiKeyScope.ModelsRead] });
        using var restricted = emulator.CreateClient(created.Secret);

        var error = await Assert.ThrowsAsync<NodeDataPermissionException>(() =>
            restricted.CreateKey(callStyle, new CreateApiKeyOptions("more"))
        );

        Assert.Equal("scope_required", error.Code);
        Assert.Contains("managing keys requires full access", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<NodeDataPermissionException>(() => restricted.ListKeys(callStyle));
        await Assert.ThrowsAsync<NodeDataPermissionException>(() => restricted.RevokeKey(callStyle, created.Id));
    }

    [Theory]
    [SyncAndAsync]
    public async Task Test_and_live_keys_are_isolated(CallStyle callStyle)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var test = emulator.CreateClient(emulator.TestKey);
        using var live = emulator.CreateClient(emulator.LiveKey);
        var created = await live.CreateKey(callStyle, new CreateApiKeyOptions("live"));

        await Assert.ThrowsAsync<NodeDataNotFoundException>(() => test.GetKey(callStyle, created.Id));
        await Assert.ThrowsAsync<NodeDataNotFoundException>(() => test.RevokeKey(callStyle, created.Id));
        Assert.DoesNotContain(await test.ListKeys(callStyle), key => key.Id == created.Id);
        var sent = emulator.Requests.Count;
        await Assert.ThrowsAsync<NodeDataConfigurationException>(() => test.RevokeKey(callStyle, created.Secret));
        await Assert.ThrowsAsync<NodeDataConfigurationException>(() =>
            test.CreateKey(callStyle, new CreateApiKeyOptions("x") { Mode = KeyMode.Live })
        );
        Assert.Equal(sent, emulator.Requests.Count);

        var error = await Assert.ThrowsAsync<NodeDataPermissionException>(() =>
            test.Send(callStyle, HttpMethod.Post, "keys", """{"name":"x","mode":"live"}"""u8.ToArray())
        );
        Assert.Equal("mode_mismatch", error.Code);
    }

    [Theory]
    [SyncAndAsync]
    public async Task Omitted_scopes_and_explicit_full_access_are_the_same(CallStyle callStyle)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var node = emulator.CreateClient();

        var omitted = await node.CreateKey(callStyle, new CreateApiKeyOptions("silent"));
        var explicitAccess = await node.CreateKey(callStyle, new CreateApiKeyOptions("aloud") { Scopes = ApiKeyScopeSet.FullAccess });

        Assert.True(omitted.Scopes!.IsFullAccess);
        Assert.True(explicitAccess.Scopes!.IsFullAccess);
        Assert.Null(omitted.ExpiresAt);
    }

    [Theory]
    [SyncAndAsync]
    public async Task A_list_returns_every_key_once_newest_first_with_any_page_size(CallStyle callStyle)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var node = emulator.CreateClient();
        for (var i = 0; i < 25; i++)
        {
            await node.CreateKey(callStyle, new CreateApiKeyOptions($"key {i:00}"));
        }

        var names = (await node.ListKeys(callStyle)).Select(key => key.Name).ToList();
        var pages = await node.ListPages(callStyle, pageSize: 10);
        var rest = await node.ListPages(callStyle, pages[0].NextCursor, 10);

        Assert.Equal(Enumerable.Range(0, 25).Reverse().Select(i => $"key {i:00}"), names.Take(25));
        Assert.Equal(names, pages.SelectMany(page => page.Items).Select(key => key.Name));
        Assert.Equal([10, 10, 6], pages.Select(page => page.Items.Count));
        Assert.Equal(names.Skip(10), rest.SelectMany(page => page.Items).Select(key => key.Name));
    }

    [Theory]
    [SyncAndAsync]
    public async Task A_validation_error_names_the_field(CallStyle callStyle)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var node = emulator.CreateClient();

        var error = await Assert.ThrowsAsync<NodeDataBadRequestException>(() =>
            node.CreateKey(callStyle, new CreateApiKeyOptions("x") { Scopes = ["robots:drive"] })
        );

        Assert.Equal("validation_failed", error.Code);
        Assert.Equal("scopes", error.Field);
        await Assert.ThrowsAsync<NodeDataNotFoundException>(() => node.GetKey(callStyle, "key_nothing"));
    }

    [Fact]
    public async Task Two_hundred_concurrent_creations_return_two_hundred_keys()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(new EmulatorOptions { EnforceRateLimits = false }, Token);
        using var node = emulator.CreateClient();

        var created = await Task.WhenAll(
            Enumerable.Range(0, 200).Select(i => node.CreateKey(CallStyle.Async, new CreateApiKeyOptions($"key {i}")))
        );

        Assert.Equal(200, created.Select(key => key.Reveal()).Distinct().Count());
        Assert.Equal(200, created.Select(key => key.Id).Distinct().Count());
        Assert.Equal(201, (await node.ListKeys(CallStyle.Async)).Count);
        Assert.Equal(200, emulator.Requests.Count(request => request.Method == "POST"));
    }

    [Theory]
    [SyncAndAsync]
    public async Task The_121st_write_in_a_minute_is_rate_limited_and_the_next_minute_allows_writes_again(CallStyle callStyle)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        var responses = new List<NodeResponseInfo>();
        using var node = emulator.CreateClient();
        var limited = node.WithOptions(new NodeRequestOptions { OnResponse = responses.Add, MaxRetries = 0 });
        for (var i = 0; i < 120; i++)
        {
            await limited.CreateKey(callStyle, new CreateApiKeyOptions($"key {i}"));
        }

        var error = await Assert.ThrowsAsync<NodeDataRateLimitException>(() =>
            limited.CreateKey(callStyle, new CreateApiKeyOptions("one too many"))
        );

        Assert.Equal(
            Enumerable.Range(0, 120).Reverse().Select(i => (long?)i),
            responses.Take(120).Select(response => response.RateLimit?.Remaining)
        );
        Assert.Equal(0, error.RateLimit!.Remaining);
        Assert.InRange(error.RetryAfter!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
        Assert.InRange(error.RateLimit.ResetsAt!.Value - emulator.Clock.GetUtcNow(), TimeSpan.FromSeconds(-1), TimeSpan.FromSeconds(61));
        emulator.Clock.Advance(TimeSpan.FromMinutes(1));
        await limited.CreateKey(callStyle, new CreateApiKeyOptions("in time"));
        Assert.Equal(122, (await node.ListKeys(callStyle)).Count);
    }
}
