using System.Diagnostics;
using System.Text.Json.Serialization;
using NodeData.Sdk.Keys;

namespace NodeData.Sdk;

/// <summary>Defines the status of an API key. The set is open: a value that this version does not define is preserved.</summary>
[DebuggerDisplay("{Value,nq}")]
[JsonConverter(typeof(ApiKeyStatusJsonConverter))]
public readonly struct ApiKeyStatus : IEquatable<ApiKeyStatus>
{
    private readonly string? _value;

    /// <summary>Initializes a new instance with a value.</summary>
    /// <param name="value">The value, such as <c>active</c>.</param>
    public ApiKeyStatus(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _value = value;
    }

    /// <summary>The key is valid.</summary>
    public static ApiKeyStatus Active { get; } = new("active");

    /// <summary>The key has expired.</summary>
    public static ApiKeyStatus Expired { get; } = new("expired");

    /// <summary>The key was revoked.</summary>
    public static ApiKeyStatus Revoked { get; } = new("revoked");

    /// <summary>The value as the service returned it; an empty string only for the default value of the type.</summary>
    public string Value => _value ?? "";

    /// <summary>Determines whether two statuses are equal.</summary>
    /// <param name="left">The first status.</param>
    /// <param name="right">The second status.</param>
    /// <returns>true if the statuses are equal; otherwise, false.</returns>
    public static bool operator ==(ApiKeyStatus left, ApiKeyStatus right) => left.Equals(right);

    /// <summary>Determines whether two statuses differ.</summary>
    /// <param name="left">The first status.</param>
    /// <param name="right">The second status.</param>
    /// <returns>true if the statuses differ; otherwise, false.</returns>
    public static bool operator !=(ApiKeyStatus left, ApiKeyStatus right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(ApiKeyStatus other) => string.Equals(Value, other.Value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ApiKeyStatus other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    /// <summary>Returns the value.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;
}
