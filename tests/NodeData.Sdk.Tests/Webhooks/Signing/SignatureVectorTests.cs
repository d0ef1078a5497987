using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using NodeData.Sdk.Tests.Vectors;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Webhooks.Signing;

public sealed class SignatureVectorTests
{
    private static readonly Dictionary<string, Vector> Vectors = VectorFile
        .Rows("webhook-signatures.json", "vectors")
        .Select(Vector.Parse)
        .ToDictionary(vector => vector.Name);

    public static TheoryData<string> Names { get; } = [.. Vectors.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_contract_vector_gives_the_expected_result(string name)
    {
        var vector = Vectors[name];
        using var verifier = vector.CreateVerifier();

        Assert.Equal(vector.Expect, verifier.Verify(vector.Body, vector.Header).ToString());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_contract_vector_gives_the_same_result_for_a_segmented_body(string name)
    {
        var vector = Vectors[name];
        using var verifier = vector.CreateVerifier();

        Assert.Equal(vector.Expect, verifier.Verify(BodySegment.Split(vector.Body, 7), vector.Header).ToString());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_contract_vector_gives_the_same_result_for_a_text_body(string name)
    {
        var vector = Vectors[name];
        using var verifier = vector.CreateVerifier();
        var text = Encoding.UTF8.GetString(vector.Body);
        var isLossless = Encoding.UTF8.GetBytes(text).AsSpan().SequenceEqual(vector.Body);

        // A body that is not UTF-8 cannot be valid as text. A header that is rejected before the body is hashed has the same result.
        var expected = isLossless || vector.Expect != "valid" ? vector.Expect : "invalid_signature";
        Assert.Equal(expected, verifier.Verify(text, vector.Header).ToString());
    }

    private sealed record Vector(string Name, byte[] Body, string Header, WebhookSecret[] Secrets, long Now, long Tolerance, string Expect)
    {
        public static Vector Parse(JsonElement vector) =>
            new(
                vector.GetProperty("name").GetString()!,
                vector.GetProperty("body_base64").GetBytesFromBase64(),
                vector.GetProperty("header").GetString()!,
                [.. vector.GetProperty("secrets").EnumerateArray().Select(secret => WebhookSecret.Parse(secret.GetString()))],
                vector.GetProperty("now").GetInt64(),
                vector.GetProperty("tolerance_seconds").GetInt64(),
                vector.GetProperty("expect").GetString()!
            );

        public WebhookVerifier CreateVerifier() =>
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
