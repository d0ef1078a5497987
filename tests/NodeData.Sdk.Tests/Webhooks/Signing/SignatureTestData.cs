using System.Globalization;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Webhooks.Signing;

/// <summary>Test data for signatures: secrets, a body, a time, and the header that is valid for them.</summary>
internal static class SignatureTestData
{
    public const string Secret = "whsec_test_0123456789abcdef0123456789abcdef";
    public const string OtherSecret = "whsec_test_fedcba9876543210fedcba9876543210";
    public const string LiveSecret = "whsec_live_0123456789abcdef0123456789abcdef";
    public const string SecretWithoutMode = "whsec_0123456789abcdef0123456789abcdef";
    public const long UnixSeconds = 1_765_372_000;

    public static DateTimeOffset SignedAt { get; } = DateTimeOffset.FromUnixTimeSeconds(UnixSeconds);

    public static byte[] Body { get; } = Encoding.UTF8.GetBytes("""{"type":"payout.paid","data":{}}""");

    public static string ComputeSignature(string secret = Secret, byte[]? body = null, long unixSeconds = UnixSeconds) =>
        ReferenceVerifier.ComputeSignature(secret, unixSeconds.ToString(CultureInfo.InvariantCulture), body ?? Body);

    public static string CreateHeader(string secret = Secret, byte[]? body = null, long unixSeconds = UnixSeconds) =>
        $"t={unixSeconds},v1={ComputeSignature(secret, body, unixSeconds)}";

    public static WebhookVerifier CreateVerifier(params WebhookSecret[] secrets) => new(secrets, CreateOptions(SignedAt));

    public static WebhookVerifierOptions CreateOptions(DateTimeOffset now) => new() { TimeProvider = new FakeTimeProvider(now) };
}
