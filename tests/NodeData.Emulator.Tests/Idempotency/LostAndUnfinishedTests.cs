using NodeData.Emulator.Tests.Doubles;
using NodeData.Sdk;

namespace NodeData.Emulator.Tests.Idempotency;

public sealed class LostAndUnfinishedTests
{
    private const string Creation = """{"name":"once","mode":"test"}""";

    [Fact]
    public async Task While_the_first_is_at_work_the_second_is_told_to_come_again()
    {
        await using var wire = await Wire.OpenAsync(
            new EmulatorOptions { EnforceRateLimits = false, TimeProvider = StandingTime.Instance }
        );
        wire.Emulator.Faults.Enqueue("/keys", EmulatorFault.Delay(TimeSpan.FromHours(1)));
        Task<Reply>[] both = [Post(wire), Post(wire)];
        var quick = await Task.WhenAny(both);
        var held = both.Single(one => one != quick);

        // The quick one may have been done before the held one began to work; from then on there is one answer only.
        var refused = await quick;
        while (refused.Status == 201)
        {
            refused = await Post(wire);
        }

        refused.IsRefusal(409, "conflict");
        Assert.Equal("1", refused.Header("Retry-After"));
        Assert.False(held.IsCompleted);
        var answered = await wire.AdvanceWhenHeld(TimeSpan.FromHours(1), held);
        Assert.Equal(201, answered.Status);
        Assert.Equal(answered.Text, (await Post(wire)).Text);
        Assert.Single(await wire.Names(), name => name == "once");
    }

    [Fact]
    public async Task A_lost_answer_can_be_had_again()
    {
        await using var wire = await Wire.OpenAsync();
        wire.Emulator.Faults.Enqueue("/keys", EmulatorFault.DropResponse());
        await Assert.ThrowsAsync<HttpRequestException>(() => Post(wire));
        var made = Assert.Single((await wire.Send("GET", "/v1/keys")).Items, item => item.GetProperty("name").GetString() == "once");

        var again = await Post(wire);

        Assert.Equal(made.GetProperty("id").GetString(), again.Member("id"));
        Assert.Equal(200, (await wire.Send("GET", "/v1/me", key: again.Member("secret"))).Status);
        Assert.Single(await wire.Names(), name => name == "once");
    }

    [Fact]
    public async Task An_answer_is_remembered_across_a_restart()
    {
        using var directory = new TemporaryDirectory();
        var options = new EmulatorOptions
        {
            DataPath = directory.File("data.db"),
            Keys = [ApiKey.Parse("nd_test_restarted00000001")],
            TimeProvider = StandingTime.Instance,
        };
        Reply first;
        await using (var wire = await Wire.OpenAsync(options))
        {
            first = await Post(wire);
        }

        await using var restarted = await Wire.OpenAsync(options);
        var second = await Post(restarted);

        Assert.Equal(201, second.Status);
        Assert.Equal((first.Text, first.RequestId), (second.Text, second.RequestId));
    }

    private static Task<Reply> Post(Wire wire) => wire.Send("POST", "/v1/keys", Creation, null, ("Idempotency-Key", "one"));
}
