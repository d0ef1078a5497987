using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Emulator.Tests.Keys;

public sealed class KeysTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_secret_is_given_once_and_never_again()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var caller = new Caller(emulator);

        var made = await caller.CreateAsync("ci", more: ""","scopes":["models:read"]""");
        var shown = await caller.GetAsync($"/keys/{made["id"]}");
        var listed = await caller.GetAsync("/keys");

        Assert.Equal(201, made.Status);
        Assert.StartsWith("nd_test_", made["secret"], StringComparison.Ordinal);
        Assert.Equal(8 + 32, made["secret"]!.Length);
        Assert.Equal($"nd_test_…{made["secret"]![^4..]}", made["hint"]);
        Assert.Equal("active", made["status"]);
        Assert.Null(shown["secret"]);
        Assert.DoesNotContain("secret", listed.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"mode":"test"}""", "name")]
    [InlineData("""{"name":"","mode":"test"}""", "name")]
    [InlineData("""{"name":7,"mode":"test"}""", "name")]
    [InlineData("""{"name":"x"}""", "mode")]
    [InlineData("""{"name":"x","mode":"prod"}""", "mode")]
    [InlineData("""{"name":"x","mode":"test","scopes":"models:read"}""", "scopes")]
    [InlineData("""{"name":"x","mode":"test","scopes":["robots:drive"]}""", "scopes")]
    [InlineData("""{"name":"x","mode":"test","expires_at":"2001-01-01T00:00:00Z"}""", "expires_at")]
    [InlineData("""{"name":"x","mode":"test","expires_at":"tomorrow"}""", "expires_at")]
    [InlineData("""{"name":"x","mode":"test","expires_at":7}""", "expires_at")]
    [InlineData("[]", null)]
    [InlineData("{", null)]
    [InlineData("", null)]
    public async Task A_wrong_creation_is_refused_with_its_field(string body, string? field)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var caller = new Caller(emulator);

        var reply = await caller.PostAsync("/keys", body);

        Assert.Equal((400, "validation_failed", field), (reply.Status, reply.Code, reply.Field));
        Assert.Single((await caller.GetAsync("/keys")).Json.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Names_have_100_characters_and_bodies_a_mebibyte_at_most()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var caller = new Caller(emulator);

        Assert.Equal(201, (await caller.CreateAsync(string.Concat(Enumerable.Repeat("\U0001F916", 100)))).Status);
        Assert.Equal("name", (await caller.CreateAsync(new string('x', 101))).Field);
        Assert.Equal(413, (await caller.CreateAsync(new string('x', 1024 * 1024))).Status);
    }

    [Fact]
    public async Task Only_full_access_manages_keys()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var caller = new Caller(emulator);
        var made = await caller.CreateAsync(more: ""","scopes":["models:read","inference:run"]""");
        using var restricted = caller.With(made["secret"]);

        Assert.Equal("scope_required", (await restricted.CreateAsync()).Code);
        Assert.Equal("scope_required", (await restricted.GetAsync("/keys")).Code);
        Assert.Equal("scope_required", (await restricted.DeleteAsync($"/keys/{made["id"]}")).Code);
        var key = (await restricted.GetAsync("/me")).Json.GetProperty("key");
        Assert.Equal(made["id"], key.GetProperty("id").GetString());
        Assert.Equal(2, key.GetProperty("scopes").GetArrayLength());
    }

    [Fact]
    public async Task Modes_never_meet()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var test = new Caller(emulator);
        using var live = test.With(emulator.LiveKey);
        var made = await live.CreateAsync(mode: "live");

        Assert.Equal("mode_mismatch", (await test.CreateAsync(mode: "live")).Code);
        Assert.Equal(404, (await test.GetAsync($"/keys/{made["id"]}")).Status);
        Assert.Equal(404, (await test.DeleteAsync($"/keys/{made["id"]}")).Status);
        Assert.Equal("mode_mismatch", (await test.PostAsync("/keys/revoke", $$"""{"key":"{{made["secret"]}}"}""")).Code);
        Assert.DoesNotContain(made["id"]!, (await test.GetAsync("/keys")).Body, StringComparison.Ordinal);
        Assert.Equal("active", (await live.GetAsync($"/keys/{made["id"]}"))["status"]);
    }

    [Fact]
    public async Task Revoking_twice_in_either_way_gives_the_same_answer()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var caller = new Caller(emulator);
        var made = await caller.CreateAsync();

        var first = await caller.DeleteAsync($"/keys/{made["id"]}");
        emulator.Clock.Advance(TimeSpan.FromMinutes(5));
        var second = await caller.DeleteAsync($"/keys/{made["id"]}");
        var third = await caller.PostAsync("/keys/revoke", $$"""{"key":"{{made["secret"]}}"}""");

        Assert.Equal("revoked", first["status"]);
        Assert.Equal(first.Body, second.Body);
        Assert.Equal(first.Body, third.Body);
        Assert.Equal(404, (await caller.PostAsync("/keys/revoke", """{"key":"nd_test_unknown"}""")).Status);
        Assert.Equal("key", (await caller.PostAsync("/keys/revoke", """{"key":"something"}""")).Field);
    }

    [Fact]
    public async Task Pages_hold_every_key_once_while_keys_are_made()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var caller = new Caller(emulator);
        for (var i = 0; i < 7; i++)
        {
            await caller.CreateAsync($"key {i}");
        }

        var names = new List<string?>();
        for (string? cursor = null; ; )
        {
            var page = await caller.GetAsync($"/keys?limit=3{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}");
            names.AddRange(page.Json.GetProperty("items").EnumerateArray().Select(key => key.GetProperty("name").GetString()));
            await caller.CreateAsync("made meanwhile");
            cursor = page["next_cursor"];
            Assert.Equal(page.Json.GetProperty("has_more").GetBoolean(), cursor is not null);
            if (cursor is null)
            {
                break;
            }
        }

        Assert.Equal(["key 6", "key 5", "key 4", "key 3", "key 2", "key 1", "key 0", "emulator test key"], names);
        Assert.Equal("cursor", (await caller.GetAsync("/keys?cursor=made-up")).Field);
        foreach (var limit in new[] { "0", "101", "many", "-1" })
        {
            Assert.Equal("limit", (await caller.GetAsync($"/keys?limit={limit}")).Field);
        }
    }

    [Fact]
    public async Task When_a_key_was_last_used_is_shown()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var caller = new Caller(emulator);
        var made = await caller.CreateAsync();
        Assert.Null((await caller.GetAsync($"/keys/{made["id"]}"))["last_used_at"]);

        using var user = caller.With(made["secret"]);
        await user.GetAsync("/me");

        Assert.EndsWith("Z", (await caller.GetAsync($"/keys/{made["id"]}"))["last_used_at"], StringComparison.Ordinal);
    }
}
