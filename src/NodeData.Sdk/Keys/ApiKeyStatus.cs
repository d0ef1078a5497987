using System.Diagnostics;
using System.Text.Json.Serialization;
using NodeData.Sdk.Keys;

namespace NodeData.Sdk;

/// <summary>Defines the status of an API key. The set is open: a value newer than this client stays readable.</summary>
[DebuggerDisplay("{Value,nq}")]
[JsonConverter(typeof(ApiKeyStatusJsonConverter))]
public readonly struct ApiKeyStatus : IEquatable<ApiKeyStatus>
{
    private readonly string? _value;

    /// <summary>Initializes a new instance from the text of the service.</summary>
    /// <param name="value">The text.</param>
    public ApiKeyStatus(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _value = value;
    }

    /// <summary>The key is accepted.</summary>
    public static ApiKeyStatus Active { get; } = new("active");

    /// <summary>The key has expired.</summary>
    public static ApiKeyStatus Expired { get; } = new("expired");

    /// <summary>The key was revoked.</summary>
    public static ApiKeyStatus Revoked { get; } = new("revoked");

    /// <summary>The text of the service; empty only for the default value of the type.</summary>
    public string Value => _value ?? "";

    /// <summary>Determines whether two statuses have the same text.</summary>
    /// <param name="left">The first status.</param>
    /// <param name="right">The second status.</param>
    /// <returns>true if they are equal; otherwise, false.</returns>
    public static bool operator ==(ApiKeyStatus left, ApiKeyStatus right) => left.Equals(right);

    /// <summary>Determines whether two statuses have different texts.</summary>
    /// <param name="left">The first status.</param>
    /// <param name="right">The second status.</param>
    /// <returns>true if they differ; otherwise, false.</returns>
    public static bool operator !=(ApiKeyStatus left, ApiKeyStatus right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(ApiKeyStatus other) => string.Equals(Value, other.Value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ApiKeyStatus other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    /// <summary>Returns the text of the service.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Value;
}
