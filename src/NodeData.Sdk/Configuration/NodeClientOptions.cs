using System.ComponentModel;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using NodeData.Sdk.Configuration;
using NodeData.Sdk.Configuration.EnvLocal;

namespace NodeData.Sdk;

/// <summary>
/// Provides the options of a <see cref="NodeClient"/>. A client reads the options when it is created; later changes have no effect on it. Options set in code
/// take precedence over the environment. Formatted or serialized options contain no secret.
/// </summary>
public sealed class NodeClientOptions
{
    /// <summary>The default of <see cref="AttemptTimeout"/>, in seconds.</summary>
    internal const int DefaultAttemptTimeoutSeconds = 30;

    /// <summary>The default of <see cref="TotalTimeout"/>, in seconds.</summary>
    internal const int DefaultTotalTimeoutSeconds = 100;

    /// <summary>The default of <see cref="MaxRetries"/>.</summary>
    internal const int DefaultMaxRetries = 2;

    /// <summary>The default of <see cref="MaxRetryAfter"/>, in seconds.</summary>
    internal const int DefaultMaxRetryAfterSeconds = 10;

    /// <summary>The default of <see cref="MaxResponseBytes"/>.</summary>
    internal const int DefaultMaxResponseBytes = 16 * 1024 * 1024;

    // The name of a property that configuration binders must not set: they cannot create a SecretReference (the source generator not even with a type
    // converter), and would lose it or set an empty list. They set the property with the suffix Section instead.
    private const string NotBound = "(not bound)";

    internal const int MaxRetriesLimit = 10;
    internal const int MaxResponseBytesLimit = 1024 * 1024 * 1024;

    /// <summary>
    /// Gets or sets the API key, or a reference to it (<c>env:NAME</c>, <c>file:PATH</c>, or a scheme of <see cref="SecretResolvers"/>), which is resolved on
    /// each attempt. The default is the value of the environment variable <c>NODE_DATA_API_KEY</c>, which is a key or a reference as well.
    /// </summary>
    [ConfigurationKeyName(NotBound)]
    public SecretReference? ApiKey { get; set; }

    /// <summary>
    /// Gets or sets the base address of the service. The default is the value of the environment variable <c>NODE_DATA_BASE_URL</c>, else
    /// <c>https://api.nodedata.dev/v1</c>. An address without a scheme uses <c>https://</c>; an address without a path uses <c>/api/v1</c> (<c>/v1</c> for
    /// <c>api.nodedata.dev</c>). Plain http is allowed for loopback addresses only (contract, "Hosts and paths").
    /// </summary>
    public Uri? BaseAddress { get; set; }

    /// <summary>
    /// Gets or sets the webhook secrets that <c>node.Webhooks.Verify</c> and receivers accept, or references to them (<c>env:NAME</c>, <c>file:PATH</c>; each
    /// may contain several secrets, separated by commas or line breaks): one secret, or both the new and the old one during a rotation. All must
    /// have the client's mode. A reference is resolved again at the next delivery, at most once per second. The default is the value of the environment
    /// variable <c>NODE_DATA_WEBHOOK_SECRET</c>: secrets or references, separated by commas. Set an empty list to use no secrets, regardless of the
    /// environment.
    /// </summary>
    [ConfigurationKeyName(NotBound)]
    public IReadOnlyList<SecretReference>? WebhookSecrets { get; set; }

