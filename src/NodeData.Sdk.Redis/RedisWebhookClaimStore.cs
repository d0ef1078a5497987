using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NodeData.Sdk.Redis.Connections;
using NodeData.Sdk.Redis.Scripts;
using StackExchange.Redis;

namespace NodeData.Sdk.Webhooks;

/// <summary>
/// Represents a claim store in Redis, for several processes. Each change is one script and therefore atomic. Leases and retention periods are Redis
/// expirations, so the clocks of the processes are not used. Safe for use by several threads and processes.
/// </summary>
/// <remarks>
/// If Redis loses a claim, the event may be handled again; no event is lost. Redis loses claims if it evicts keys, restarts without its data (prevented by
/// <c>appendonly yes</c> and <c>appendfsync always</c>), or fails over to a replica that lacks the last changes. After connecting, the store checks whether the
/// server may evict keys; if so, it logs a warning.
/// </remarks>
public sealed class RedisWebhookClaimStore : IWebhookClaimStore
{
    private readonly RedisConnection _connection;
    private readonly RedisCalls _calls;
    private readonly string _prefix;

    /// <summary>Initializes a new instance with an existing connection.</summary>
    /// <param name="connection">The connection. The store does not dispose of it.</param>
    /// <param name="options">The key prefix and the timeout; null for the defaults. The connection settings are ignored.</param>
    /// <param name="logger">The logger for warnings; null if none is needed.</param>
    /// <exception cref="NodeDataConfigurationException">An option is out of range.</exception>
    public RedisWebhookClaimStore(
        IConnectionMultiplexer connection,
        RedisWebhookClaimStoreOptions? options = null,
        ILogger<RedisWebhookClaimStore>? logger = null
    )
        : this(
            RedisConnection.FromExisting(
                connection ?? throw new ArgumentNullException(nameof(connection)),
                logger ?? NullLogger<RedisWebhookClaimStore>.Instance
            ),
            options ?? new RedisWebhookClaimStoreOptions()
        ) { }

    internal RedisWebhookClaimStore(RedisConnection connection, RedisWebhookClaimStoreOptions options)
    {
        options.Validate();
        _connection = connection;
        _calls = new RedisCalls(options.CallTimeout, options.TimeProvider);
        _prefix = options.KeyPrefix;
    }

    /// <inheritdoc/>
    /// <exception cref="WebhookClaimStoreException">Redis is unavailable, returned an error, or did not respond in time.</exception>
    public async ValueTask<WebhookClaimResult> ClaimAsync(WebhookClaim claim, CancellationToken cancellationToken)
    {
        var result = (long[]?)await RunAsync(ClaimScripts.Claim, claim, cancellationToken).ConfigureAwait(false);
        return result switch
        {
            [ClaimScripts.Completed, _] => WebhookClaimResult.Completed,
            [ClaimScripts.Claimed, var attempt] => WebhookClaimResult.Claimed((int)attempt),
            [ClaimScripts.InProgress, var remaining] => WebhookClaimResult.InProgress(ToRemainingLease(remaining)),
            _ => throw new WebhookClaimStoreException(
                "Redis returned an unexpected result for a claim. Check that no other application writes the keys of the claim store."
            ),
        };
    }

    /// <inheritdoc/>
    /// <exception cref="WebhookClaimStoreException">Redis is unavailable, returned an error, or did not respond in time.</exception>
    public async ValueTask<bool> RenewAsync(WebhookClaim claim, CancellationToken cancellationToken) =>
        (bool)await RunAsync(ClaimScripts.Renew, claim, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    /// <exception cref="WebhookClaimStoreException">Redis is unavailable, returned an error, or did not respond in time.</exception>
    public async ValueTask<bool> CompleteAsync(WebhookClaim claim, CancellationToken cancellationToken) =>
        (bool)await RunAsync(ClaimScripts.Complete, claim, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    /// <exception cref="WebhookClaimStoreException">Redis is unavailable, returned an error, or did not respond in time.</exception>
    public async ValueTask<bool> ReleaseAsync(WebhookClaim claim, CancellationToken cancellationToken) =>
        (bool)await RunAsync(ClaimScripts.Release, claim, cancellationToken).ConfigureAwait(false);

    /// <summary>Connects at startup, so that the first request does not wait for the connection, and a server that may evict keys is detected early.</summary>
    internal Task ConnectAsync(CancellationToken cancellationToken) =>
        _calls.RunAsync(
            async () =>
            {
                var connection = await _connection.GetAsync().ConfigureAwait(false);
                await connection.GetDatabase().PingAsync(CommandFlags.DemandMaster).ConfigureAwait(false);
                return true;
            },
            cancellationToken
        );

    private Task<RedisResult> RunAsync(string script, WebhookClaim claim, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return _calls.RunAsync(
            async () =>
            {
                var connection = await _connection.GetAsync().ConfigureAwait(false);
                return await connection
                    .GetDatabase()
                    .ScriptEvaluateAsync(
                        script,
                        ScriptArguments.GetKeys(claim, _prefix),
                        ScriptArguments.GetArguments(claim),
                        CommandFlags.DemandMaster
                    )
                    .ConfigureAwait(false);
            },
            cancellationToken
        );
    }

    private static TimeSpan ToRemainingLease(long milliseconds) =>
        TimeSpan.FromTicks(Math.Clamp(milliseconds, 0, long.MaxValue / TimeSpan.TicksPerMillisecond) * TimeSpan.TicksPerMillisecond);
}
