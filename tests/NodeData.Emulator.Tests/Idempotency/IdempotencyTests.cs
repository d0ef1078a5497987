using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Emulator.Tests.Idempotency;

public sealed class IdempotencyTests
{
    private const string Creation = """{"name":"once","mode":"test"}""";

    [Fact]
    public async Task The_same_request_again_gets_the_same_answer()
    {
        await using var wire = await Wire.OpenAsync();

        var first = await Post(wire);
        var second = await Post(wire);

        Assert.Equal(201, first.Status);
        Assert.Equal((first.Status, first.Text, first.RequestId), (second.Status, second.Text, second.RequestId));
        Assert.NotNull(second.Member("secret"));
        Assert.Equal(first.Header("Content-Type"), second.Header("Content-Type"));
        Assert.Single(await wire.Names(), name => name == "once");
    }

    [Fact]
    public async Task The_same_request_under_the_other_prefix_is_the_same()
    {
        await using var wire = await Wire.OpenAsync();

        Assert.Equal((await Post(wire)).Text, (await Post(wire, path: "/api/v1/keys")).Text);
    }

    [Theory]
    [InlineData("/v1/keys", """{"name":"another","mode":"test"}""")]
    [InlineData("/v1/keys/revoke", Creation)]
    public async Task Another_request_under_the_same_idempotency_key_is_refused(string path, string body)
    {
        await using var wire = await Wire.OpenAsync();
        await Post(wire);

        (await Post(wire, body, path: path)).IsRefusal(409, "idempotency_conflict");

        Assert.DoesNotContain("another", await wire.Names());
        Assert.Equal(201, (await Post(wire)).Status);
    }

    [Fact]
    public async Task Each_api_key_has_idempotency_keys_of_its_own()
    {
        await using var wire = await Wire.OpenAsync();
        var other = (await wire.Create()).Member("secret");

        var first = await Post(wire);
        var second = await Post(wire, key: other);

        Assert.Equal(201, second.Status);
        Assert.NotEqual(first.Member("id"), second.Member("id"));
    }

    [Fact]
    public async Task Other_idempotency_keys_make_other_keys()
    {
        await using var wire = await Wire.OpenAsync();

        var first = await Post(wire, idempotencyKey: "a");
        var second = await Post(wire, idempotencyKey: "A");

        Assert.NotEqual(first.Member("id"), second.Member("id"));
    }

    [Fact]
    public async Task A_refusal_of_what_was_asked_is_remembered()
    {
        await using var wire = await Wire.OpenAsync();

        var first = await Post(wire, "{}");
        var second = await Post(wire, "{}");

        first.IsRefusal(400, "validation_failed", "name");
        Assert.Equal((first.Status, first.Text, first.RequestId), (second.Status, second.Text, second.RequestId));
    }

    [Fact]
    public async Task A_refusal_that_passes_is_not_remembered()
    {
        await using var wire = await Wire.OpenAsync();
        (await Post(wire, key: "nd_test_notthereyet000001")).IsRefusal(401, "invalid_key");
        for (var i = 0; i < 120; i++)
        {
            await wire.Send("POST", "/v1/keys", "{}");
        }

        (await Post(wire)).IsRefusal(429, "rate_limited");
        wire.Emulator.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(201, (await Post(wire)).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("256")]
    public async Task A_malformed_idempotency_key_is_named(string value)
    {
        await using var wire = await Wire.OpenAsync();
        var tooLongOrAsGiven = value == "256" ? new string('k', 256) : value;

        (await Post(wire, idempotencyKey: tooLongOrAsGiven)).IsRefusal(400, "validation_failed", "Idempotency-Key");

        Assert.DoesNotContain("once", await wire.Names());
    }

    [Theory]
    [InlineData("!")]
    [InlineData("~\"{},;=")]
    [InlineData("255")]
    public async Task Visible_ascii_is_taken(string value)
    {
        await using var wire = await Wire.OpenAsync();
        var longestOrAsGiven = value == "255" ? new string('k', 255) : value;

        Assert.Equal((await Post(wire, idempotencyKey: longestOrAsGiven)).Text, (await Post(wire, idempotencyKey: longestOrAsGiven)).Text);
    }

    [Fact]
    public async Task It_is_forgotten_after_a_day()
    {
        await using var wire = await Wire.OpenAsync();
        var first = await Post(wire);

        wire.Emulator.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromMinutes(2));
        Assert.Equal(first.Text, (await Post(wire)).Text);
        wire.Emulator.Clock.Advance(TimeSpan.FromMinutes(2));
        var later = await Post(wire);

        Assert.Equal(201, later.Status);
        Assert.NotEqual(first.Member("id"), later.Member("id"));
    }

    private static Task<Reply> Post(
        Wire wire,
        string body = Creation,
        string idempotencyKey = "one",
        string? key = null,
        string path = "/v1/keys"
    ) => wire.Send("POST", path, body, key, ("Idempotency-Key", idempotencyKey));
}
