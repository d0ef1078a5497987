using System.Text.RegularExpressions;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.Keys;

/// <summary>The exact requests of each call for keys, and what is rejected before anything is sent.</summary>
public sealed partial class KeysOnTheWireTests
{
    private const string CreatedKeyJson = $$"""{"id":"key_1","secret":"{{TestClients.TestKey}}"}""";

    [Theory]
    [SyncAndAsync]
    public async Task Creating_sends_what_was_set_and_nothing_else(CallStyle callStyle)
    {
        await using var server = new ScriptedServer(request => request.RespondAsync(201, CreatedKeyJson));
        using var node = TestClients.Create(server.BaseAddress);

        await node.CreateKey(callStyle, new CreateApiKeyOptions("ci deploys \u00e9"));
        await node.CreateKey(
            callStyle,
            new CreateApiKeyOptions("x") { Mode = KeyMode.Test, Scopes = [ApiKeyScope.ModelsRead, ApiKeyScope.ModelsUpload] }
        );
        await node.CreateKey(
            callStyle,
            new CreateApiKeyOptions("x") { Scopes = ApiKeyScopeSet.FullAccess, ExpiresIn = TimeSpan.FromDays(90) }
        );
        await node.CreateKey(
            callStyle,
            new CreateApiKeyOptions("x")
            {
                ExpiresAt = new DateTimeOffset(2027, 1, 2, 5, 4, 5, 678, TimeSpan.FromHours(2)),
                IdempotencyKey = "once",
            }
        );

        Assert.Equal(
            [
                """{"name":"ci deploys \u00E9","mode":"test"}""",
                """{"name":"x","mode":"test","scopes":["models:read","models:upload"]}""",
                """{"name":"x","mode":"test","scopes":[],"expires_at":"2026-10-30T12:00:00.000Z"}""",
                """{"name":"x","mode":"test","expires_at":"2027-01-02T03:04:05.678Z"}""",
            ],
            server.Requests.Select(GetBody)
        );
        Assert.All(server.Requests, request => Assert.StartsWith("POST /v1/keys HTTP/1.1\r\n", request.Text, StringComparison.Ordinal));
        Assert.Contains("Idempotency-Key: once\r\n", server.Requests.Last().Text, StringComparison.Ordinal);
        Assert.Single(server.Requests, request => request.Text.Contains("Idempotency-Key", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_overload_with_a_name_creates_by_name_and_mode()
    {
        await using var server = new ScriptedServer(request => request.RespondAsync(201, CreatedKeyJson));
        using var node = TestClients.Create(server.BaseAddress);

        node.Keys.Create(name: "ci-deploys-2026q3", mode: KeyMode.Test, TestContext.Current.CancellationToken);
        await node.Keys.CreateAsync("ci-deploys-2026q3", cancellationToken: TestContext.Current.CancellationToken);

        Assert.All(server.Requests, request => Assert.Equal("""{"name":"ci-deploys-2026q3","mode":"test"}""", GetBody(request)));
    }

    [Theory]
    [SyncAndAsync]
    public async Task Revoking_by_id_or_by_key_sends_the_right_call(CallStyle callStyle)
    {
        await using var server = new ScriptedServer(request => request.RespondAsync(200, """{"id":"key_1","status":"revoked"}"""));
        using var node = TestClients.Create(server.BaseAddress);

        var revoked = await node.RevokeKey(callStyle, "key_1");
        await node.RevokeKey(callStyle, "nd_test_oldkey1234");
        await node.RevokeKey(callStyle, ApiKey.Parse("nd_test_oldkey1234"));
        await node.RevokeKey(callStyle, "a/b c?\u00e9");

        Assert.Equal(ApiKeyStatus.Revoked, revoked.Status);
        Assert.Equal(
            ["DELETE /v1/keys/key_1", "POST /v1/keys/revoke", "POST /v1/keys/revoke", "DELETE /v1/keys/a%2Fb%20c%3F%C3%A9"],
            server.Requests.Select(request => request.Text.Split(" HTTP/1.1")[0])
        );
        Assert.Equal("""{"key":"nd_test_oldkey1234"}""", GetBody(server.Requests.ElementAt(1)));
        Assert.Equal("""{"key":"nd_test_oldkey1234"}""", GetBody(server.Requests.ElementAt(2)));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("nd_test_oldkey1234\n")]
    [InlineData(" nd_live_oldkey1234")]
    [InlineData("key_nd_live_oldkey1234")]
    [InlineData("ND_LIVE_oldkey1234")]
    [InlineData("Bearer nd_test_oldkey1234")]
    [InlineData("whsec_test_oldkey1234")]
    [InlineData("WhSec_oldkey1234")]
    public async Task An_invalid_id_or_one_with_a_secret_is_rejected_before_anything_is_sent(string id)
    {
        await using var server = new ScriptedServer(request => request.RespondAsync(200, """{"id":"key_1"}"""));
        using var node = TestClients.Create(server.BaseAddress);

        foreach (var callStyle in Enum.GetValues<CallStyle>())
        {
            var exception = await Assert.ThrowsAnyAsync<ArgumentException>(() => node.GetKey(callStyle, id));
            await Assert.ThrowsAnyAsync<ArgumentException>(() => node.RevokeKey(callStyle, id));
            Assert.DoesNotContain("oldkey1234", exception.ToString(), StringComparison.Ordinal);
        }

        await Assert.ThrowsAnyAsync<ArgumentException>(() => node.GetKey(CallStyle.Sync, "nd_test_oldkey1234"));
        Assert.Empty(server.Requests);
    }

    [Theory]
    [SyncAndAsync]
    public async Task A_key_of_the_other_mode_is_neither_created_nor_revoked_and_the_error_names_both_modes(CallStyle callStyle)
    {
        await using var server = new ScriptedServer(request => request.RespondAsync(201, CreatedKeyJson));
        using var node = TestClients.Create(server.BaseAddress);

        var created = await Assert.ThrowsAsync<NodeDataConfigurationException>(() =>
            node.CreateKey(callStyle, new CreateApiKeyOptions("x") { Mode = KeyMode.Live })
        );
        var revoked = await Assert.ThrowsAsync<NodeDataConfigurationException>(() => node.RevokeKey(callStyle, TestClients.LiveKey));

        foreach (var error in new[] { created, revoked })
        {
            Assert.Contains("live mode", error.Message, StringComparison.Ordinal);
            Assert.Contains("(nd_test_…1234) is a test key", error.Message, StringComparison.Ordinal);
        }

        Assert.Empty(server.Requests);
    }

    [Fact]
    public void A_name_has_1_to_100_characters_in_any_encoding()
    {
        Assert.Equal(200, new CreateApiKeyOptions(string.Concat(Enumerable.Repeat("\U0001F916", 100))).Name.Length);
        Assert.ThrowsAny<ArgumentException>(() => new CreateApiKeyOptions(string.Concat(Enumerable.Repeat("\U0001F916", 101))));
        Assert.ThrowsAny<ArgumentException>(() => new CreateApiKeyOptions(""));
        Assert.ThrowsAny<ArgumentException>(() => new CreateApiKeyOptions(" "));
        Assert.ThrowsAny<ArgumentException>(() => new CreateApiKeyOptions(new string('x', 101)));
        Assert.ThrowsAny<ArgumentException>(() => new CreateApiKeyOptions($"the key {TestClients.LiveKey}"));
        Assert.ThrowsAny<ArgumentException>(() => new CreateApiKeyOptions("half \ud83e"));
    }

    [Fact]
    public void Unknown_scopes_never_become_full_access()
    {
        var info = new ApiKeyInfo("key_1");

        var error = Assert.Throws<ArgumentNullException>(() => new CreateApiKeyOptions("copy") { Scopes = info.Scopes! });

        Assert.Contains("not known", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expiry_is_checked_before_anything_is_sent()
    {
        await using var server = new ScriptedServer(request => request.RespondAsync(201, CreatedKeyJson));
        using var node = TestClients.Create(server.BaseAddress);
        var now = new AutoAdvanceClock().GetUtcNow();

        Assert.ThrowsAny<ArgumentException>(() => new CreateApiKeyOptions("x") { ExpiresIn = TimeSpan.Zero });
        await Assert.ThrowsAnyAsync<ArgumentException>(() =>
            node.CreateKey(CallStyle.Async, new CreateApiKeyOptions("x") { ExpiresAt = now })
        );
        await Assert.ThrowsAnyAsync<ArgumentException>(() =>
            node.CreateKey(CallStyle.Async, new CreateApiKeyOptions("x") { ExpiresIn = TimeSpan.MaxValue })
        );
        await Assert.ThrowsAnyAsync<ArgumentException>(() =>
            node.CreateKey(CallStyle.Async, new CreateApiKeyOptions("x") { ExpiresIn = TimeSpan.FromDays(1), ExpiresAt = now.AddDays(1) })
        );

        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task No_URL_contains_a_secret_and_a_created_key_prints_masked()
    {
        await using var server = new ScriptedServer(request => request.RespondAsync(201, CreatedKeyJson));
        using var node = TestClients.Create(server.BaseAddress);

        var created = await node.CreateKey(CallStyle.Async, new CreateApiKeyOptions("x"));
        await node.RevokeKey(CallStyle.Async, created.Reveal());

        Assert.All(server.Requests, request => Assert.DoesNotMatch(Secrets(), request.Text.Split("\r\n")[0]));
        Assert.DoesNotContain("abcdefgh", created.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("abcdefgh", System.Text.Json.JsonSerializer.Serialize(created), StringComparison.Ordinal);
        Assert.Equal(TestClients.TestKey, created.Reveal());
    }

    private static string GetBody(ReceivedRequest request) => request.Text.Split("\r\n\r\n", 2)[1];

    [GeneratedRegex("nd_|whsec_", RegexOptions.IgnoreCase)]
    private static partial Regex Secrets();
}
