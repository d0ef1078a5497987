using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Emulator.Tests.Authentication;

public sealed class AuthenticationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_valid_key_the_answer_is_401_with_the_request_id()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var caller = new Caller(emulator);

        foreach (var key in new[] { null, "", "nd_test_unknown", "whsec_test_x", "nd_test_bad+character" })
        {
            using var other = caller.With(key);
            var reply = await other.GetAsync("/me");
            Assert.Equal(401, reply.Status);
            Assert.Equal("invalid_key", reply.Code);
            Assert.Equal(reply.Headers["x-request-id"], reply.Json.GetProperty("error").GetProperty("request_id").GetString());
        }

        Assert.Equal(5, emulator.Requests.Count);
    }

    [Fact]
    public async Task A_revoked_and_an_expired_key_are_refused()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var caller = new Caller(emulator);
        var expiry = emulator
            .Clock.GetUtcNow()
            .AddHours(1)
            .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        var revoked = await caller.CreateAsync();
        var expired = await caller.CreateAsync(more: $",\"expires_at\":\"{expiry}\"");
        using var byRevoked = caller.With(revoked["secret"]);
        using var byExpired = caller.With(expired["secret"]);
        Assert.Equal(200, (await byRevoked.GetAsync("/me")).Status);
        Assert.Equal(200, (await byExpired.GetAsync("/me")).Status);

        await caller.DeleteAsync($"/keys/{revoked["id"]}");
        emulator.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal("invalid_key", (await byRevoked.GetAsync("/me")).Code);
        Assert.Equal("invalid_key", (await byExpired.GetAsync("/me")).Code);
        Assert.Equal("expired", (await caller.GetAsync($"/keys/{expired["id"]}"))["status"]);
        Assert.Equal("revoked", (await caller.GetAsync($"/keys/{revoked["id"]}"))["status"]);
    }

    [Fact]
    public async Task Both_prefixes_serve_and_what_is_not_there_is_said()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var caller = new Caller(emulator);

        Assert.Equal("usr_emulator", (await caller.GetAsync("/api/v1/me"))["id"]);
        Assert.Equal("usr_emulator", (await caller.GetAsync("/me"))["id"]);
        Assert.Equal((404, "not_found"), Of(await caller.GetAsync("/nothing")));
        Assert.Equal((405, "method_not_allowed"), Of(await caller.DeleteAsync("/me")));

        static (int, string?) Of(Reply reply) => (reply.Status, reply.Code);
    }
}
