using CsCheck;
using Microsoft.Extensions.Time.Testing;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Webhooks.Signing;

/// <summary>Property-based tests of the signature rules of the contract.</summary>
public sealed class RandomSignatureTests
{
    private static readonly Gen<string> Secrets = Gen.Char["ABCXYZabcxyz0189_-"]
        .Array[16, 200]
        .Select(Gen.OneOfConst("whsec_", "whsec_test_", "whsec_live_"), (text, prefix) => prefix + new string(text));

    private static readonly Gen<byte[]> Bodies = Gen.Byte.Array[0, 3000];
    private static readonly Gen<long> Timestamps = Gen.Long[1, 253_402_300_799];

    // Header parts that are valid or almost valid, in any number and order.
    private static readonly Gen<string> Parts = Gen.OneOf(
        Gen.Const("t={now}"),
        Gen.Const("v1={tag}"),
        Gen.Const("v1={other}"),
        Gen.OneOfConst("t=", "t={now}0", "t=0{now}", "t=+{now}", "T={now}", "t = {now}", "t={now} x", "t=1", "t"),
        Gen.OneOfConst("v1=", "v1={TAG}", "v1={tag}0", "v1= {tag}", "V1={tag}", "v1", "v2={tag}", "v1={tag}\u00e9", "v1=\"{tag}\""),
        Gen.OneOfConst("", " ", "kid=7", "=", "==", "\0", "\u0665", "\ud83e"),
        Gen.String[0, 8]
    );

    private static readonly Gen<string> Headers = Gen.Select(
        Parts.Array[0, 6],
        Gen.OneOfConst(",", " , ", ",\t", ",,", ";", ", \u00a0"),
        (parts, separator) => string.Join(separator, parts)
    );

    [Fact]
    public void A_signed_body_is_valid_and_reports_its_secret_and_timestamp() =>
        Gen.Select(Secrets.Array[1, 4], Bodies, Timestamps, Gen.Int[0, 3])
            .Sample(
                (secrets, body, timestamp, which) =>
                {
                    var secret = secrets[which % secrets.Length];
                    using var signer = new WebhookSigner(secret);
                    using var verifier = CreateVerifier(timestamp, secrets);

                    var result = verifier.Verify(body, signer.Sign(body, DateTimeOffset.FromUnixTimeSeconds(timestamp)));

                    return result.MatchedSecret?.Reveal() == secret && result.Timestamp?.ToUnixTimeSeconds() == timestamp;
                },
                iter: 500
            );

    [Fact]
    public void A_body_with_one_bit_changed_is_invalid() =>
        Gen.Select(Secrets, Gen.Byte.Array[1, 3000], Timestamps, Gen.Int[0, int.MaxValue])
            .Sample(
                (secret, body, timestamp, bit) =>
                {
                    var header = $"t={timestamp},v1={ReferenceVerifier.ComputeSignature(secret, $"{timestamp}", body)}";
                    using var verifier = CreateVerifier(timestamp, secret);
                    body[bit / 8 % body.Length] ^= (byte)(1 << (bit % 8));

                    return verifier.Verify(body, header).ErrorCode == WebhookErrorCode.InvalidSignature;
                },
                iter: 500
            );

    [Fact]
    public void Random_headers_are_verified_like_the_reference_implementation() =>
        Gen.Select(Secrets.Array[1, 3], Bodies, Timestamps, Gen.Long[-400, 400], Headers)
            .Sample(
                (secrets, body, timestamp, offset, template) =>
                {
                    var signature = ReferenceVerifier.ComputeSignature(secrets[^1], $"{timestamp}", body);
                    var header = template
                        .Replace("{now}", $"{timestamp}", StringComparison.Ordinal)
                        .Replace("{tag}", signature, StringComparison.Ordinal)
                        .Replace("{TAG}", signature.ToUpperInvariant(), StringComparison.Ordinal)
                        .Replace("{other}", new string('f', 64), StringComparison.Ordinal);
                    var now = Math.Clamp(timestamp + offset, 1, 253_402_300_799);
                    using var verifier = CreateVerifier(now, secrets);

                    return verifier.Verify(body, header).ToString() == ReferenceVerifier.Verify(secrets, body, header, now, 300);
                },
                iter: 5000
            );

    [Fact]
    public void A_segmented_body_is_verified_like_a_contiguous_one() =>
        Gen.Select(Secrets, Bodies, Gen.Int[1, 700], Gen.Bool)
            .Sample(
                (secret, body, size, isValid) =>
                {
                    using var verifier = CreateVerifier(1_765_372_000, secret);
                    var header =
                        $"t=1765372000,v1={ReferenceVerifier.ComputeSignature(secret, isValid ? "1765372000" : "1765372001", body)}";

                    return verifier.Verify(BodySegment.Split(body, size), header).IsValid == isValid;
                },
                iter: 500
            );

    [Fact]
    public void A_text_body_is_verified_as_UTF_8_and_never_throws() =>
        Gen.Select(Secrets, Gen.OneOf(Gen.String[0, 3000], Gen.Char['\ud700', '\ue100'].Array[0, 3000].Select(chars => new string(chars))))
            .Sample(
                (secret, text) =>
                {
                    using var verifier = CreateVerifier(1_765_372_000, secret);
                    var bytes = System.Text.Encoding.UTF8.GetBytes(text);

                    return verifier
                        .Verify(text, $"t=1765372000,v1={ReferenceVerifier.ComputeSignature(secret, "1765372000", bytes)}")
                        .IsValid;
                },
                iter: 500
            );

    private static WebhookVerifier CreateVerifier(long now, params string[] secrets) =>
        new(
            secrets.Select(WebhookSecret.Parse),
            new WebhookVerifierOptions { TimeProvider = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(now)) }
        );
}
