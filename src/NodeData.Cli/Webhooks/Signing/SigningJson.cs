using System.Text.Json.Serialization;
using NodeData.Cli.Output;

namespace NodeData.Cli.Webhooks.Signing;

/// <summary>The output of <c>webhooks verify --json</c>.</summary>
internal sealed record VerificationShape(
    bool Valid,
    string? Code,
    string? MatchedSecret,
    DateTimeOffset? SignedAt,
    long? SkewSeconds,
    int ToleranceSeconds,
    string? Cause,
    string? Remedy
)
{
    public static VerificationShape From(SignatureCheck check, int tolerance) =>
        new(
            check.Verification.IsValid,
            check.Verification.ErrorCode?.Value,
            check.Verification.MatchedSecret?.Hint,
            check.Verification.Timestamp,
            (long?)check.Skew?.TotalSeconds,
            tolerance,
            check.Diagnosis?.Cause,
            check.Diagnosis?.Remedy
        );
}

/// <summary>The output of <c>webhooks sign --json</c>.</summary>
internal sealed record SignatureShape(string Header, string Value);

/// <summary>The output of <c>webhooks send --json</c>.</summary>
internal sealed record SentShape(
    string? EventId,
    string? Type,
    int? Status,
    long Milliseconds,
    string? Error,
    string Explanation,
    string? Response
);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(VerificationShape))]
[JsonSerializable(typeof(SignatureShape))]
[JsonSerializable(typeof(SentShape))]
internal sealed partial class SigningJson : JsonSerializerContext
{
    public static SigningJson Indented { get; } = new(JsonOutput.CreateOptions());
}
