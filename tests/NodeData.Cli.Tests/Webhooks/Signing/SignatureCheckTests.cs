using System.Text;

namespace NodeData.Cli.Tests.Webhooks.Signing;

public sealed class SignatureCheckTests
{
    private const string Body = """{"id": "ev_1", "type": "payout.paid", "data": {"amount_cents": 4410, "note": "größer"}}""";

    [Fact]
    public void Every_vector_of_the_contract_gets_the_expected_result_and_every_failure_a_diagnosis()
    {
        Assert.NotEmpty(SignatureVector.All);
        Assert.All(
            SignatureVector.All,
            vector =>
            {
                var check = vector.Check();
                Assert.Equal(vector.Expect, check.Verification.ToString());
                Assert.Equal(vector.Expect == "valid", check.Diagnosis is null);
                Assert.All(vector.Secrets, secret => Assert.DoesNotContain(secret, $"{check.Diagnosis}", StringComparison.Ordinal));
            }
        );
    }

    [Theory]
    [InlineData("invalid: re-serialised body", "JSON parser")]
    [InlineData("invalid: trailing newline added", "line break was added")]
    [InlineData("invalid: wrong secret", "a secret other than whsec_test_…")]
    [InlineData("invalid: signed without the timestamp", "without the timestamp")]
    [InlineData("invalid: keyed with the secret less its prefix", "without its prefix")]
    [InlineData("stale: one second past the tolerance", "genuine and was made 301 s ago")]
    [InlineData("stale: one second before the window", "301 s ahead: this machine's clock is slow")]
    [InlineData("stale: milliseconds given as seconds", "milliseconds")]
    [InlineData("stale is told before invalid", "does not match either")]
    [InlineData("malformed: blank", "is empty")]
    [InlineData("malformed: t only", "v1, the signature, is missing")]
    [InlineData("malformed: v1 only", "t, the timestamp, is missing")]
    [InlineData("malformed: t negative", "not a timestamp")]
    [InlineData("malformed: t twice, other", "more than once")]
    [InlineData("malformed: signature too short", "63 digits")]
    [InlineData("malformed: upper-case signature", "upper-case hex")]
    [InlineData("malformed: wrong case of the names", "upper case")]
    [InlineData("malformed: base64 signature", "not hexadecimal")]
    [InlineData("malformed: quoted signature", "quotes")]
    [InlineData("malformed: semicolon separator", "separated by ;")]
    [InlineData("malformed: over 4096 characters", "the maximum is 4096")]
    public void The_likely_cause_is_named(string vector, string cause) =>
        Assert.Contains(cause, SignatureVector.GetByName(vector).Check().Diagnosis!.Cause, StringComparison.Ordinal);

    [Theory]
    [InlineData("\r\n", "", "line break was added")]
    [InlineData("", "\n", "was removed")]
    [InlineData("\uFEFF", "", "byte order mark was added")]
    public void Added_or_removed_characters_are_found(string added, string removed, string cause)
    {
        var isInFront = added == "\uFEFF";
        var received = isInFront ? added + Body : Body + added;

        Assert.Contains(cause, GetCause(signed: Body + removed, received), StringComparison.Ordinal);
    }

    [Fact]
    public void Changed_line_breaks_inside_are_found() =>
        Assert.Contains("line breaks in the body", GetCause("{\r\n\"a\": 1\r\n}", "{\n\"a\": 1\n}"), StringComparison.Ordinal);

    [Fact]
    public void A_header_with_its_name_is_recognized()
    {
        var vector = SignatureVector.All[0];

        var check = (vector with { Header = $"nd-signature: {vector.Header}" }).Check();

        Assert.Contains("begins with the header's name", check.Diagnosis!.Cause, StringComparison.Ordinal);
    }

    private static string GetCause(string signed, string received)
    {
        var vector = SignatureVector.All[0];
        using var signer = new NodeData.Sdk.Webhooks.WebhookSigner(vector.Secrets[0]);
        var header = signer.Sign(signed, DateTimeOffset.FromUnixTimeSeconds(vector.Now));
        return (vector with { Header = header, Body = Encoding.UTF8.GetBytes(received) }).Check().Diagnosis!.Cause;
    }
}
