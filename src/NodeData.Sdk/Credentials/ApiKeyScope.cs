using System.Diagnostics;
using System.Text.Json.Serialization;
using NodeData.Sdk.Credentials;

namespace NodeData.Sdk;

/// <summary>
/// Represents a permission of an API key, such as <c>models:read</c>. The service may add scopes: specify one that this version does not define as
/// <c>new ApiKeyScope("robots:drive")</c> or as a string.
/// </summary>
[DebuggerDisplay("{Value,nq}")]
[JsonConverter(typeof(ApiKeyScopeJsonConverter))]
public readonly struct ApiKeyScope : IEquatable<ApiKeyScope>
{
    private readonly string? _value;

    /// <summary>Initializes a new instance of the <see cref="ApiKeyScope"/> struct.</summary>
    /// <param name="value">The scope as the service spells it (lower case, with a colon): 1 to 100 visible ASCII characters.</param>
    /// <exception cref="ArgumentException">
    /// <paramref name="value"/> is empty, longer than 100 characters, or contains white space or a character outside visible ASCII.
    /// </exception>
    public ApiKeyScope(string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        if (value.Length > 100 || value.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            throw new ArgumentException("A scope must be 1 to 100 visible ASCII characters, such as models:read.", nameof(value));
        }

        _value = value;
    }

    private ApiKeyScope(string value, bool _) => _value = value;

    /// <summary>Gets the scope for reading models.</summary>
    public static ApiKeyScope ModelsRead { get; } = new("models:read");

    /// <summary>Gets the scope for uploading models.</summary>
    public static ApiKeyScope ModelsUpload { get; } = new("models:upload");

    /// <summary>Gets the scope for reading datasets.</summary>
    public static ApiKeyScope DatasetsRead { get; } = new("datasets:read");

    /// <summary>Gets the scope for uploading datasets.</summary>
    public static ApiKeyScope DatasetsUpload { get; } = new("datasets:upload");

    /// <summary>Gets the scope for reading listings.</summary>
    public static ApiKeyScope ListingsRead { get; } = new("listings:read");

    /// <summary>Gets the scope for creating and changing listings.</summary>
    public static ApiKeyScope ListingsWrite { get; } = new("listings:write");

    /// <summary>Gets the scope for reading payouts.</summary>
    public static ApiKeyScope PayoutsRead { get; } = new("payouts:read");

    /// <summary>Gets the scope for deploying to devices.</summary>
    public static ApiKeyScope DeployWrite { get; } = new("deploy:write");

    /// <summary>Gets the scope for managing webhook endpoints.</summary>
    public static ApiKeyScope WebhooksWrite { get; } = new("webhooks:write");

    /// <summary>Gets the scope for running inference.</summary>
    public static ApiKeyScope InferenceRun { get; } = new("inference:run");

    /// <summary>Gets the scopes that this version defines, in the order of the service's documentation.</summary>
    public static IReadOnlyList<ApiKeyScope> Known { get; } =
    [
        ModelsRead,
        ModelsUpload,
        DatasetsRead,
        DatasetsUpload,
        ListingsRead,
        ListingsWrite,
        PayoutsRead,
        DeployWrite,
        WebhooksWrite,
        InferenceRun,
    ];

    /// <summary>Gets the scope as the service spells it; empty only for <c>default(ApiKeyScope)</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>Gets a value indicating whether this version defines the scope.</summary>
    [JsonIgnore]
    public bool IsKnown => Known.Contains(this);

    /// <summary>Converts a string to a scope.</summary>
    /// <param name="value">The scope as the service spells it: 1 to 100 visible ASCII characters.</param>
    /// <returns>The scope.</returns>
    /// <exception cref="ArgumentException"><paramref name="value"/> is not a valid scope.</exception>
    public static implicit operator ApiKeyScope(string value) => new(value);

    /// <summary>Determines whether two scopes are equal.</summary>
    /// <param name="left">The first scope.</param>
    /// <param name="right">The second scope.</param>
    /// <returns><see langword="true"/> if the scopes are equal; otherwise, <see langword="false"/>.</returns>
    public static bool operator ==(ApiKeyScope left, ApiKeyScope right) => left.Equals(right);

    /// <summary>Determines whether two scopes are different.</summary>
    /// <param name="left">The first scope.</param>
    /// <param name="right">The second scope.</param>
    /// <returns><see langword="true"/> if the scopes are different; otherwise, <see langword="false"/>.</returns>
    public static bool operator !=(ApiKeyScope left, ApiKeyScope right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(ApiKeyScope other) => string.Equals(Value, other.Value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ApiKeyScope other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    /// <summary>Returns the scope as the service spells it.</summary>
    /// <returns>The <see cref="Value"/>.</returns>
    public override string ToString() => Value;

    /// <summary>Creates a scope from a response without validating it, so that any value stays readable.</summary>
    internal static ApiKeyScope FromResponse(string value) => new(value, default);
}
