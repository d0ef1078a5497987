using System.Text;

namespace NodeData.Cli.Tests.Webhooks.Signing;

public sealed class SignatureCheckTests
{
    private const string Body = """{"id": "ev_1", "type": "payout.paid", "data": {"amount_cents": 4410, "note": "größer"}}""";

    [Fact]
    public void Every_row_of_the_contract_gets_its_answer_and_whatever_is_refused_a_cause_and_a_cure()
    {
        Assert.NotEmpty(SignatureVector.All);
        Assert.All(
            SignatureVector.All,
            row =>
            {
                var check = row.Check();
                Assert.Equal(row.Expect, check.Verification.ToString());
                Assert.Equal(row.Expect == "valid", check.Diagnosis is null);
                Assert.All(row.Secrets, secret => Assert.DoesNotContain(secret, $"{check.Diagnosis}", StringComparison.Ordinal));
            }
        );
    }

    [Theory]
    [InlineData("invalid: re-serialised body", "JSON parser")]
    [InlineData("invalid: trailing newline added", "line break was added")]
    [InlineData("invalid: wrong secret", "another secret than whsec_test_…")]
    [InlineData("invalid: signed without the timestamp", "without its time")]
    [InlineData("invalid: keyed with the secret less its prefix", "less its prefix")]
    [InlineData("stale: one second past the tolerance", "genuine and was made 301 s ago")]
    [InlineData("stale: one second before the window", "301 s ahead: a clock of this machine that is slow")]
    [InlineData("stale: milliseconds given as seconds", "milliseconds")]
    [InlineData("stale is told before invalid", "does not match either")]
    [InlineData("malformed: blank", "is empty")]
    [InlineData("malformed: t only", "v1, the signature, is missing")]
    [InlineData("malformed: v1 only", "t, the time, is missing")]
    [InlineData("malformed: t negative", "not a time")]
    [InlineData("malformed: t twice, other", "more than once")]
    [InlineData("malformed: signature too short", "63 digits")]
    [InlineData("malformed: upper-case signature", "upper-case hex")]
    [InlineData("malformed: wrong case of the names", "upper case")]
    [InlineData("malformed: base64 signature", "not written in hex")]
    [InlineData("malformed: quoted signature", "quotes")]
    [InlineData("malformed: semicolon separator", "separated by ;")]
    [InlineData("malformed: over 4096 characters", "more than 4096")]
    public void The_likely_cause_is_named(string row, string cause) =>
        Assert.Contains(cause, SignatureVector.Named(row).Check().Diagnosis!.Cause, StringComparison.Ordinal);

    [Theory]
    [InlineData("\r\n", "", "line break was added")]
    [InlineData("", "\n", "was cut off")]
    [InlineData("\uFEFF", "", "byte order mark was added")]
    public void What_was_added_or_cut_is_found(string added, string cut, string cause)
    {
        var isInFront = added == "\uFEFF";
        var received = isInFront ? added + Body : Body + added;

        Assert.Contains(cause, CauseOf(signed: Body + cut, received), StringComparison.Ordinal);
    }

    [Fact]
    public void Changed_line_breaks_inside_are_found() =>
        Assert.Contains("line breaks in the body", CauseOf("{\r\n\"a\": 1\r\n}", "{\n\"a\": 1\n}"), StringComparison.Ordinal);

    [Fact]
    public void A_header_with_its_name_in_front_is_recognised()
    {
        var row = SignatureVector.All[0];

        var check = (row with { Header = $"nd-signature: {row.Header}" }).Check();

        Assert.Contains("name stands in front", check.Diagnosis!.Cause, StringComparison.Ordinal);
    }

    private static string CauseOf(string signed, string received)
    {
        var row = SignatureVector.All[0];
        using var signer = new NodeData.Sdk.Webhooks.WebhookSigner(row.Secrets[0]);
        var header = signer.Sign(signed, DateTimeOffset.FromUnixTimeSeconds(row.Now));
        return (row with { Header = header, Body = Encoding.UTF8.GetBytes(received) }).Check().Diagnosis!.Cause;
    }
}
