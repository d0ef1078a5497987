using NodeData.Sdk;
using NodeData.Sdk.Webhooks;

namespace NodeData.Cli.Webhooks.Signing;

/// <summary>A delivery that was verified, and what there is to say of it.</summary>
/// <param name="Verification">Valid, or the code.</param>
/// <param name="Skew">How far the signature's time lies behind the time of the look; negative where it lies ahead; null where it names none.</param>
/// <param name="Diagnosis">Why it does not verify; null where it does.</param>
internal sealed record SignatureCheck(WebhookVerification Verification, TimeSpan? Skew, Diagnosis? Diagnosis)
{
    /// <exception cref="NodeDataConfigurationException">The tolerance is out of its range.</exception>
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

    /// <summary>Verifies as at the very second of the signature, so that its time plays no part.</summary>
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
