using System.Diagnostics;
using System.Text.Json.Serialization;
using NodeData.Sdk.Keys.Rotation;

namespace NodeData.Sdk;

/// <summary>How far a rotation has come, as its log has it. The set is open: a word newer than this client stays readable.</summary>
[DebuggerDisplay("{Value,nq}")]
[JsonConverter(typeof(ApiKeyRotationStageJsonConverter))]
public readonly struct ApiKeyRotationStage : IEquatable<ApiKeyRotationStage>
{
    private readonly string? _value;

    /// <summary>A stage by its word.</summary>
    /// <param name="value">The word.</param>
    public ApiKeyRotationStage(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _value = value;
    }

    /// <summary>The new key is about to be made, or was made and is being proven. Nobody has it yet.</summary>
    public static ApiKeyRotationStage Creating { get; } = new("creating");

    /// <summary>The new key is being deployed: some sinks may have it. Both keys are accepted.</summary>
    public static ApiKeyRotationStage Deploying { get; } = new("deploying");

    /// <summary>Every sink has the new key, and the old one is still accepted for a while.</summary>
    public static ApiKeyRotationStage Overlapping { get; } = new("overlapping");

    /// <summary>The overlap is over, and the old key is being revoked.</summary>
    public static ApiKeyRotationStage Revoking { get; } = new("revoking");

    /// <summary>The new key alone is in place of the old one. The end.</summary>
    public static ApiKeyRotationStage Completed { get; } = new("completed");

    /// <summary>The old key is being put back, and what was made is being revoked.</summary>
    public static ApiKeyRotationStage RollingBack { get; } = new("withdrawing");

    /// <summary>The old key is in place, and what was made is revoked. The end.</summary>
    public static ApiKeyRotationStage RolledBack { get; } = new("aborted");

    /// <summary>The word; empty only for <c>default(ApiKeyRotationStage)</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>Whether nothing is left to be done.</summary>
    public bool IsFinal => this == Completed || this == RolledBack;

    /// <summary>Whether both are the same word.</summary>
    public static bool operator ==(ApiKeyRotationStage left, ApiKeyRotationStage right) => left.Equals(right);

    /// <summary>Whether they are different words.</summary>
    public static bool operator !=(ApiKeyRotationStage left, ApiKeyRotationStage right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(ApiKeyRotationStage other) => string.Equals(Value, other.Value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ApiKeyRotationStage other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    /// <summary>The word.</summary>
    public override string ToString() => Value;
}
