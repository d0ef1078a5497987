using System.Threading.Channels;
using NodeData.Sdk.Webhooks;

namespace Sample;

/// <summary>Reads deliveries from the queue, and enqueues again those that must be retried.</summary>
public sealed class QueueConsumer(Channel<QueuedDelivery> queue, WebhookReceiver receiver) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var delivery in queue.Reader.ReadAllAsync(stoppingToken))
        {
            var result = await receiver.ReceiveAsync(delivery.Body, delivery.Signature, stoppingToken);
            Console.WriteLine($"{result.StatusCode} {result.Outcome} {result.Event}".TrimEnd());
            if (result.StatusCode is 409 or 500 or 503)
            {
                // A real queue would delay the message and keep it until it is acknowledged.
                await queue.Writer.WriteAsync(delivery, stoppingToken);
            }
        }
    }
}
