using NodeData.Sdk.Webhooks;
using static NodeData.Sdk.Tests.Webhooks.Signing.Delivery;

namespace NodeData.Sdk.Tests.Webhooks.Signing;

public sealed class ToleranceTests
{
    [Theory]
    [InlineData(0, true)]
    [InlineData(300_000, true)]
    [InlineData(300_001, false)]
    [InlineData(-300_000, true)]
    [InlineData(-300_001, false)]
    public void The_default_is_300_seconds_in_both_directions_to_the_very_edge(int millisecondsLater, bool valid)
    {
        using var verifier = new WebhookVerifier(Secret, At(Moment.AddMilliseconds(millisecondsLater)));

        Assert.Equal(valid, verifier.Verify(Body, Header()).IsValid);
    }

    [Theory]
    [InlineData(1500, true)]
    [InlineData(1501, false)]
    public void A_tolerance_may_be_finer_than_a_second(int millisecondsLater, bool valid)
    {
        var options = At(Moment.AddMilliseconds(millisecondsLater));
        options.Tolerance = TimeSpan.FromMilliseconds(1500);
        using var verifier = new WebhookVerifier(Secret, options);

        Assert.Equal(valid, verifier.Verify(Body, Header()).IsValid);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(864_000_000_001)]
    public void A_tolerance_outside_zero_to_one_day_is_refused(long ticks)
    {
        var options = new WebhookVerifierOptions { Tolerance = TimeSpan.FromTicks(ticks) };

        var refusal = Assert.Throws<NodeDataConfigurationException>(() => new WebhookVerifier(Secret, options));
        Assert.Contains("Tolerance", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_later_change_of_the_options_does_not_reach_the_verifier()
    {
        var options = At(Moment.AddSeconds(200));
        using var verifier = new WebhookVerifier(Secret, options);
        options.Tolerance = TimeSpan.Zero;

        Assert.True(verifier.Verify(Body, Header()).IsValid);
    }

    [Fact]
    public void A_clock_at_either_end_of_the_calendar_makes_everything_stale()
    {
        using var first = new WebhookVerifier(
            Secret,
            new WebhookVerifierOptions { TimeProvider = new StoppedClock(DateTimeOffset.MinValue) }
        );
        using var last = new WebhookVerifier(
            Secret,
            new WebhookVerifierOptions { TimeProvider = new StoppedClock(DateTimeOffset.MaxValue) }
        );

        foreach (var timestamp in (string[])["1", "1765372000", "461168601842", "461168601843", "999999999999999999"])
        {
            Assert.Equal(WebhookErrorCode.StaleSignature, first.Verify(Body, $"t={timestamp},v1={Tag()}").ErrorCode);
            Assert.Equal(WebhookErrorCode.StaleSignature, last.Verify(Body, $"t={timestamp},v1={Tag()}").ErrorCode);
        }
    }

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
