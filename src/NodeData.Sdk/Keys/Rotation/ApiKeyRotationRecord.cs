using System.Text.Json;
using System.Text.Json.Serialization;
using NodeData.Sdk.Credentials;
using NodeData.Sdk.Keys.Rotation;

namespace NodeData.Sdk;

/// <summary>
/// All that must outlive a process so that a rotation can be gone on with: what an <see cref="IApiKeyRotationStore"/> keeps. Written before each act, so that it
/// tells what may have been done. Holds no secret; immutable.
/// </summary>
public sealed record ApiKeyRotationRecord
{
    internal const int CurrentVersion = 1;

    /// <summary>The form of the record. A client refuses one that is newer than itself.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>The rotation's id, such as <c>rot_…</c>.</summary>
    public required string RotationId { get; init; }

    /// <summary>The base address of the service that the keys belong to.</summary>
    public required string Service { get; init; }

    /// <summary>The mode of both keys.</summary>
    public required KeyMode Mode { get; init; }

    /// <summary>The id of the key that is replaced.</summary>
    public required string OldKeyId { get; init; }

    /// <summary>How the old key may be shown; null where the service did not say.</summary>
    public string? OldKeyHint { get; init; }

    /// <summary>What the new key may do.</summary>
    public required ApiKeyScopeSet Scopes { get; init; }

    /// <summary>How long a new key is accepted from the moment it is asked for; null for ever.</summary>
    public TimeSpan? Lifetime { get; init; }

    /// <summary>How long both keys are accepted once the new one is deployed.</summary>
    public required TimeSpan Overlap { get; init; }

    /// <summary>Whether the old key is in the wrong hands, so that it is revoked even where this client still runs on it.</summary>
    public bool IsCompromised { get; init; }

    /// <summary>When the rotation began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How far it has come.</summary>
    public required ApiKeyRotationStage Stage { get; init; }

    /// <summary>The tries to bring a new key to its places, the current one last; at least one.</summary>
    public required IReadOnlyList<ApiKeyRotationAttempt> Attempts { get; init; }

    /// <summary>When every sink had the new key (or, where the rotation is being aborted, the old one again).</summary>
    public DateTimeOffset? DeployedAt { get; init; }

    /// <summary>When the overlap is over.</summary>
    public DateTimeOffset? OverlapEndsAt { get; init; }

    /// <summary>Whether a client swapped its own credential for the new key.</summary>
    public bool IsClientKeySwitched { get; init; }

    /// <summary>When the old key was last used, as far as it was looked at; null for never, or where the service did not say.</summary>
    public DateTimeOffset? OldKeyLastUsedAt { get; init; }

    /// <summary>When the old key was revoked; null where it was not.</summary>
    public DateTimeOffset? OldKeyRevokedAt { get; init; }

    /// <summary>When the rotation was completed or aborted; null while it is not.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The trace that every run of the rotation joins, as a W3C <c>traceparent</c>; null where nobody listened.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The current attempt.</summary>
    [JsonIgnore]
    public ApiKeyRotationAttempt Current => Attempts[^1];

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The text.</param>
    /// <exception cref="NodeDataConfigurationException">It is no record, or one of a newer client.</exception>
    public static ApiKeyRotationRecord FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        ApiKeyRotationRecord? record;
        try
        {
            record = JsonSerializer.Deserialize(json, RotationJson.Default.ApiKeyRotationRecord);
        }
        catch (JsonException failure)
        {
            throw new NodeDataConfigurationException(
                $"This is no record of a key rotation ({json.Length} characters; line {failure.LineNumber + 1}).",
                failure
            );
        }

        return record switch
        {
            { Version: > CurrentVersion } => throw new NodeDataConfigurationException(
                $"The record of the key rotation {record.RotationId} was written by a newer client (form {record.Version}). Go on with that one."
            ),
            { Attempts.Count: > 0 } => record,
            _ => throw new NodeDataConfigurationException("This is no record of a key rotation: it names no attempt."),
        };
    }

    /// <summary>The record as JSON, for logs that keep text.</summary>
    /// <exception cref="InvalidOperationException">A member holds a secret.</exception>
    public string ToJson()
    {
        var json = JsonSerializer.Serialize(this, RotationJson.Default.ApiKeyRotationRecord);
        return SecretText.Mask(json) == json
            ? json
            : throw new InvalidOperationException($"The record of the key rotation {RotationId} would hold a secret, and was not written.");
    }
}
