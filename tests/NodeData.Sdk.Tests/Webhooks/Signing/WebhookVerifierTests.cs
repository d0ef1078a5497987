using NodeData.Sdk.Webhooks;
using static NodeData.Sdk.Tests.Webhooks.Signing.SignatureTestData;

namespace NodeData.Sdk.Tests.Webhooks.Signing;

public sealed class WebhookVerifierTests
{
    [Fact]
    public void A_valid_result_has_a_timestamp_and_a_secret_and_no_error_code()
    {
        using var verifier = new WebhookVerifier(Secret, CreateOptions(SignedAt));

        var result = verifier.Verify(Body, CreateHeader());

        Assert.True(result.IsValid);
        Assert.Null(result.ErrorCode);
        Assert.Equal(SignedAt, result.Timestamp);
        Assert.Equal(Secret, result.MatchedSecret.Reveal());
    }

    [Theory]
    [InlineData(Secret)]
    [InlineData(OtherSecret)]
    [InlineData(LiveSecret)]
    public void The_result_names_the_secret_that_matched(string signedWith)
    {
        using var verifier = CreateVerifier(Secret, OtherSecret, LiveSecret);

        Assert.Equal(signedWith, verifier.Verify(Body, CreateHeader(signedWith)).MatchedSecret?.Reveal());
    }

    [Theory]
    [InlineData(Secret, OtherSecret)]
    [InlineData(OtherSecret, Secret)]
    [InlineData(OtherSecret, LiveSecret)]
    [InlineData(LiveSecret, OtherSecret)]
    public void When_two_secrets_match_the_secret_of_the_first_signature_is_returned(string first, string second)
    {
        using var verifier = CreateVerifier(Secret, OtherSecret, LiveSecret);
        var signatures = $"t={UnixSeconds},v1={new string('0', 64)},v1={ComputeSignature(first)},v1={ComputeSignature(second)}";

        Assert.Equal(first, verifier.Verify(Body, signatures).MatchedSecret?.Reveal());
    }

    [Fact]
    public void A_missing_header_is_malformed()
    {
        using var verifier = CreateVerifier(Secret);

        Assert.Equal(WebhookErrorCode.MalformedSignature, verifier.Verify(Body, null).ErrorCode);
    }

    [Fact]
    public void A_failed_result_has_no_secret_and_a_timestamp_only_if_the_header_is_well_formed()
    {
        using var verifier = CreateVerifier(Secret);

        var malformed = verifier.Verify(Body, "t=1765372000");
        var stale = verifier.Verify(Body, CreateHeader(unixSeconds: UnixSeconds - 301));
        var invalid = verifier.Verify(Body, CreateHeader(OtherSecret));

        Assert.Equal(("malformed_signature", null), (malformed.ToString(), malformed.Timestamp));
        Assert.Equal(("stale_signature", SignedAt.AddSeconds(-301)), (stale.ToString(), stale.Timestamp));
        Assert.Equal(("invalid_signature", SignedAt), (invalid.ToString(), invalid.Timestamp));
        Assert.All([malformed, stale, invalid], failed => Assert.Null(failed.MatchedSecret));
    }

    [Theory]
    [InlineData("253402300799", true)]
    [InlineData("253402300800", false)]
    [InlineData("999999999999999999", false)]
    public void A_timestamp_beyond_the_range_of_DateTimeOffset_is_stale(string timestamp, bool isDate)
    {
        using var verifier = CreateVerifier(Secret);

        var result = verifier.Verify(Body, $"t={timestamp},v1={ComputeSignature()}");

        Assert.Equal(WebhookErrorCode.StaleSignature, result.ErrorCode);
        Assert.Equal(isDate, result.Timestamp is not null);
    }

    [Theory]
    [InlineData(4096, true)]
    [InlineData(4097, false)]
    public void A_header_has_at_most_4096_characters(int length, bool valid)
    {
        using var verifier = CreateVerifier(Secret);

        Assert.Equal(valid, verifier.Verify(Body, CreateHeader().PadRight(length, ',')).IsValid);
    }

    [Fact]
    public void All_60_signatures_that_fit_into_a_header_are_checked()
    {
        using var verifier = new WebhookVerifier(Secret, CreateOptions(DateTimeOffset.FromUnixTimeSeconds(1)));
        var others = string.Concat(Enumerable.Repeat($",v1={new string('0', 64)}", 59));
        var full = $"t=1{others},v1={ComputeSignature(unixSeconds: 1)}";

        Assert.InRange(full.Length, 4096 - 68, 4096);
        Assert.True(verifier.Verify(Body, full).IsValid);
        Assert.Equal(60, verifier.Verify(Body, full).Comparisons);
    }

    [Fact]
    public void The_default_result_is_invalid()
    {
        Assert.False(default(WebhookVerification).IsValid);
        Assert.Equal(WebhookErrorCode.InvalidSignature, default(WebhookVerification).ErrorCode);
    }

    [Fact]
    public void A_result_never_prints_the_secret()
    {
        using var verifier = CreateVerifier(Secret);
        var result = verifier.Verify(Body, CreateHeader());

        Assert.Equal("valid", result.ToString());
        Assert.DoesNotContain(Secret["whsec_test_".Length..], System.Text.Json.JsonSerializer.Serialize(result), StringComparison.Ordinal);
    }
}
