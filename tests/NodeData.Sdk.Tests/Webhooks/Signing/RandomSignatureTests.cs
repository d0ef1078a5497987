using CsCheck;
using Microsoft.Extensions.Time.Testing;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Webhooks.Signing;

/// <summary>The contract's rules with inputs that nobody thought of.</summary>
public sealed class RandomSignatureTests
{
    private static readonly Gen<string> Secrets = Gen.Char["ABCXYZabcxyz0189_-"]
        .Array[16, 200]
        .Select(Gen.OneOfConst("whsec_", "whsec_test_", "whsec_live_"), (text, prefix) => prefix + new string(text));

    private static readonly Gen<byte[]> Bodies = Gen.Byte.Array[0, 3000];
    private static readonly Gen<long> Moments = Gen.Long[1, 253_402_300_799];

    // A header of parts that are nearly right, in any number and order.
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
    public void What_the_signer_signed_is_valid_and_tells_its_secret_and_its_time() =>
        Gen.Select(Secrets.Array[1, 4], Bodies, Moments, Gen.Int[0, 3])
            .Sample(
                (secrets, body, moment, which) =>
                {
                    var secret = secrets[which % secrets.Length];
                    using var signer = new WebhookSigner(secret);
                    using var verifier = VerifierAt(moment, secrets);

                    var result = verifier.Verify(body, signer.Sign(body, DateTimeOffset.FromUnixTimeSeconds(moment)));

                    return result.MatchedSecret?.Reveal() == secret && result.Timestamp?.ToUnixTimeSeconds() == moment;
                },
                iter: 500
            );

    [Fact]
    public void A_body_with_one_bit_changed_is_invalid() =>
        Gen.Select(Secrets, Gen.Byte.Array[1, 3000], Moments, Gen.Int[0, int.MaxValue])
            .Sample(
                (secret, body, moment, bit) =>
                {
                    var header = $"t={moment},v1={ReferenceVerifier.Tag(secret, $"{moment}", body)}";
                    using var verifier = VerifierAt(moment, secret);
                    body[bit / 8 % body.Length] ^= (byte)(1 << (bit % 8));

                    return verifier.Verify(body, header).ErrorCode == WebhookErrorCode.InvalidSignature;
                },
                iter: 500
            );

    [Fact]
    public void A_header_of_parts_in_any_order_gives_what_the_rules_give() =>
        Gen.Select(Secrets.Array[1, 3], Bodies, Moments, Gen.Long[-400, 400], Headers)
            .Sample(
                (secrets, body, moment, offset, template) =>
                {
                    var tag = ReferenceVerifier.Tag(secrets[^1], $"{moment}", body);
                    var header = template
                        .Replace("{now}", $"{moment}", StringComparison.Ordinal)
                        .Replace("{tag}", tag, StringComparison.Ordinal)
                        .Replace("{TAG}", tag.ToUpperInvariant(), StringComparison.Ordinal)
                        .Replace("{other}", new string('f', 64), StringComparison.Ordinal);
                    var now = Math.Clamp(moment + offset, 1, 253_402_300_799);
                    using var verifier = VerifierAt(now, secrets);

                    return verifier.Verify(body, header).ToString() == ReferenceVerifier.Verify(secrets, body, header, now, 300);
                },
                iter: 5000
            );

    [Fact]
    public void A_body_in_pieces_is_the_same_body() =>
        Gen.Select(Secrets, Bodies, Gen.Int[1, 700], Gen.Bool)
            .Sample(
                (secret, body, size, right) =>
                {
                    using var verifier = VerifierAt(1_765_372_000, secret);
                    var header = $"t=1765372000,v1={ReferenceVerifier.Tag(secret, right ? "1765372000" : "1765372001", body)}";

                    return verifier.Verify(Pieces.Cut(body, size), header).IsValid == right;
                },
                iter: 500
            );

    [Fact]
    public void A_body_as_text_is_its_UTF_8_and_never_throws() =>
        Gen.Select(Secrets, Gen.OneOf(Gen.String[0, 3000], Gen.Char['\ud700', '\ue100'].Array[0, 3000].Select(chars => new string(chars))))
            .Sample(
                (secret, text) =>
                {
                    using var verifier = VerifierAt(1_765_372_000, secret);
                    var bytes = System.Text.Encoding.UTF8.GetBytes(text);

                    return verifier.Verify(text, $"t=1765372000,v1={ReferenceVerifier.Tag(secret, "1765372000", bytes)}").IsValid;
                },
                iter: 500
            );

    private static WebhookVerifier VerifierAt(long now, params string[] secrets) =>
        new(
            secrets.Select(WebhookSecret.Parse),
            new WebhookVerifierOptions { TimeProvider = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(now)) }
        );
}
