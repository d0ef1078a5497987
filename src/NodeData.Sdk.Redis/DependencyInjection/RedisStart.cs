using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NodeData.Sdk.Redis.Diagnostics;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Redis.DependencyInjection;

/// <summary>Connects when the host starts. Redis being away is no reason not to start: deliveries are refused until it is back.</summary>
internal sealed class RedisStart(RedisWebhookClaimStore log, ILogger<RedisWebhookClaimStore>? logger = null) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await log.ConnectAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (WebhookClaimStoreException away)
        {
            (logger ?? NullLogger<RedisWebhookClaimStore>.Instance).AwayAtStart(away.Message);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