    /// <summary>Gets or sets the mode that the key and the webhook secrets must have. The default is null: the first key determines the mode.</summary>
    public KeyMode? ExpectedMode { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether a <c>file:</c> reference to a file that every user can read is rejected instead of logged as a warning,
    /// including files that an orchestrator mounts. Applies to the key and the webhook secrets. A file that is writable by its group or others is always
    /// rejected. The default is false.
    /// </summary>
    public bool RequirePrivateFile { get; set; }

    /// <summary>
    /// Gets or sets the maximum time allowed for one attempt, including the body of its response. Greater than zero and at most 24 days, or
    /// <see cref="Timeout.InfiniteTimeSpan"/>. The default is 30 seconds.
    /// </summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(DefaultAttemptTimeoutSeconds);

    /// <summary>
    /// Gets or sets the maximum time allowed for a call, including all attempts and delays. Greater than zero and at most 24 days, or
    /// <see cref="Timeout.InfiniteTimeSpan"/>. The default is 100 seconds.
    /// </summary>
    public TimeSpan TotalTimeout { get; set; } = TimeSpan.FromSeconds(DefaultTotalTimeoutSeconds);

    /// <summary>
    /// Gets or sets the maximum number of retries of a call. A call is retried only if that is safe (contract, "Retries"). 0 to 10. The default is 2.
    /// </summary>
    public int MaxRetries { get; set; } = DefaultMaxRetries;

    /// <summary>
    /// Gets or sets the maximum <c>Retry-After</c> delay that the client waits for. If the service requests a longer delay, the call fails immediately and the
    /// exception contains the delay. Zero or more, at most 24 days. The default is 10 seconds.
    /// </summary>
    public TimeSpan MaxRetryAfter { get; set; } = TimeSpan.FromSeconds(DefaultMaxRetryAfterSeconds);

    /// <summary>Gets or sets the maximum size of a response in bytes, after decompression; 1 to 1,073,741,824. The default is 16,777,216 (16 MiB).</summary>
    public int MaxResponseBytes { get; set; } = DefaultMaxResponseBytes;

    /// <summary>
    /// Gets the resolvers for schemes other than <c>env:</c> and <c>file:</c>, such as <c>tpm:</c> (package <c>NodeData.Sdk.Tpm</c>). In an application, the
    /// list already contains the registered services of type <see cref="ISecretResolver"/>. A client never disposes them. Empty by default.
    /// </summary>
    [JsonIgnore]
    public IList<ISecretResolver> SecretResolvers { get; } = [];

    /// <summary>Gets or sets the clock for all timeouts, delays and expiration times. The default is the system clock.</summary>
    [JsonIgnore]
    public TimeProvider TimeProvider { get; set; } = SystemTime.Provider;

    /// <summary>
    /// Gets or sets the logger factory. The client logs retries, replaced keys, and files with a secret that every user can read. The default is no logging; in
    /// a host, the host's logger factory.
    /// </summary>
    [JsonIgnore]
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>
    /// Sets <see cref="ApiKey"/> from its section of the configuration; always returns null. Configuration binders use this property; in code, set
    /// <see cref="ApiKey"/>.
    /// </summary>
    [ConfigurationKeyName(nameof(ApiKey))]
    [EditorBrowsable(EditorBrowsableState.Never)]
    [JsonIgnore]
    public IConfigurationSection? ApiKeySection
    {
        get => null;
        set
        {
            if (value is not null)
            {
                SecretSections.ReadApiKey(value, this);
            }
        }
    }

    /// <summary>
    /// Sets <see cref="WebhookSecrets"/> from its section of the configuration; always returns null. Configuration binders use this property; in code, set
    /// <see cref="WebhookSecrets"/>.
    /// </summary>
    [ConfigurationKeyName(nameof(WebhookSecrets))]
    [EditorBrowsable(EditorBrowsableState.Never)]
    [JsonIgnore]
    public IConfigurationSection? WebhookSecretsSection
    {
        get => null;
        set
        {
            if (value is not null)
            {
                SecretSections.ReadWebhookSecrets(value, this);
            }
        }
    }

    /// <summary>Gets or sets the source of the jitter for retry delays: numbers from 0 to 1.</summary>
    internal Func<double> Jitter { get; set; } = Random.Shared.NextDouble;

    /// <summary>Gets or sets a value indicating whether secrets may be read from the environment. False for a named client.</summary>
    internal bool AllowSecretsFromEnvironment { get; set; } = true;

    /// <summary>Gets or sets a value indicating whether the services of the application provide the key of this client.</summary>
    internal bool HasKeyProvider { get; set; }

    /// <summary>Gets or sets the variables of a <c>.env.local</c>, which rank below the environment; null unless the application added them.</summary>
    internal EnvLocalVariables? EnvLocal { get; set; }

    /// <summary>Gets or sets the setting that messages recommend for a missing key.</summary>
    internal string ApiKeySetting { get; set; } = "NodeClientOptions.ApiKey";

    /// <summary>Gets or sets the setting that messages recommend for missing webhook secrets.</summary>
    internal string WebhookSecretsSetting { get; set; } = "NodeClientOptions.WebhookSecrets";

    /// <summary>Gets the source of each value.</summary>
    internal OptionSources Sources { get; } = new();

    /// <summary>Gets the errors for settings of the configuration that could not be read.</summary>
    internal List<string> UnreadableSettings { get; } = [];

    /// <summary>Gets the warnings for members of the configuration section that no option reads.</summary>
    internal List<string> UnknownSettings { get; } = [];
}
