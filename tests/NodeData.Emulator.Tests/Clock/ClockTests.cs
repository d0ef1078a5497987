using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Emulator.Tests.Clock;

public sealed class ClockTests
{
    private static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task An_advance_changes_the_UTC_time_and_timestamps()
    {
        await using var client = await EmulatorClient.StartAsync();
        var clock = client.Emulator.Clock;
        var (day, stamp) = (clock.GetUtcNow(), clock.GetTimestamp());

        clock.Advance(TimeSpan.FromDays(3));
        clock.Advance(TimeSpan.FromHours(1));

        var moved = TimeSpan.FromDays(3) + TimeSpan.FromHours(1);
        Assert.Equal(moved, clock.Offset);
        Assert.Equal(moved, clock.GetUtcNow() - day);
        Assert.Equal(moved, clock.GetElapsedTime(stamp));
    }

    [Fact]
    public async Task Due_timers_have_fired_in_order_when_an_advance_returns()
    {
        await using var client = await EmulatorClient.StartAsync();
        var clock = client.Emulator.Clock;
        var fired = new List<int>();
        await using var late = Timer(2);
        await using var early = Timer(1);
        await using var later = Timer(5);

        clock.Advance(TimeSpan.FromHours(3));

        Assert.Equal([1, 2], fired);
        clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal([1, 2, 5], fired);

        ITimer Timer(int hours) => clock.CreateTimer(_ => fired.Add(hours), null, TimeSpan.FromHours(hours), Timeout.InfiniteTimeSpan);
    }

    [Fact]
    public async Task A_periodic_timer_fires_once_per_advance_and_again_a_period_later()
    {
        await using var client = await EmulatorClient.StartAsync();
        var fired = 0;
        await using var timer = client.Emulator.Clock.CreateTimer(_ => fired++, null, TimeSpan.FromHours(1), TimeSpan.FromHours(1));

        client.Emulator.Clock.Advance(TimeSpan.FromHours(4));
        Assert.Equal(1, fired);
        client.Emulator.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(2, fired);
    }

    [Fact]
    public async Task A_stopped_timer_does_not_fire()
    {
        await using var client = await EmulatorClient.StartAsync();
        var fired = 0;
        await using var stopped = client.Emulator.Clock.CreateTimer(_ => fired++, null, TimeSpan.FromHours(1), TimeSpan.Zero);
        var disposed = client.Emulator.Clock.CreateTimer(_ => fired++, null, TimeSpan.FromHours(1), TimeSpan.Zero);

        Assert.True(stopped.Change(Timeout.InfiniteTimeSpan, TimeSpan.Zero));
        await disposed.DisposeAsync();
        client.Emulator.Clock.Advance(TimeSpan.FromHours(2));

        Assert.Equal(0, fired);
        Assert.False(disposed.Change(TimeSpan.Zero, TimeSpan.Zero));
    }

    [Fact]
    public async Task A_timer_fires_when_its_time_passes()
    {
        await using var client = await EmulatorClient.StartAsync(new EmulatorOptions());

        await Task.Delay(TimeSpan.FromMilliseconds(1), client.Emulator.Clock, TestContext.Current.CancellationToken)
            .WaitAsync(MaxWait, TestContext.Current.CancellationToken);

        Assert.Equal(TimeSpan.Zero, client.Emulator.Clock.Offset);
    }

    [Fact]
    public async Task An_active_timer_is_affected_by_a_concurrent_advance()
    {
        var time = new InterruptingTimeProvider();
        await using var client = await EmulatorClient.StartAsync(new EmulatorOptions { TimeProvider = time });
        var clock = client.Emulator.Clock;
        using var fired = new SemaphoreSlim(0);

        await using var timer = time.RunWith(
            () => clock.CreateTimer(_ => fired.Release(), null, TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan),
            AdvanceIfActive
        );

        Assert.Equal(1, fired.CurrentCount);

        bool AdvanceIfActive()
        {
            if (clock.ActiveTimerCount == 0)
            {
                return false;
            }

            clock.Advance(TimeSpan.FromHours(1));
            return true;
        }
    }

    [Fact]
    public async Task The_clock_does_not_go_back_or_beyond_a_hundred_years()
    {
        await using var client = await EmulatorClient.StartAsync();

        Assert.Throws<ArgumentOutOfRangeException>(() => client.Emulator.Clock.Advance(TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => client.Emulator.Clock.Advance(TimeSpan.MaxValue));
        client.Emulator.Clock.Advance(TimeSpan.FromDays(36_525));
        Assert.Throws<ArgumentOutOfRangeException>(() => client.Emulator.Clock.Advance(TimeSpan.FromTicks(1)));
    }
}
