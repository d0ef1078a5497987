using System.Diagnostics;
using System.Text.Json.Serialization;
using NodeData.Sdk.Keys.Rotation;

namespace NodeData.Sdk;

/// <summary>Defines the stage of a rotation. The set is open: a value that this version does not define is preserved.</summary>
[DebuggerDisplay("{Value,nq}")]
[JsonConverter(typeof(ApiKeyRotationStageJsonConverter))]
public readonly struct ApiKeyRotationStage : IEquatable<ApiKeyRotationStage>
{
    private readonly string? _value;

    /// <summary>Initializes a new instance with a value.</summary>
    /// <param name="value">The value, such as <c>overlapping</c>.</param>
    public ApiKeyRotationStage(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _value = value;
    }

    /// <summary>The new key is being created and verified. It is not deployed.</summary>
    public static ApiKeyRotationStage Creating { get; } = new("creating");

    /// <summary>The new key is being deployed: some sinks may have it. Both keys are valid.</summary>
    public static ApiKeyRotationStage Deploying { get; } = new("deploying");

    /// <summary>Every sink has the new key, and the old one is valid until the overlap ends.</summary>
    public static ApiKeyRotationStage Overlapping { get; } = new("overlapping");

    /// <summary>The overlap has ended, and the old key is being revoked.</summary>
    public static ApiKeyRotationStage Revoking { get; } = new("revoking");

    /// <summary>The old key is revoked and replaced by the new one. This stage is final.</summary>
    public static ApiKeyRotationStage Completed { get; } = new("completed");

    /// <summary>The old key is being restored, and the keys that the rotation created are being revoked.</summary>
    public static ApiKeyRotationStage RollingBack { get; } = new("rolling_back");

    /// <summary>The old key is restored, and the keys that the rotation created are revoked. This stage is final.</summary>
    public static ApiKeyRotationStage RolledBack { get; } = new("rolled_back");

    /// <summary>The value as it is stored in the record; an empty string only for the default value of the type.</summary>
    public string Value => _value ?? "";

    /// <summary>true if the stage is final (<see cref="Completed"/> or <see cref="RolledBack"/>); otherwise, false.</summary>
    public bool IsFinal => this == Completed || this == RolledBack;

    /// <summary>Determines whether two stages are equal.</summary>
    /// <param name="left">The first stage.</param>
    /// <param name="right">The second stage.</param>
    /// <returns>true if the stages are equal; otherwise, false.</returns>
    public static bool operator ==(ApiKeyRotationStage left, ApiKeyRotationStage right) => left.Equals(right);

    /// <summary>Determines whether two stages differ.</summary>
    /// <param name="left">The first stage.</param>
    /// <param name="right">The second stage.</param>
    /// <returns>true if the stages differ; otherwise, false.</returns>
    public static bool operator !=(ApiKeyRotationStage left, ApiKeyRotationStage right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(ApiKeyRotationStage other) => string.Equals(Value, other.Value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ApiKeyRotationStage other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    /// <summary>Returns the value.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;
}
