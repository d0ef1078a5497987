using System.Text.Json.Serialization;
using NodeData.Cli.Output;
using NodeData.Sdk;

namespace NodeData.Cli.Keys.Rotation;

/// <summary>The output of <c>keys rotate --json</c>: the current state of the rotation, without a secret.</summary>
internal sealed record RotationShape(
    string RotationId,
    string Stage,
    bool Completed,
    string OldKeyId,
    string? OldKeyHint,
    string? NewKeyId,
    string? NewKeyHint,
    string NewKeyName,
    string? Mode,
    IReadOnlyList<string> Scopes,
    DateTimeOffset? NewKeyExpiresAt,
    DateTimeOffset StartedAt,
    DateTimeOffset? DeployedAt,
    DateTimeOffset? OverlapEndsAt,
    DateTimeOffset? OldKeyLastUsedAt,
    bool OldKeyUsedDuringOverlap,
    DateTimeOffset? OldKeyRevokedAt,
    DateTimeOffset? FinishedAt
)
{
    public static RotationShape From(ApiKeyRotation rotation) =>
        new(
            rotation.RotationId,
            rotation.Stage.Value,
            rotation.IsCompleted,
            rotation.OldKeyId,
            rotation.OldKeyHint,
            rotation.NewKeyId,
            rotation.NewKeyHint,
            rotation.NewKeyName,
            ModeText.Format(rotation.Mode),
            [.. rotation.Scopes.Select(scope => scope.Value)],
            rotation.NewKeyExpiresAt,
            rotation.StartedAt,
            rotation.DeployedAt,
            rotation.OverlapEndsAt,
            rotation.OldKeyLastUsedAt,
            rotation.HasOldKeyBeenUsedDuringOverlap,
            rotation.OldKeyRevokedAt,
            rotation.FinishedAt
        );
}

/// <summary>The output of <c>keys rotate --dry-run --json</c>; durations are in seconds.</summary>
internal sealed record RotationPlanShape(
    string OldKeyId,
    string? OldKeyHint,
    string NewKeyName,
    string? Mode,
    IReadOnlyList<string> Scopes,
    double? LifetimeSeconds,
    double OverlapSeconds,
    bool OverlapShortened,
    bool RotatesCommandKey,
    bool Compromised,
    IReadOnlyList<string> SecretSinks,
    IReadOnlyList<string> Warnings,
    string? UnfinishedRotationId
)
{
    public static RotationPlanShape From(ApiKeyRotationPreview preview, IEnumerable<string> secretSinks) =>
        new(
            preview.OldKey.Id,
            preview.OldKey.Hint,
            preview.NewKeyName,
            ModeText.Format(preview.Mode),
            [.. preview.Scopes.Select(scope => scope.Value)],
            preview.Lifetime?.TotalSeconds,
            preview.Overlap.TotalSeconds,
            preview.IsOverlapShortened,
            preview.IsClientKey,
            preview.IsCompromised,
            [.. secretSinks],
            PreviewText.GetWarnings(preview),
            preview.Unfinished?.RotationId
        );
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(RotationShape))]
[JsonSerializable(typeof(RotationPlanShape))]
internal sealed partial class RotationJson : JsonSerializerContext
{
    public static RotationJson Indented { get; } = new(JsonOutput.CreateOptions());
}
