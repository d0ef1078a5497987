using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using NodeData.Sdk.Tests.Vectors;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Webhooks.Signing;

public sealed class SignatureVectorTests
{
    private static readonly Dictionary<string, Row> Rows = VectorFile
        .Rows("webhook-signatures.json", "vectors")
        .Select(Row.Of)
        .ToDictionary(row => row.Name);

    public static TheoryData<string> Names { get; } = [.. Rows.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_row_of_the_contract_gives_what_it_expects(string name)
    {
        var row = Rows[name];
        using var verifier = row.Verifier();

        Assert.Equal(row.Expect, verifier.Verify(row.Body, row.Header).ToString());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_row_gives_the_same_where_the_body_comes_in_pieces(string name)
    {
        var row = Rows[name];
        using var verifier = row.Verifier();

        Assert.Equal(row.Expect, verifier.Verify(Pieces.Cut(row.Body, 7), row.Header).ToString());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_row_gives_the_same_where_the_body_is_text_that_keeps_its_bytes(string name)
    {
        var row = Rows[name];
        using var verifier = row.Verifier();
        var text = Encoding.UTF8.GetString(row.Body);
        var kept = Encoding.UTF8.GetBytes(text).AsSpan().SequenceEqual(row.Body);

        // A body that is no UTF-8 cannot be valid as text; what is refused before the body is looked at stays refused alike.
        var expected = kept || row.Expect != "valid" ? row.Expect : "invalid_signature";
        Assert.Equal(expected, verifier.Verify(text, row.Header).ToString());
    }

    private sealed record Row(string Name, byte[] Body, string Header, WebhookSecret[] Secrets, long Now, long Tolerance, string Expect)
    {
        public static Row Of(JsonElement row) =>
            new(
                row.GetProperty("name").GetString()!,
                row.GetProperty("body_base64").GetBytesFromBase64(),
                row.GetProperty("header").GetString()!,
                [.. row.GetProperty("secrets").EnumerateArray().Select(secret => WebhookSecret.Parse(secret.GetString()))],
                row.GetProperty("now").GetInt64(),
                row.GetProperty("tolerance_seconds").GetInt64(),
                row.GetProperty("expect").GetString()!
            );

        public WebhookVerifier Verifier() =>
            new(
                Secrets,
                new WebhookVerifierOptions
                {
                    Tolerance = TimeSpan.FromSeconds(Tolerance),
                    TimeProvider = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(Now)),
                }
            );
    }
}
