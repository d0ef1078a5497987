using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Emulator.Tests.Clock;

public sealed class ClockTests
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task An_advance_moves_the_time_of_day_and_timestamps()
    {
        await using var wire = await Wire.OpenAsync();
        var clock = wire.Emulator.Clock;
        var (day, stamp) = (clock.GetUtcNow(), clock.GetTimestamp());

        clock.Advance(TimeSpan.FromDays(3));
        clock.Advance(TimeSpan.FromHours(1));

        var moved = TimeSpan.FromDays(3) + TimeSpan.FromHours(1);
        Assert.Equal(moved, clock.Offset);
        Assert.Equal(moved, clock.GetUtcNow() - day);
        Assert.Equal(moved, clock.GetElapsedTime(stamp));
    }

    [Fact]
    public async Task Timers_that_are_due_have_fired_in_their_order_when_an_advance_returns()
    {
        await using var wire = await Wire.OpenAsync();
        var clock = wire.Emulator.Clock;
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
    public async Task A_periodic_timer_fires_once_for_an_advance_and_again_a_period_later()
    {
        await using var wire = await Wire.OpenAsync();
        var fired = 0;
        await using var timer = wire.Emulator.Clock.CreateTimer(_ => fired++, null, TimeSpan.FromHours(1), TimeSpan.FromHours(1));

        wire.Emulator.Clock.Advance(TimeSpan.FromHours(4));
        Assert.Equal(1, fired);
        wire.Emulator.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(2, fired);
    }

    [Fact]
    public async Task A_timer_that_was_stopped_does_not_fire()
    {
        await using var wire = await Wire.OpenAsync();
        var fired = 0;
        await using var stopped = wire.Emulator.Clock.CreateTimer(_ => fired++, null, TimeSpan.FromHours(1), TimeSpan.Zero);
        var disposed = wire.Emulator.Clock.CreateTimer(_ => fired++, null, TimeSpan.FromHours(1), TimeSpan.Zero);

        Assert.True(stopped.Change(Timeout.InfiniteTimeSpan, TimeSpan.Zero));
        await disposed.DisposeAsync();
        wire.Emulator.Clock.Advance(TimeSpan.FromHours(2));

        Assert.Equal(0, fired);
        Assert.False(disposed.Change(TimeSpan.Zero, TimeSpan.Zero));
    }

    [Fact]
    public async Task A_timer_fires_by_waiting_too()
    {
        await using var wire = await Wire.OpenAsync(new EmulatorOptions());

        await Task.Delay(TimeSpan.FromMilliseconds(1), wire.Emulator.Clock, TestContext.Current.CancellationToken)
            .WaitAsync(LongestWait, TestContext.Current.CancellationToken);

        Assert.Equal(TimeSpan.Zero, wire.Emulator.Clock.Offset);
    }

    [Fact]
    public async Task A_timer_that_is_counted_is_moved_by_an_advance_however_far_its_thread_has_come()
    {
        var time = new InterruptedTime();
        await using var wire = await Wire.OpenAsync(new EmulatorOptions { TimeProvider = time });
        var clock = wire.Emulator.Clock;
        using var fired = new SemaphoreSlim(0);

        await using var timer = time.During(
            () => clock.CreateTimer(_ => fired.Release(), null, TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan),
            AdvanceWhereCounted
        );

        Assert.Equal(1, fired.CurrentCount);

        bool AdvanceWhereCounted()
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
    public async Task The_clock_goes_neither_back_nor_beyond_a_hundred_years()
    {
        await using var wire = await Wire.OpenAsync();

        Assert.Throws<ArgumentOutOfRangeException>(() => wire.Emulator.Clock.Advance(TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => wire.Emulator.Clock.Advance(TimeSpan.MaxValue));
        wire.Emulator.Clock.Advance(TimeSpan.FromDays(36_525));
        Assert.Throws<ArgumentOutOfRangeException>(() => wire.Emulator.Clock.Advance(TimeSpan.FromTicks(1)));
    }
}
