using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NodeData.Sdk.Redis.Diagnostics;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Redis.DependencyInjection;

/// <summary>
/// Connects when the host starts. If Redis is unavailable, the host starts nonetheless, and the receiver responds with 503 until Redis is available.
/// </summary>
internal sealed class RedisStartupService(RedisWebhookClaimStore store, ILogger<RedisWebhookClaimStore>? logger = null) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await store.ConnectAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (WebhookClaimStoreException exception)
        {
            (logger ?? NullLogger<RedisWebhookClaimStore>.Instance).UnavailableAtStartup(exception.Message);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
