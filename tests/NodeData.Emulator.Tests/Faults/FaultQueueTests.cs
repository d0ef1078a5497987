using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Emulator.Tests.Faults;

public sealed class FaultQueueTests
{
    [Fact]
    public async Task The_count_is_the_number_of_requests_that_encounter_a_fault()
    {
        await using var client = await EmulatorClient.StartAsync();
        client.Emulator.Faults.Enqueue("/me", EmulatorFault.RespondWith(500), 2);

        await AssertStatuses(client, [500, 500, 200], "/v1/me", "/api/v1/me", "/v1/me");
    }

    [Fact]
    public async Task Faults_apply_in_the_order_in_which_they_were_enqueued()
    {
        await using var client = await EmulatorClient.StartAsync();
        client.Emulator.Faults.Enqueue("/me", EmulatorFault.RespondWith(500));
        client.Emulator.Faults.Enqueue("*", EmulatorFault.RespondWith(501));
        client.Emulator.Faults.Enqueue("/me", EmulatorFault.RespondWith(502));

        await AssertStatuses(client, [500, 501, 502, 200], "/v1/me", "/v1/me", "/v1/me", "/v1/me");
    }

    [Fact]
    public async Task Another_path_encounters_no_fault()
    {
        await using var client = await EmulatorClient.StartAsync();
        client.Emulator.Faults.Enqueue("/keys", EmulatorFault.RespondWith(500));

        await AssertStatuses(client, [200, 404, 500], "/v1/me", "/v1/keys/key_1", "/v1/keys?limit=5");
    }

    [Fact]
    public async Task A_star_is_any_path_even_an_unknown_one()
    {
        await using var client = await EmulatorClient.StartAsync();
        client.Emulator.Faults.Enqueue("*", EmulatorFault.RespondWith(500), 3);

        await AssertStatuses(client, [500, 500, 500, 200], "/v1/me", "/v1/unknown", "/elsewhere", "/v1/me");
    }

    [Fact]
    public async Task Another_method_encounters_no_fault()
    {
        await using var client = await EmulatorClient.StartAsync();
        client.Emulator.Faults.Enqueue("/keys", EmulatorFault.RespondWith(500), method: "post");

        await AssertStatuses(client, [200], "/v1/keys");
        Assert.Equal(500, (await client.Send("POST", "/v1/keys", "{}")).Status);
    }

    [Fact]
    public async Task Cleared_faults_do_not_apply()
    {
        await using var client = await EmulatorClient.StartAsync();
        client.Emulator.Faults.Enqueue("*", EmulatorFault.RespondWith(500), 5);
        await AssertStatuses(client, [500], "/v1/me");

        client.Emulator.Faults.Clear();

        await AssertStatuses(client, [200], "/v1/me");
    }

    [Fact]
    public async Task Invalid_faults_are_rejected_immediately()
    {
        await using var client = await EmulatorClient.StartAsync();

        Assert.Throws<ArgumentOutOfRangeException>(() => client.Emulator.Faults.Enqueue("/me", EmulatorFault.ResetConnection(), 0));
        Assert.Throws<ArgumentException>(() => client.Emulator.Faults.Enqueue("me", EmulatorFault.ResetConnection()));
        Assert.Throws<ArgumentOutOfRangeException>(() => EmulatorFault.RespondWith(199));
        Assert.Throws<ArgumentOutOfRangeException>(() => EmulatorFault.RespondWith(600));
        Assert.Throws<ArgumentOutOfRangeException>(() => EmulatorFault.Delay(TimeSpan.FromSeconds(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => EmulatorFault.Delay(TimeSpan.FromDays(50)));
        Assert.Throws<ArgumentOutOfRangeException>(() => EmulatorFault.Truncate(-1));
    }

    private static async Task AssertStatuses(EmulatorClient client, int[] expected, params string[] paths)
    {
        var statuses = new List<int>();
        foreach (var path in paths)
        {
            statuses.Add((await client.Send("GET", path)).Status);
        }

        Assert.Equal(expected, statuses);
    }
}
