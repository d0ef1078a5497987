using NodeData.Sdk;
using NodeData.Sdk.Webhooks;

namespace NodeData.Cli.Webhooks.Signing;

/// <summary>The result of verifying a delivery, with a diagnosis.</summary>
/// <param name="Verification">Valid, or the error code.</param>
/// <param name="Skew">How far the signature's timestamp is behind the time of verification; negative if it is ahead; null without a timestamp.</param>
/// <param name="Diagnosis">The likely cause of a failure; null if the delivery is valid.</param>
internal sealed record SignatureCheck(WebhookVerification Verification, TimeSpan? Skew, Diagnosis? Diagnosis)
{
    /// <exception cref="NodeDataConfigurationException">The tolerance is out of range.</exception>
    public static SignatureCheck Create(
        ReadOnlySpan<byte> body,
        string header,
        IReadOnlyList<WebhookSecret> secrets,
        DateTimeOffset now,
        TimeSpan tolerance
    )
    {
        var verification = Verify(body, header, secrets, now, tolerance);
        var skew = now - verification.Timestamp;
        var diagnosis =
            verification.ErrorCode is not { } code ? null
            : code == WebhookErrorCode.MalformedSignature ? HeaderDiagnosis.Diagnose(header)
            : code == WebhookErrorCode.StaleSignature ? StaleDiagnosis.Diagnose(body, header, secrets, verification.Timestamp, skew)
            : BodyDiagnosis.Diagnose(body, header, secrets, verification.Timestamp!.Value);
        return new SignatureCheck(verification, skew, diagnosis);
    }

    /// <summary>Verifies at the time of the signature, so that its age does not matter.</summary>
    public static bool IsGenuine(ReadOnlySpan<byte> body, string header, IReadOnlyList<WebhookSecret> secrets, DateTimeOffset signedAt) =>
        Verify(body, header, secrets, signedAt, TimeSpan.Zero).IsValid;

    private static WebhookVerification Verify(
        ReadOnlySpan<byte> body,
        string header,
        IReadOnlyList<WebhookSecret> secrets,
        DateTimeOffset now,
        TimeSpan tolerance
    )
    {
        using var verifier = new WebhookVerifier(
            secrets,
            new WebhookVerifierOptions { TimeProvider = new FixedTimeProvider(now), Tolerance = tolerance }
        );
        return verifier.Verify(body, header);
    }
}
