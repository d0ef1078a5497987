using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Emulator.Tests.Idempotency;

public sealed class IdempotencyTests
{
    private const string Creation = """{"name":"once","mode":"test"}""";

    [Fact]
    public async Task The_same_request_again_gets_the_same_response()
    {
        await using var client = await EmulatorClient.StartAsync();

        var first = await Post(client);
        var second = await Post(client);

        Assert.Equal(201, first.Status);
        Assert.Equal((first.Status, first.Text, first.RequestId), (second.Status, second.Text, second.RequestId));
        Assert.NotNull(second.Member("secret"));
        Assert.Equal(first.Header("Content-Type"), second.Header("Content-Type"));
        Assert.Single(await client.ListKeyNames(), name => name == "once");
    }

    [Fact]
    public async Task The_same_request_under_the_other_prefix_is_the_same()
    {
        await using var client = await EmulatorClient.StartAsync();

        Assert.Equal((await Post(client)).Text, (await Post(client, path: "/api/v1/keys")).Text);
    }

    [Theory]
    [InlineData("/v1/keys", """{"name":"another","mode":"test"}""")]
    [InlineData("/v1/keys/revoke", Creation)]
    public async Task Another_request_with_the_same_idempotency_key_is_rejected(string path, string body)
    {
        await using var client = await EmulatorClient.StartAsync();
        await Post(client);

        (await Post(client, body, path: path)).AssertError(409, "idempotency_conflict");

        Assert.DoesNotContain("another", await client.ListKeyNames());
        Assert.Equal(201, (await Post(client)).Status);
    }

    [Fact]
    public async Task Each_api_key_has_its_own_idempotency_keys()
    {
        await using var client = await EmulatorClient.StartAsync();
        var other = (await client.Create()).Member("secret");

        var first = await Post(client);
        var second = await Post(client, key: other);

        Assert.Equal(201, second.Status);
        Assert.NotEqual(first.Member("id"), second.Member("id"));
    }

    [Fact]
    public async Task Different_idempotency_keys_create_different_keys()
    {
        await using var client = await EmulatorClient.StartAsync();

        var first = await Post(client, idempotencyKey: "a");
        var second = await Post(client, idempotencyKey: "A");

        Assert.NotEqual(first.Member("id"), second.Member("id"));
    }

    [Fact]
    public async Task A_permanent_error_is_remembered()
    {
        await using var client = await EmulatorClient.StartAsync();

        var first = await Post(client, "{}");
        var second = await Post(client, "{}");

        first.AssertError(400, "validation_failed", "name");
        Assert.Equal((first.Status, first.Text, first.RequestId), (second.Status, second.Text, second.RequestId));
    }

    [Fact]
    public async Task A_transient_error_is_not_remembered()
    {
        await using var client = await EmulatorClient.StartAsync();
        (await Post(client, key: "nd_test_notthereyet000001")).AssertError(401, "invalid_key");
        for (var i = 0; i < 120; i++)
        {
            await client.Send("POST", "/v1/keys", "{}");
        }

        (await Post(client)).AssertError(429, "rate_limited");
        client.Emulator.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(201, (await Post(client)).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("256")]
    public async Task A_malformed_idempotency_key_is_rejected_naming_the_header(string value)
    {
        await using var client = await EmulatorClient.StartAsync();
        var tooLongOrAsGiven = value == "256" ? new string('k', 256) : value;

        (await Post(client, idempotencyKey: tooLongOrAsGiven)).AssertError(400, "validation_failed", "Idempotency-Key");

        Assert.DoesNotContain("once", await client.ListKeyNames());
    }

    [Theory]
    [InlineData("!")]
    [InlineData("~\"{},;=")]
    [InlineData("255")]
    public async Task Visible_ascii_is_accepted(string value)
    {
        await using var client = await EmulatorClient.StartAsync();
        var longestOrAsGiven = value == "255" ? new string('k', 255) : value;

        Assert.Equal(
            (await Post(client, idempotencyKey: longestOrAsGiven)).Text,
            (await Post(client, idempotencyKey: longestOrAsGiven)).Text
        );
    }

    [Fact]
    public async Task It_expires_after_a_day()
    {
        await using var client = await EmulatorClient.StartAsync();
        var first = await Post(client);

        client.Emulator.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromMinutes(2));
        Assert.Equal(first.Text, (await Post(client)).Text);
        client.Emulator.Clock.Advance(TimeSpan.FromMinutes(2));
        var later = await Post(client);

        Assert.Equal(201, later.Status);
        Assert.NotEqual(first.Member("id"), later.Member("id"));
    }

    private static Task<ApiResponse> Post(
        EmulatorClient client,
        string body = Creation,
        string idempotencyKey = "one",
        string? key = null,
        string path = "/v1/keys"
    ) => client.Send("POST", path, body, key, ("Idempotency-Key", idempotencyKey));
}
