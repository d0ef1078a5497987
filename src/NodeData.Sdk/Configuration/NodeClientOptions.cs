using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;
using NodeData.Sdk.Configuration;
using NodeData.Sdk.Configuration.EnvLocal;

namespace NodeData.Sdk;

/// <summary>
/// How a client is set up. A client reads the options when it is made; a later change does not reach it. What is set here beats the environment. Printing or
/// serialising the options shows no secret.
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

    internal const int MaxRetriesLimit = 10;
    internal const int MaxResponseBytesLimit = 1024 * 1024 * 1024;

    /// <summary>
    /// The API key, or where it lies (<c>env:NAME</c>, <c>file:PATH</c>, or a scheme of <see cref="SecretResolvers"/>), which is read anew for each attempt. The default is what the environment variable
    /// <c>NODE_DATA_API_KEY</c> holds, itself a key or a reference.
    /// </summary>
    public SecretReference? ApiKey { get; set; }

    /// <summary>
    /// Where the service is. The default is what the environment variable <c>NODE_DATA_BASE_URL</c> holds, else <c>https://api.nodedata.dev/v1</c>. Without a
    /// scheme, <c>https://</c> is meant; without a path, <c>/api/v1</c> (<c>/v1</c> at <c>api.nodedata.dev</c>). Plain http is for loopback alone (contract,
    /// "Hosts and paths").
    /// </summary>
    public Uri? BaseAddress { get; set; }

    /// <summary>
    /// The secrets that <c>node.Webhooks.Verify</c> and receivers take, or where they lie (<c>env:NAME</c>, <c>file:PATH</c>, either of which may hold several,
    /// separated by commas or line breaks): one, or the new one and the old one while a secret is being replaced. All are of the client's mode. What a reference
    /// points to is looked at again at the next delivery, once a second at most. The default is what the environment variable
    /// <c>NODE_DATA_WEBHOOK_SECRET</c> holds: secrets or references, separated by commas. Empty for none, whatever the environment says.
    /// </summary>
    public IReadOnlyList<SecretReference>? WebhookSecrets { get; set; }

    /// <summary>The mode that the key and the webhook secrets must have; null, the default, for whichever the first key has.</summary>
    public KeyMode? ExpectedMode { get; set; }

    /// <summary>
    /// Whether a <c>file:</c> reference to a file that every user may read is refused, rather than warned about; also where an orchestrator mounts it so. It
    /// goes for the key and the webhook secrets. A file that its group or others may write is refused in any case. The default is false.
    /// </summary>
    public bool RequirePrivateFile { get; set; }

    /// <summary>
    /// How long one attempt may take, its answer's body included. Above zero and at most 24 days, or <see cref="Timeout.InfiniteTimeSpan"/>. The default is
    /// 30 seconds.
    /// </summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(DefaultAttemptTimeoutSeconds);

    /// <summary>
    /// How long a whole call may take, all attempts and waits included. Above zero and at most 24 days, or <see cref="Timeout.InfiniteTimeSpan"/>. The default
    /// is 100 seconds.
    /// </summary>
    public TimeSpan TotalTimeout { get; set; } = TimeSpan.FromSeconds(DefaultTotalTimeoutSeconds);

    /// <summary>How often a call may be repeated after its first attempt, where that is safe (contract, "Retries"); 0 to 10. The default is 2.</summary>
    public int MaxRetries { get; set; } = DefaultMaxRetries;

    /// <summary>
    /// The longest wait asked for by <c>Retry-After</c> that is obeyed; where the service asks for more, the call fails at once and the exception carries the
    /// wait. Zero or more, at most 24 days. The default is 10 seconds.
    /// </summary>
    public TimeSpan MaxRetryAfter { get; set; } = TimeSpan.FromSeconds(DefaultMaxRetryAfterSeconds);

    /// <summary>The largest answer that is read, in bytes, after decompression; 1 to 1,073,741,824. The default is 16,777,216 (16 MiB).</summary>
    public int MaxResponseBytes { get; set; } = DefaultMaxResponseBytes;

    /// <summary>
    /// Read the references of other schemes than <c>env:</c> and <c>file:</c>, such as <c>tpm:</c> (package <c>NodeData.Sdk.Tpm</c>). In an application those
    /// registered as services of type <see cref="ISecretResolver"/> stand here already. They are never disposed of by a client. None by default.
    /// </summary>
    [JsonIgnore]
    public IList<ISecretResolver> SecretResolvers { get; } = [];

    /// <summary>The clock behind every time-out, wait and expiry. The default is that of the system.</summary>
    [JsonIgnore]
    public TimeProvider TimeProvider { get; set; } = SystemTime.Provider;

    /// <summary>
    /// Where the client logs: retries, a key replaced, a file with a secret that everybody may read. The default is nowhere; in a host, the host's log.
    /// </summary>
    [JsonIgnore]
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>Draws the waits between attempts, as numbers from 0 to 1.</summary>
    internal Func<double> Jitter { get; set; } = Random.Shared.NextDouble;

    /// <summary>Whether the key and the webhook secrets may come from the environment; not where a named client must not take another's.</summary>
    internal bool AllowSecretsFromEnvironment { get; set; } = true;

    /// <summary>What stands below the environment, in an application that asked for it.</summary>
    internal EnvLocalVariables? EnvLocal { get; set; }

    /// <summary>Where a key that is missing is best put.</summary>
    internal string ApiKeySetting { get; set; } = "NodeClientOptions.ApiKey";

    /// <summary>Where webhook secrets that are missing are best put.</summary>
    internal string WebhookSecretsSetting { get; set; } = "NodeClientOptions.WebhookSecrets";

    /// <summary>Where each value came from.</summary>
    internal OptionSources Sources { get; } = new();

    /// <summary>What the configuration holds that could not be read at all.</summary>
    internal List<string> UnreadableSettings { get; } = [];
}
