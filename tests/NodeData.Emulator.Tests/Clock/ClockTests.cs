using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Emulator.Tests.Clock;

public sealed class ClockTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Advancing_moves_the_day_the_timestamps_and_the_timers()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        var clock = emulator.Clock;
        var (day, stamp) = (clock.GetUtcNow(), clock.GetTimestamp());
        var fired = new List<string>();
        using var late = clock.CreateTimer(_ => fired.Add("late"), null, TimeSpan.FromDays(2), Timeout.InfiniteTimeSpan);
        using var soon = clock.CreateTimer(_ => fired.Add("soon"), null, TimeSpan.FromDays(1), Timeout.InfiniteTimeSpan);
        using var never = clock.CreateTimer(_ => fired.Add("never"), null, TimeSpan.FromDays(3), Timeout.InfiniteTimeSpan);

        clock.Advance(TimeSpan.FromDays(2));

        Assert.Equal(["soon", "late"], fired);
        Assert.InRange(clock.GetUtcNow() - day, TimeSpan.FromDays(2), TimeSpan.FromDays(2) + TimeSpan.FromMinutes(1));
        Assert.InRange(clock.GetElapsedTime(stamp), TimeSpan.FromDays(2), TimeSpan.FromDays(2) + TimeSpan.FromMinutes(1));
        Assert.Equal(TimeSpan.FromDays(2), clock.Offset);
        Assert.Throws<ArgumentOutOfRangeException>(() => clock.Advance(TimeSpan.FromTicks(-1)));
    }

    [Fact]
    public async Task A_reset_puts_back_the_state_at_the_start()
    {
        var options = new EmulatorOptions { Seed = """{"keys":[{"key":"nd_test_seeded0001","id":"key_seeded"}]}""" };
        await using var emulator = await NodeDataEmulator.StartAsync(options, Token);
        using var caller = new Caller(emulator);
        var (test, live) = (emulator.TestKey, emulator.LiveKey);
        var made = await caller.PostAsync("/keys", """{"name":"x","mode":"test"}""", "once");
        await caller.DeleteAsync("/keys/key_seeded");
        emulator.Clock.Advance(TimeSpan.FromDays(1));
        emulator.Faults.Next(5, "*", Fault.Status(500));

        await emulator.ResetAsync(Token);

        Assert.Empty(emulator.Requests);
        Assert.Equal(TimeSpan.Zero, emulator.Clock.Offset);
        Assert.Equal((test, live), (emulator.TestKey, emulator.LiveKey));
        Assert.Equal("active", (await caller.GetAsync("/keys/key_seeded"))["status"]);
        Assert.Equal(404, (await caller.GetAsync($"/keys/{made["id"]}")).Status);
        Assert.NotEqual(made["id"], (await caller.PostAsync("/keys", """{"name":"x","mode":"test"}""", "once"))["id"]);
        using var byLive = caller.With(live);
        Assert.Equal(200, (await byLive.GetAsync("/me")).Status);
    }
}
