using NodeData.Sdk.Webhooks;
using static NodeData.Sdk.Tests.Webhooks.Signing.Delivery;

namespace NodeData.Sdk.Tests.Webhooks.Signing;

public sealed class WebhookVerifierTests
{
    [Fact]
    public void A_valid_delivery_tells_its_time_and_its_secret_and_has_no_code()
    {
        using var verifier = new WebhookVerifier(Secret, At(Moment));

        var result = verifier.Verify(Body, Header());

        Assert.True(result.IsValid);
        Assert.Null(result.ErrorCode);
        Assert.Equal(Moment, result.Timestamp);
        Assert.Equal(Secret, result.MatchedSecret.Reveal());
    }

    [Theory]
    [InlineData(Secret)]
    [InlineData(OtherSecret)]
    [InlineData(LiveSecret)]
    public void The_secret_that_matched_is_told_apart_from_the_others(string signedWith)
    {
        using var verifier = Verifier(Secret, OtherSecret, LiveSecret);

        Assert.Equal(signedWith, verifier.Verify(Body, Header(signedWith)).MatchedSecret?.Reveal());
    }

    [Theory]
    [InlineData(Secret, OtherSecret)]
    [InlineData(OtherSecret, Secret)]
    [InlineData(OtherSecret, LiveSecret)]
    [InlineData(LiveSecret, OtherSecret)]
    public void Where_two_secrets_match_the_one_of_the_first_signature_is_told(string first, string second)
    {
        using var verifier = Verifier(Secret, OtherSecret, LiveSecret);
        var signatures = $"t={UnixSeconds},v1={new string('0', 64)},v1={Tag(first)},v1={Tag(second)}";

        Assert.Equal(first, verifier.Verify(Body, signatures).MatchedSecret?.Reveal());
    }

    [Fact]
    public void A_missing_header_is_malformed()
    {
        using var verifier = Verifier(Secret);

        Assert.Equal(WebhookErrorCode.MalformedSignature, verifier.Verify(Body, null).ErrorCode);
    }

    [Fact]
    public void A_refusal_matches_no_secret_and_tells_the_time_only_where_the_header_is_well_formed()
    {
        using var verifier = Verifier(Secret);

        var malformed = verifier.Verify(Body, "t=1765372000");
        var stale = verifier.Verify(Body, Header(unixSeconds: UnixSeconds - 301));
        var invalid = verifier.Verify(Body, Header(OtherSecret));

        Assert.Equal(("malformed_signature", null), (malformed.ToString(), malformed.Timestamp));
        Assert.Equal(("stale_signature", Moment.AddSeconds(-301)), (stale.ToString(), stale.Timestamp));
        Assert.Equal(("invalid_signature", Moment), (invalid.ToString(), invalid.Timestamp));
        Assert.All([malformed, stale, invalid], refusal => Assert.Null(refusal.MatchedSecret));
    }

    [Theory]
    [InlineData("253402300799", true)]
    [InlineData("253402300800", false)]
    [InlineData("999999999999999999", false)]
    public void A_time_beyond_the_calendar_is_stale_and_no_date(string timestamp, bool isDate)
    {
        using var verifier = Verifier(Secret);

        var result = verifier.Verify(Body, $"t={timestamp},v1={Tag()}");

        Assert.Equal(WebhookErrorCode.StaleSignature, result.ErrorCode);
        Assert.Equal(isDate, result.Timestamp is not null);
    }

    [Theory]
    [InlineData(4096, true)]
    [InlineData(4097, false)]
    public void A_header_may_have_4096_characters(int length, bool valid)
    {
        using var verifier = Verifier(Secret);

        Assert.Equal(valid, verifier.Verify(Body, Header().PadRight(length, ',')).IsValid);
    }

    [Fact]
    public void The_last_of_the_60_signatures_that_a_header_can_hold_still_counts()
    {
        using var verifier = new WebhookVerifier(Secret, At(DateTimeOffset.FromUnixTimeSeconds(1)));
        var others = string.Concat(Enumerable.Repeat($",v1={new string('0', 64)}", 59));
        var full = $"t=1{others},v1={Tag(unixSeconds: 1)}";

        Assert.InRange(full.Length, 4096 - 68, 4096);
        Assert.True(verifier.Verify(Body, full).IsValid);
        Assert.Equal(60, verifier.Verify(Body, full).Comparisons);
    }

    [Fact]
    public void What_never_was_a_verification_is_a_refusal()
    {
        Assert.False(default(WebhookVerification).IsValid);
        Assert.Equal(WebhookErrorCode.InvalidSignature, default(WebhookVerification).ErrorCode);
    }

    [Fact]
    public void Nothing_that_a_verification_prints_holds_the_secret()
    {
        using var verifier = Verifier(Secret);
        var result = verifier.Verify(Body, Header());

        Assert.Equal("valid", result.ToString());
        Assert.DoesNotContain(Secret["whsec_test_".Length..], System.Text.Json.JsonSerializer.Serialize(result), StringComparison.Ordinal);
    }
}
