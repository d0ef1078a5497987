using NodeData.Sdk.Webhooks;
using static NodeData.Sdk.Tests.Webhooks.Signing.SignatureTestData;

namespace NodeData.Sdk.Tests.Webhooks.Signing;

public sealed class ToleranceTests
{
    [Theory]
    [InlineData(0, true)]
    [InlineData(300_000, true)]
    [InlineData(300_001, false)]
    [InlineData(-300_000, true)]
    [InlineData(-300_001, false)]
    public void The_default_is_exactly_300_seconds_in_both_directions(int millisecondsLater, bool valid)
    {
        using var verifier = new WebhookVerifier(Secret, CreateOptions(SignedAt.AddMilliseconds(millisecondsLater)));

        Assert.Equal(valid, verifier.Verify(Body, CreateHeader()).IsValid);
    }

    [Theory]
    [InlineData(1500, true)]
    [InlineData(1501, false)]
    public void A_tolerance_may_include_fractions_of_a_second(int millisecondsLater, bool valid)
    {
        var options = CreateOptions(SignedAt.AddMilliseconds(millisecondsLater));
        options.Tolerance = TimeSpan.FromMilliseconds(1500);
        using var verifier = new WebhookVerifier(Secret, options);

        Assert.Equal(valid, verifier.Verify(Body, CreateHeader()).IsValid);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(864_000_000_001)]
    public void A_tolerance_outside_zero_to_one_day_is_rejected(long ticks)
    {
        var options = new WebhookVerifierOptions { Tolerance = TimeSpan.FromTicks(ticks) };

        var exception = Assert.Throws<NodeDataConfigurationException>(() => new WebhookVerifier(Secret, options));
        Assert.Contains("Tolerance", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Changing_the_options_later_has_no_effect_on_the_verifier()
    {
        var options = CreateOptions(SignedAt.AddSeconds(200));
        using var verifier = new WebhookVerifier(Secret, options);
        options.Tolerance = TimeSpan.Zero;

        Assert.True(verifier.Verify(Body, CreateHeader()).IsValid);
    }

    [Fact]
    public void Every_signature_is_stale_at_either_end_of_the_range_of_DateTimeOffset()
    {
        using var first = new WebhookVerifier(
            Secret,
            new WebhookVerifierOptions { TimeProvider = new FixedTimeProvider(DateTimeOffset.MinValue) }
        );
        using var last = new WebhookVerifier(
            Secret,
            new WebhookVerifierOptions { TimeProvider = new FixedTimeProvider(DateTimeOffset.MaxValue) }
        );

        foreach (var timestamp in (string[])["1", "1765372000", "461168601842", "461168601843", "999999999999999999"])
        {
            Assert.Equal(WebhookErrorCode.StaleSignature, first.Verify(Body, $"t={timestamp},v1={ComputeSignature()}").ErrorCode);
            Assert.Equal(WebhookErrorCode.StaleSignature, last.Verify(Body, $"t={timestamp},v1={ComputeSignature()}").ErrorCode);
        }
    }

    private sealed class FixedTimeProvider(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
