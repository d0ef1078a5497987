using System.Text.Json;
using System.Text.Json.Serialization;
using NodeData.Sdk.Credentials;
using NodeData.Sdk.Keys.Rotation;

namespace NodeData.Sdk;

/// <summary>
/// Represents the stored state of a rotation, from which another process can resume it; an <see cref="IApiKeyRotationStore"/> stores it. It is written before
/// each action, so that it contains every action that may have been performed. Contains no secret. Immutable.
/// </summary>
public sealed record ApiKeyRotationRecord
{
    internal const int CurrentVersion = 1;

    /// <summary>The version of the record format. A client rejects a version newer than its own.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>The ID of the rotation, such as <c>rot_…</c>.</summary>
    public required string RotationId { get; init; }

    /// <summary>The base URL of the service that the keys belong to.</summary>
    public required string Service { get; init; }

    /// <summary>The mode of both keys.</summary>
    public required KeyMode Mode { get; init; }

    /// <summary>The ID of the key that is rotated.</summary>
    public required string OldKeyId { get; init; }

    /// <summary>The masked form of the old key; null if the service did not return it.</summary>
    public string? OldKeyHint { get; init; }

    /// <summary>The scopes of the new key.</summary>
    public required ApiKeyScopeSet Scopes { get; init; }

    /// <summary>The duration for which a new key is valid, starting with the request; null if it does not expire.</summary>
    public TimeSpan? Lifetime { get; init; }

    /// <summary>The duration for which both keys are valid after the new one is deployed.</summary>
    public required TimeSpan Overlap { get; init; }

    /// <summary>true if the old key is compromised, so that it is revoked even if this client still uses it; otherwise, false.</summary>
    public bool IsCompromised { get; init; }

    /// <summary>The time at which the rotation started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The stage that the rotation has reached.</summary>
    public required ApiKeyRotationStage Stage { get; init; }

    /// <summary>The attempts to deploy a new key, the current one last; at least one.</summary>
    public required IReadOnlyList<ApiKeyRotationAttempt> Attempts { get; init; }

    /// <summary>The time at which every sink had the new key (or, during a rollback, the old one again); null if that has not happened.</summary>
    public DateTimeOffset? DeployedAt { get; init; }

    /// <summary>The time at which the overlap ends; null if it has not started.</summary>
    public DateTimeOffset? OverlapEndsAt { get; init; }

    /// <summary>true if a client was switched to the new key; otherwise, false.</summary>
    public bool IsClientKeySwitched { get; init; }

    /// <summary>The time at which the old key was last used, as of the last check; null if it was never used, or if the service did not return it.</summary>
    public DateTimeOffset? OldKeyLastUsedAt { get; init; }

    /// <summary>The time at which the old key was revoked; null if it is not revoked.</summary>
    public DateTimeOffset? OldKeyRevokedAt { get; init; }

    /// <summary>The time at which the rotation was completed or rolled back; null if it is still in progress.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The trace that every run of the rotation joins, as a W3C <c>traceparent</c>; null if tracing was not enabled.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The current attempt.</summary>
    [JsonIgnore]
    public ApiKeyRotationAttempt Current => Attempts[^1];

    /// <summary>Reads a record from the JSON that <see cref="ToJson"/> returned.</summary>
    /// <param name="json">The JSON.</param>
    /// <returns>The record.</returns>
    /// <exception cref="NodeDataConfigurationException">The string is not a record, or a newer client wrote the record.</exception>
    public static ApiKeyRotationRecord FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        ApiKeyRotationRecord? record;
        try
        {
            record = JsonSerializer.Deserialize(json, RotationJson.Default.ApiKeyRotationRecord);
        }
        catch (JsonException exception)
        {
            throw new NodeDataConfigurationException(
                $"The string is not a key rotation record ({json.Length} characters; line {exception.LineNumber + 1}).",
                exception
            );
        }

        return record switch
        {
            { Version: > CurrentVersion } => throw new NodeDataConfigurationException(
                $"The record of the key rotation {record.RotationId} was written by a newer client (version {record.Version}). Resume the rotation with that client."
            ),
            { Attempts.Count: > 0 } => record,
            _ => throw new NodeDataConfigurationException("The string is not a key rotation record: it has no attempt."),
        };
    }

    /// <summary>Returns the record as JSON, for stores that keep strings.</summary>
    /// <returns>The JSON.</returns>
    /// <exception cref="InvalidOperationException">A property contains a secret.</exception>
    public string ToJson()
    {
        var json = JsonSerializer.Serialize(this, RotationJson.Default.ApiKeyRotationRecord);
        return SecretText.Mask(json) == json
            ? json
            : throw new InvalidOperationException($"The record of the key rotation {RotationId} contains a secret and was not written.");
    }
}
