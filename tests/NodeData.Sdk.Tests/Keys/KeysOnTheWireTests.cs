using System.Text.RegularExpressions;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.Keys;

/// <summary>The very bytes of each key call, and what is refused before there are any.</summary>
public sealed partial class KeysOnTheWireTests
{
    private const string Issued = $$"""{"id":"key_1","secret":"{{Clients.TestKey}}"}""";

    [Theory]
    [ThroughBothDoors]
    public async Task Creating_sends_what_was_set_and_nothing_else(Door door)
    {
        await using var server = new ScriptedServer(request => request.AnswerAsync(201, Issued));
        using var node = Clients.Of(server.BaseAddress);

        await node.CreateKey(door, new CreateApiKeyOptions("ci deploys \u00e9"));
        await node.CreateKey(
            door,
            new CreateApiKeyOptions("x") { Mode = KeyMode.Test, Scopes = [ApiKeyScope.ModelsRead, ApiKeyScope.ModelsUpload] }
        );
        await node.CreateKey(door, new CreateApiKeyOptions("x") { Scopes = ApiKeyScopeSet.FullAccess, ExpiresIn = TimeSpan.FromDays(90) });
        await node.CreateKey(
            door,
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
            server.Requests.Select(BodyOf)
        );
        Assert.All(server.Requests, request => Assert.StartsWith("POST /v1/keys HTTP/1.1\r\n", request.Text, StringComparison.Ordinal));
        Assert.Contains("Idempotency-Key: once\r\n", server.Requests.Last().Text, StringComparison.Ordinal);
        Assert.Single(server.Requests, request => request.Text.Contains("Idempotency-Key", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_short_form_creates_by_name_and_mode()
    {
        await using var server = new ScriptedServer(request => request.AnswerAsync(201, Issued));
        using var node = Clients.Of(server.BaseAddress);

        node.Keys.Create(name: "ci-deploys-2026q3", mode: KeyMode.Test, TestContext.Current.CancellationToken);
        await node.Keys.CreateAsync("ci-deploys-2026q3", cancellationToken: TestContext.Current.CancellationToken);

        Assert.All(server.Requests, request => Assert.Equal("""{"name":"ci-deploys-2026q3","mode":"test"}""", BodyOf(request)));
    }

    [Theory]
    [ThroughBothDoors]
    public async Task Revoking_by_id_or_by_key_sends_the_right_call(Door door)
    {
        await using var server = new ScriptedServer(request => request.AnswerAsync(200, """{"id":"key_1","status":"revoked"}"""));
        using var node = Clients.Of(server.BaseAddress);

        var revoked = await node.RevokeKey(door, "key_1");
        await node.RevokeKey(door, "nd_test_oldkey1234");
        await node.RevokeKey(door, ApiKey.Parse("nd_test_oldkey1234"));
        await node.RevokeKey(door, "a/b c?\u00e9");

        Assert.Equal(ApiKeyStatus.Revoked, revoked.Status);
        Assert.Equal(
            ["DELETE /v1/keys/key_1", "POST /v1/keys/revoke", "POST /v1/keys/revoke", "DELETE /v1/keys/a%2Fb%20c%3F%C3%A9"],
            server.Requests.Select(request => request.Text.Split(" HTTP/1.1")[0])
        );
        Assert.Equal("""{"key":"nd_test_oldkey1234"}""", BodyOf(server.Requests.ElementAt(1)));
        Assert.Equal("""{"key":"nd_test_oldkey1234"}""", BodyOf(server.Requests.ElementAt(2)));
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
    public async Task An_id_that_is_none_or_holds_a_secret_is_refused_before_anything_is_sent(string id)
    {
        await using var server = new ScriptedServer(request => request.AnswerAsync(200, """{"id":"key_1"}"""));
        using var node = Clients.Of(server.BaseAddress);

        foreach (var door in Enum.GetValues<Door>())
        {
            var got = await Assert.ThrowsAnyAsync<ArgumentException>(() => node.GetKey(door, id));
            await Assert.ThrowsAnyAsync<ArgumentException>(() => node.RevokeKey(door, id));
            Assert.DoesNotContain("oldkey1234", got.ToString(), StringComparison.Ordinal);
        }

        await Assert.ThrowsAnyAsync<ArgumentException>(() => node.GetKey(Door.Sync, "nd_test_oldkey1234"));
        Assert.Empty(server.Requests);
    }

    [Theory]
    [ThroughBothDoors]
    public async Task A_key_of_the_other_mode_is_neither_made_nor_revoked_and_both_modes_are_named(Door door)
    {
        await using var server = new ScriptedServer(request => request.AnswerAsync(201, Issued));
        using var node = Clients.Of(server.BaseAddress);

        var created = await Assert.ThrowsAsync<NodeDataConfigurationException>(() =>
            node.CreateKey(door, new CreateApiKeyOptions("x") { Mode = KeyMode.Live })
        );
        var revoked = await Assert.ThrowsAsync<NodeDataConfigurationException>(() => node.RevokeKey(door, Clients.LiveKey));

        foreach (var error in new[] { created, revoked })
        {
            Assert.Contains("live key", error.Message, StringComparison.Ordinal);
            Assert.Contains("test key (nd_test_…1234)", error.Message, StringComparison.Ordinal);
        }

        Assert.Empty(server.Requests);
    }

    [Fact]
    public void A_name_is_1_to_100_characters_however_they_are_encoded()
    {
        Assert.Equal(200, new CreateApiKeyOptions(string.Concat(Enumerable.Repeat("\U0001F916", 100))).Name.Length);
        Assert.ThrowsAny<ArgumentException>(() => new CreateApiKeyOptions(string.Concat(Enumerable.Repeat("\U0001F916", 101))));
        Assert.ThrowsAny<ArgumentException>(() => new CreateApiKeyOptions(""));
        Assert.ThrowsAny<ArgumentException>(() => new CreateApiKeyOptions(" "));
        Assert.ThrowsAny<ArgumentException>(() => new CreateApiKeyOptions(new string('x', 101)));
        Assert.ThrowsAny<ArgumentException>(() => new CreateApiKeyOptions($"the key {Clients.LiveKey}"));
        Assert.ThrowsAny<ArgumentException>(() => new CreateApiKeyOptions("half \ud83e"));
    }

    [Fact]
    public void Scopes_that_are_not_known_never_become_full_access()
    {
        var info = new ApiKeyInfo("key_1");

        var error = Assert.Throws<ArgumentNullException>(() => new CreateApiKeyOptions("copy") { Scopes = info.Scopes! });

        Assert.Contains("not known", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expiry_is_checked_before_anything_is_sent()
    {
        await using var server = new ScriptedServer(request => request.AnswerAsync(201, Issued));
        using var node = Clients.Of(server.BaseAddress);
        var now = new SkippingClock().GetUtcNow();

        Assert.ThrowsAny<ArgumentException>(() => new CreateApiKeyOptions("x") { ExpiresIn = TimeSpan.Zero });
        await Assert.ThrowsAnyAsync<ArgumentException>(() => node.CreateKey(Door.Async, new CreateApiKeyOptions("x") { ExpiresAt = now }));
        await Assert.ThrowsAnyAsync<ArgumentException>(() =>
            node.CreateKey(Door.Async, new CreateApiKeyOptions("x") { ExpiresIn = TimeSpan.MaxValue })
        );
        await Assert.ThrowsAnyAsync<ArgumentException>(() =>
            node.CreateKey(Door.Async, new CreateApiKeyOptions("x") { ExpiresIn = TimeSpan.FromDays(1), ExpiresAt = now.AddDays(1) })
        );

        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task No_secret_stands_in_any_address_and_an_issued_key_prints_masked()
    {
        await using var server = new ScriptedServer(request => request.AnswerAsync(201, Issued));
        using var node = Clients.Of(server.BaseAddress);

        var issued = await node.CreateKey(Door.Async, new CreateApiKeyOptions("x"));
        await node.RevokeKey(Door.Async, issued.Reveal());

        Assert.All(server.Requests, request => Assert.DoesNotMatch(Secrets(), request.Text.Split("\r\n")[0]));
        Assert.DoesNotContain("abcdefgh", issued.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("abcdefgh", System.Text.Json.JsonSerializer.Serialize(issued), StringComparison.Ordinal);
        Assert.Equal(Clients.TestKey, issued.Reveal());
    }

    private static string BodyOf(ServedRequest request) => request.Text.Split("\r\n\r\n", 2)[1];

    [GeneratedRegex("nd_|whsec_", RegexOptions.IgnoreCase)]
    private static partial Regex Secrets();
}
