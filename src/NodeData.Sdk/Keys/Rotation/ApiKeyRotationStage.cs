using System.Diagnostics;
using System.Text.Json.Serialization;
using NodeData.Sdk.Keys.Rotation;

namespace NodeData.Sdk;

/// <summary>Defines the stage of a rotation, as its record has it. The set is open: a value newer than this client stays readable.</summary>
[DebuggerDisplay("{Value,nq}")]
[JsonConverter(typeof(ApiKeyRotationStageJsonConverter))]
public readonly struct ApiKeyRotationStage : IEquatable<ApiKeyRotationStage>
{
    private readonly string? _value;

    /// <summary>Initializes a new instance from its text.</summary>
    /// <param name="value">The text.</param>
    public ApiKeyRotationStage(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _value = value;
    }

    /// <summary>The new key is being created and verified. It is not deployed.</summary>
    public static ApiKeyRotationStage Creating { get; } = new("creating");

    /// <summary>The new key is being deployed: some sinks may have it. Both keys are accepted.</summary>
    public static ApiKeyRotationStage Deploying { get; } = new("deploying");

    /// <summary>Every sink has the new key, and the old one is accepted until the overlap ends.</summary>
    public static ApiKeyRotationStage Overlapping { get; } = new("overlapping");

    /// <summary>The overlap has ended, and the old key is being revoked.</summary>
    public static ApiKeyRotationStage Revoking { get; } = new("revoking");

    /// <summary>The old key is revoked and replaced by the new one. This stage is final.</summary>
    public static ApiKeyRotationStage Completed { get; } = new("completed");

    /// <summary>The old key is being restored, and the keys that the rotation created are being revoked.</summary>
    public static ApiKeyRotationStage RollingBack { get; } = new("rolling_back");

    /// <summary>The old key is restored, and the keys that the rotation created are revoked. This stage is final.</summary>
    public static ApiKeyRotationStage RolledBack { get; } = new("rolled_back");

    /// <summary>The text; empty only for the default value of the type.</summary>
    public string Value => _value ?? "";

    /// <summary>Whether the stage is final.</summary>
    public bool IsFinal => this == Completed || this == RolledBack;

    /// <summary>Determines whether two stages have the same text.</summary>
    /// <param name="left">The first stage.</param>
    /// <param name="right">The second stage.</param>
    /// <returns>true if they are equal; otherwise, false.</returns>
    public static bool operator ==(ApiKeyRotationStage left, ApiKeyRotationStage right) => left.Equals(right);

    /// <summary>Determines whether two stages have different texts.</summary>
    /// <param name="left">The first stage.</param>
    /// <param name="right">The second stage.</param>
    /// <returns>true if they differ; otherwise, false.</returns>
    public static bool operator !=(ApiKeyRotationStage left, ApiKeyRotationStage right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(ApiKeyRotationStage other) => string.Equals(Value, other.Value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ApiKeyRotationStage other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    /// <summary>Returns the text.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Value;
}
