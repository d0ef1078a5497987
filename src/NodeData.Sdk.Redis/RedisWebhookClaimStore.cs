using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NodeData.Sdk.Redis.Connections;
using NodeData.Sdk.Redis.Scripts;
using StackExchange.Redis;

namespace NodeData.Sdk.Webhooks;

/// <summary>
/// A delivery log in Redis, for a fleet of receivers. Each change is one script, and so one atomic step; leases and retention are Redis's own expiries, so the
/// clocks of the processes do not matter. Safe for use by several threads and processes.
/// </summary>
/// <remarks>
/// What Redis forgets is handled again: where it may evict keys, where it restarts without its data (<c>appendonly yes</c> and <c>appendfsync always</c> keep them),
/// and where a replica that had not caught up takes over. Nothing is lost by it. Once a connection stands the log looks whether the server may evict, and warns.
/// </remarks>
public sealed class RedisWebhookClaimStore : IWebhookClaimStore
{
    private readonly RedisConnection _connection;
    private readonly RedisCalls _calls;
    private readonly string _prefix;

    /// <summary>A log over a connection of the application's.</summary>
    /// <param name="connection">The connection. It is not disposed of by the log.</param>
    /// <param name="options">Prefix and time-out; null for the defaults. What it says about connecting is not used here.</param>
    /// <param name="logger">Where warnings go; null for nowhere.</param>
    /// <exception cref="NodeDataConfigurationException">An option is out of its range.</exception>
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
        options.Check();
        _connection = connection;
        _calls = new RedisCalls(options.CallTimeout, options.TimeProvider);
        _prefix = options.KeyPrefix;
    }

    /// <inheritdoc/>
    /// <exception cref="WebhookClaimStoreException">Redis is away, refused, or did not answer in time.</exception>
    public async ValueTask<WebhookClaimResult> ClaimAsync(WebhookClaim claim, CancellationToken cancellationToken)
    {
        var result = (long[]?)await RunAsync(ClaimScripts.Claim, claim, cancellationToken).ConfigureAwait(false);
        return result switch
        {
            [ClaimScripts.Completed, _] => WebhookClaimResult.Completed,
            [ClaimScripts.Claimed, var attempt] => WebhookClaimResult.Claimed((int)attempt),
            [ClaimScripts.InProgress, var remaining] => WebhookClaimResult.InProgress(ToRemainingLease(remaining)),
            _ => throw new WebhookClaimStoreException(
                "Redis answered a claim with something that is no answer. Does another program write the log's keys?"
            ),
        };
    }

    /// <inheritdoc/>
    /// <exception cref="WebhookClaimStoreException">Redis is away, refused, or did not answer in time.</exception>
    public async ValueTask<bool> RenewAsync(WebhookClaim claim, CancellationToken cancellationToken) =>
        (bool)await RunAsync(ClaimScripts.Renew, claim, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    /// <exception cref="WebhookClaimStoreException">Redis is away, refused, or did not answer in time.</exception>
    public async ValueTask<bool> CompleteAsync(WebhookClaim claim, CancellationToken cancellationToken) =>
        (bool)await RunAsync(ClaimScripts.Complete, claim, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    /// <exception cref="WebhookClaimStoreException">Redis is away, refused, or did not answer in time.</exception>
    public async ValueTask<bool> ReleaseAsync(WebhookClaim claim, CancellationToken cancellationToken) =>
        (bool)await RunAsync(ClaimScripts.Release, claim, cancellationToken).ConfigureAwait(false);

    /// <summary>Connects, so that the first delivery need not, and a server that may evict is noticed when the program starts.</summary>
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
