using System.Diagnostics;
using System.Text.Json.Serialization;
using NodeData.Sdk.Keys;

namespace NodeData.Sdk;

/// <summary>Where a key is in its life. The set is open: a word newer than this client stays readable.</summary>
[DebuggerDisplay("{Value,nq}")]
[JsonConverter(typeof(ApiKeyStatusJsonConverter))]
public readonly struct ApiKeyStatus : IEquatable<ApiKeyStatus>
{
    private readonly string? _value;

    /// <summary>A status by the service's word.</summary>
    /// <param name="value">The word.</param>
    public ApiKeyStatus(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _value = value;
    }

    /// <summary>It is accepted.</summary>
    public static ApiKeyStatus Active { get; } = new("active");

    /// <summary>Its time is over.</summary>
    public static ApiKeyStatus Expired { get; } = new("expired");

    /// <summary>It was taken back.</summary>
    public static ApiKeyStatus Revoked { get; } = new("revoked");

    /// <summary>The service's word; empty only for <c>default(ApiKeyStatus)</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>Whether both are the same word.</summary>
    public static bool operator ==(ApiKeyStatus left, ApiKeyStatus right) => left.Equals(right);

    /// <summary>Whether they are different words.</summary>
    public static bool operator !=(ApiKeyStatus left, ApiKeyStatus right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(ApiKeyStatus other) => string.Equals(Value, other.Value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ApiKeyStatus other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    /// <summary>The service's word.</summary>
    public override string ToString() => Value;
}
