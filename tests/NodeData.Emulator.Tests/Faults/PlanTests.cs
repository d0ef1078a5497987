using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Emulator.Tests.Faults;

public sealed class PlanTests
{
    [Fact]
    public async Task As_many_requests_meet_a_fault_as_were_named()
    {
        await using var wire = await Wire.OpenAsync();
        wire.Emulator.Faults.Enqueue("/me", EmulatorFault.RespondWith(500), 2);

        await Meets(wire, [500, 500, 200], "/v1/me", "/api/v1/me", "/v1/me");
    }

    [Fact]
    public async Task Plans_come_in_the_order_in_which_they_were_made()
    {
        await using var wire = await Wire.OpenAsync();
        wire.Emulator.Faults.Enqueue("/me", EmulatorFault.RespondWith(500));
        wire.Emulator.Faults.Enqueue("*", EmulatorFault.RespondWith(501));
        wire.Emulator.Faults.Enqueue("/me", EmulatorFault.RespondWith(502));

        await Meets(wire, [500, 501, 502, 200], "/v1/me", "/v1/me", "/v1/me", "/v1/me");
    }

    [Fact]
    public async Task Another_path_meets_nothing()
    {
        await using var wire = await Wire.OpenAsync();
        wire.Emulator.Faults.Enqueue("/keys", EmulatorFault.RespondWith(500));

        await Meets(wire, [200, 404, 500], "/v1/me", "/v1/keys/key_1", "/v1/keys?limit=5");
    }

    [Fact]
    public async Task A_star_is_any_path_even_one_that_is_unknown()
    {
        await using var wire = await Wire.OpenAsync();
        wire.Emulator.Faults.Enqueue("*", EmulatorFault.RespondWith(500), 3);

        await Meets(wire, [500, 500, 500, 200], "/v1/me", "/v1/unknown", "/elsewhere", "/v1/me");
    }

    [Fact]
    public async Task Another_method_meets_nothing()
    {
        await using var wire = await Wire.OpenAsync();
        wire.Emulator.Faults.Enqueue("/keys", EmulatorFault.RespondWith(500), method: "post");

        await Meets(wire, [200], "/v1/keys");
        Assert.Equal(500, (await wire.Send("POST", "/v1/keys", "{}")).Status);
    }

    [Fact]
    public async Task Cleared_plans_do_not_come()
    {
        await using var wire = await Wire.OpenAsync();
        wire.Emulator.Faults.Enqueue("*", EmulatorFault.RespondWith(500), 5);
        await Meets(wire, [500], "/v1/me");

        wire.Emulator.Faults.Clear();

        await Meets(wire, [200], "/v1/me");
    }

    [Fact]
    public async Task What_cannot_be_planned_is_refused_at_once()
    {
        await using var wire = await Wire.OpenAsync();

        Assert.Throws<ArgumentOutOfRangeException>(() => wire.Emulator.Faults.Enqueue("/me", EmulatorFault.ResetConnection(), 0));
        Assert.Throws<ArgumentException>(() => wire.Emulator.Faults.Enqueue("me", EmulatorFault.ResetConnection()));
        Assert.Throws<ArgumentOutOfRangeException>(() => EmulatorFault.RespondWith(199));
        Assert.Throws<ArgumentOutOfRangeException>(() => EmulatorFault.RespondWith(600));
        Assert.Throws<ArgumentOutOfRangeException>(() => EmulatorFault.Delay(TimeSpan.FromSeconds(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => EmulatorFault.Delay(TimeSpan.FromDays(50)));
        Assert.Throws<ArgumentOutOfRangeException>(() => EmulatorFault.Truncate(-1));
    }

    private static async Task Meets(Wire wire, int[] expected, params string[] paths)
    {
        var statuses = new List<int>();
        foreach (var path in paths)
        {
            statuses.Add((await wire.Send("GET", path)).Status);
        }

        Assert.Equal(expected, statuses);
    }
}
