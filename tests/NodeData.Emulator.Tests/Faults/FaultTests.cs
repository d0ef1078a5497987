using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Emulator.Tests.Faults;

public sealed class FaultTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_status_comes_in_place_of_the_work_as_often_as_asked()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var caller = new Caller(emulator);
        emulator.Faults.Next(
            2,
            "/keys",
            Fault.Status(503, "closed", new Dictionary<string, string> { ["Retry-After"] = "7" }, "text/plain"),
            "POST"
        );
        emulator.Faults.Next(1, "*", Fault.Status(418));

        Assert.Equal("fault", (await caller.GetAsync("/keys")).Code);
        for (var i = 0; i < 2; i++)
        {
            var closed = await caller.CreateAsync();
            Assert.Equal((503, "closed", "7"), (closed.Status, closed.Body, closed.Headers["Retry-After"]));
        }

        Assert.Equal(201, (await caller.CreateAsync("after")).Status);
        Assert.Equal(2, (await caller.GetAsync("/keys")).Json.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task A_reset_does_no_work_and_a_lost_answer_does_it()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var caller = new Caller(emulator);
        emulator.Faults.Next(1, "/keys", Fault.Reset());
        emulator.Faults.Next(1, "/keys", Fault.LoseAnswer());

        await Assert.ThrowsAsync<HttpRequestException>(() => caller.CreateAsync("reset"));
        await Assert.ThrowsAsync<HttpRequestException>(() => caller.CreateAsync("lost"));

        var keys = (await caller.GetAsync("/keys")).Body;
        Assert.DoesNotContain("reset", keys, StringComparison.Ordinal);
        Assert.Contains("lost", keys, StringComparison.Ordinal);
        Assert.Equal([null, null, 200], emulator.Requests.Select(request => request.Status));
    }

    [Fact]
    public async Task A_truncated_answer_ends_in_the_middle_of_what_it_announced()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var caller = new Caller(emulator);
        emulator.Faults.Next(1, "/me", Fault.Truncate(5));

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => caller.GetAsync("/me"));

        Assert.Equal(200, (await caller.GetAsync("/me")).Status);
    }

    [Fact]
    public async Task A_delay_waits_for_the_clock()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var caller = new Caller(emulator);
        emulator.Faults.Next(1, "/me", Fault.Delay(TimeSpan.FromHours(1)));

        var late = caller.GetAsync("/me");
        await caller.UntilDelayedAsync();
        emulator.Clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromMinutes(1));
        Assert.False(late.IsCompleted);
        emulator.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(200, (await late).Status);
    }

    [Fact]
    public async Task Faults_can_be_taken_back_and_wrong_ones_are_refused()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var caller = new Caller(emulator);
        emulator.Faults.Next(5, "*", Fault.Status(500));
        emulator.Faults.Clear();

        Assert.Equal(200, (await caller.GetAsync("/me")).Status);
        Assert.Throws<ArgumentException>(() => emulator.Faults.Next(1, "keys", Fault.Reset()));
        Assert.Throws<ArgumentOutOfRangeException>(() => emulator.Faults.Next(0, "*", Fault.Reset()));
        Assert.Throws<ArgumentOutOfRangeException>(() => Fault.Status(99));
        Assert.Throws<ArgumentOutOfRangeException>(() => Fault.Truncate(-1));
    }
}
