using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Emulator.Tests.Idempotency;

public sealed class IdempotencyTests
{
    private const string Creation = """{"name":"once","mode":"test"}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_request_gets_the_same_answer_and_another_a_conflict()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var caller = new Caller(emulator);

        var first = await caller.PostAsync("/keys", Creation, "one");
        var again = await caller.PostAsync("/keys", Creation, "one");
        var other = await caller.PostAsync("/keys", """{"name":"other","mode":"test"}""", "one");
        var elsewhere = await caller.PostAsync("/keys/revoke", Creation, "one");

        Assert.Equal(first.Body, again.Body);
        Assert.Equal(first.Headers["x-request-id"], again.Headers["x-request-id"]);
        Assert.Equal((409, "idempotency_conflict"), (other.Status, other.Code));
        Assert.Equal("idempotency_conflict", elsewhere.Code);
        Assert.NotEqual(first.Body, (await caller.PostAsync("/keys", Creation, "two")).Body);
        Assert.Equal(3, (await caller.GetAsync("/keys")).Json.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Each_api_key_has_idempotency_keys_of_its_own()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var caller = new Caller(emulator);
        using var other = caller.With((await caller.CreateAsync())["secret"]);

        var one = await caller.PostAsync("/keys", Creation, "one");
        var two = await other.PostAsync("/keys", Creation, "one");

        Assert.Equal((201, 201), (one.Status, two.Status));
        Assert.NotEqual(one["id"], two["id"]);
    }

    [Fact]
    public async Task A_refusal_is_remembered_for_24_hours()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var caller = new Caller(emulator);

        var first = await caller.PostAsync("/keys", "{}", "one");
        var again = await caller.PostAsync("/keys", "{}", "one");
        Assert.Equal(400, first.Status);
        Assert.Equal(first.Body, again.Body);
        Assert.Equal(409, (await caller.PostAsync("/keys", Creation, "one")).Status);

        emulator.Clock.Advance(TimeSpan.FromHours(24));
        Assert.Equal(201, (await caller.PostAsync("/keys", Creation, "one")).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    public async Task A_malformed_header_is_refused_by_name(string idempotencyKey)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var caller = new Caller(emulator);

        Assert.Equal("Idempotency-Key", (await caller.PostAsync("/keys", Creation, idempotencyKey)).Field);
        Assert.Equal("Idempotency-Key", (await caller.PostAsync("/keys", Creation, new string('k', 256))).Field);
        Assert.Equal(201, (await caller.PostAsync("/keys", Creation, new string('k', 255))).Status);
    }

    [Fact]
    public async Task The_first_one_still_at_work_is_a_conflict_that_passes()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var caller = new Caller(emulator);
        emulator.Faults.Next(1, "/keys", Fault.Delay(TimeSpan.FromHours(1)));
        var first = caller.PostAsync("/keys", Creation, "one");

        await caller.UntilDelayedAsync();
        var second = await caller.PostAsync("/keys", Creation, "one");
        emulator.Clock.Advance(TimeSpan.FromHours(1));
        var answer = await first;

        Assert.Equal("conflict", second.Code);
        Assert.Equal("1", second.Headers["Retry-After"]);
        Assert.Equal(201, answer.Status);
        Assert.Equal(answer.Body, (await caller.PostAsync("/keys", Creation, "one")).Body);
    }

    [Fact]
    public async Task A_lost_answer_can_be_had_again_even_after_a_restart()
    {
        var directory = Directory.CreateTempSubdirectory("emulator-tests-");
        try
        {
            var options = new EmulatorOptions
            {
                DataPath = Path.Combine(directory.FullName, "emulator.db"),
                Keys = [Sdk.ApiKey.Parse("nd_test_restarted0001")],
            };
            await using (var emulator = await NodeDataEmulator.StartAsync(options, Token))
            {
                using var caller = new Caller(emulator);
                emulator.Faults.Next(1, "/keys", Fault.LoseAnswer());
                await Assert.ThrowsAsync<HttpRequestException>(() => caller.PostAsync("/keys", Creation, "one"));
            }

            await using var restarted = await NodeDataEmulator.StartAsync(options, Token);
            using var again = new Caller(restarted);
            var answer = await again.PostAsync("/keys", Creation, "one");
            using var fresh = again.With(answer["secret"]);

            Assert.Equal(201, answer.Status);
            Assert.Equal(200, (await fresh.GetAsync("/me")).Status);
            Assert.Single(
                (await again.GetAsync("/keys")).Json.GetProperty("items").EnumerateArray(),
                key => key.GetProperty("name").GetString() == "once"
            );
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
