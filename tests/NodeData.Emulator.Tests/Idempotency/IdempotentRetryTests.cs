using NodeData.Emulator.Tests.Doubles;
using NodeData.Sdk;

namespace NodeData.Emulator.Tests.Idempotency;

public sealed class IdempotentRetryTests
{
    private const string Creation = """{"name":"once","mode":"test"}""";

    [Fact]
    public async Task While_the_first_is_in_progress_the_second_is_rejected_with_retry_after()
    {
        await using var client = await EmulatorClient.StartAsync(
            new EmulatorOptions { EnforceRateLimits = false, TimeProvider = FrozenTimeProvider.Instance }
        );
        client.Emulator.Faults.Enqueue("/keys", EmulatorFault.Delay(TimeSpan.FromHours(1)));
        Task<ApiResponse>[] both = [Post(client), Post(client)];
        var quick = await Task.WhenAny(both);
        var pending = both.Single(one => one != quick);

        // The quick request may have completed before the delayed one started; afterwards there is only one possible response.
        var rejected = await quick;
        while (rejected.Status == 201)
        {
            rejected = await Post(client);
        }

        rejected.AssertError(409, "conflict");
        Assert.Equal("1", rejected.Header("Retry-After"));
        Assert.False(pending.IsCompleted);
        var completed = await client.AdvanceWhenWaiting(TimeSpan.FromHours(1), pending);
        Assert.Equal(201, completed.Status);
        Assert.Equal(completed.Text, (await Post(client)).Text);
        Assert.Single(await client.ListKeyNames(), name => name == "once");
    }

    [Fact]
    public async Task A_dropped_response_is_returned_to_a_retry()
    {
        await using var client = await EmulatorClient.StartAsync();
        client.Emulator.Faults.Enqueue("/keys", EmulatorFault.DropResponse());
        await Assert.ThrowsAsync<HttpRequestException>(() => Post(client));
        var created = Assert.Single((await client.Send("GET", "/v1/keys")).Items, item => item.GetProperty("name").GetString() == "once");

        var again = await Post(client);

        Assert.Equal(created.GetProperty("id").GetString(), again.Member("id"));
        Assert.Equal(200, (await client.Send("GET", "/v1/me", key: again.Member("secret"))).Status);
        Assert.Single(await client.ListKeyNames(), name => name == "once");
    }

    [Fact]
    public async Task A_response_is_remembered_across_a_restart()
    {
        using var directory = new TemporaryDirectory();
        var options = new EmulatorOptions
        {
            DataPath = directory.File("data.db"),
            Keys = [ApiKey.Parse("nd_test_restarted00000001")],
            TimeProvider = FrozenTimeProvider.Instance,
        };
        ApiResponse first;
        await using (var client = await EmulatorClient.StartAsync(options))
        {
            first = await Post(client);
        }

        await using var restarted = await EmulatorClient.StartAsync(options);
        var second = await Post(restarted);

        Assert.Equal(201, second.Status);
        Assert.Equal((first.Text, first.RequestId), (second.Text, second.RequestId));
    }

    private static Task<ApiResponse> Post(EmulatorClient client) =>
        client.Send("POST", "/v1/keys", Creation, null, ("Idempotency-Key", "one"));
}
