using System.Diagnostics;
using System.Text.Json.Serialization;
using NodeData.Sdk.Credentials;

namespace NodeData.Sdk;

/// <summary>
/// What a key may do, such as <c>models:read</c>. The set is open: a scope newer than this client is written <c>new Scope("robots:drive")</c> or as
/// plain text.
/// </summary>
[DebuggerDisplay("{Value,nq}")]
[JsonConverter(typeof(ApiKeyScopeJsonConverter))]
public readonly struct ApiKeyScope : IEquatable<ApiKeyScope>
{
    private readonly string? _value;

    /// <summary>A scope by its text.</summary>
    /// <param name="value">1 to 100 visible ASCII characters, as the service spells it (lower case, with a colon).</param>
    /// <exception cref="ArgumentException">The text is empty, too long, or holds white space or other than visible ASCII.</exception>
    public ApiKeyScope(string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        if (value.Length > 100 || value.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            throw new ArgumentException("A scope is 1 to 100 visible ASCII characters, such as models:read.", nameof(value));
        }

        _value = value;
    }

    private ApiKeyScope(string value, bool _) => _value = value;

    /// <summary>Read models.</summary>
    public static ApiKeyScope ModelsRead { get; } = new("models:read");

    /// <summary>Upload models.</summary>
    public static ApiKeyScope ModelsUpload { get; } = new("models:upload");

    /// <summary>Read datasets.</summary>
    public static ApiKeyScope DatasetsRead { get; } = new("datasets:read");

    /// <summary>Upload datasets.</summary>
    public static ApiKeyScope DatasetsUpload { get; } = new("datasets:upload");

    /// <summary>Read listings.</summary>
    public static ApiKeyScope ListingsRead { get; } = new("listings:read");

    /// <summary>Create and change listings.</summary>
    public static ApiKeyScope ListingsWrite { get; } = new("listings:write");

    /// <summary>Read payouts.</summary>
    public static ApiKeyScope PayoutsRead { get; } = new("payouts:read");

    /// <summary>Deploy to devices.</summary>
    public static ApiKeyScope DeployWrite { get; } = new("deploy:write");

    /// <summary>Manage webhook endpoints.</summary>
    public static ApiKeyScope WebhooksWrite { get; } = new("webhooks:write");

    /// <summary>Run inference.</summary>
    public static ApiKeyScope InferenceRun { get; } = new("inference:run");

    /// <summary>The scopes that this version knows, in the order of the service's guide.</summary>
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

    /// <summary>The service's word; empty only for <c>default(Scope)</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>Whether this version knows the scope.</summary>
    [JsonIgnore]
    public bool IsKnown => Known.Contains(this);

    /// <summary>A scope by its text, as the constructor makes it.</summary>
    /// <exception cref="ArgumentException">The text cannot be a scope.</exception>
    public static implicit operator ApiKeyScope(string value) => new(value);

    /// <summary>Whether both are the same word.</summary>
    public static bool operator ==(ApiKeyScope left, ApiKeyScope right) => left.Equals(right);

    /// <summary>Whether they are different words.</summary>
    public static bool operator !=(ApiKeyScope left, ApiKeyScope right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(ApiKeyScope other) => string.Equals(Value, other.Value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ApiKeyScope other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    /// <summary>The service's word.</summary>
    public override string ToString() => Value;

    /// <summary>A word from an answer: whatever it is, it stays readable.</summary>
    internal static ApiKeyScope FromResponse(string value) => new(value, default);
}
