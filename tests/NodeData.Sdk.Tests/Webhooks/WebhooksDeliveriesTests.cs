using System.Text;
using System.Text.Json.Nodes;
using NodeData.Emulator;
using NodeData.Sdk.Tests.Doubles;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Webhooks;

/// <summary>Tests an endpoint from its creation to the verification and the listing of its deliveries, against the emulator over real sockets.</summary>
public sealed class WebhooksDeliveriesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [SyncAndAsync]
    public async Task A_delivery_is_verified_with_the_secret_of_its_endpoint_and_listed(CallStyle callStyle)
    {
        await using var receiver = new ScriptedServer(request => request.RespondAsync(request.Index == 0 ? 200 : 503, ""));
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var admin = emulator.CreateClient();
        var hook = await admin.CreateEndpoint(callStyle, new CreateWebhookEndpointOptions(receiver.BaseAddress));
        using var node = emulator.CreateClient(configure: options => options.WebhookSecrets = [hook.Secret]);

        var first = await emulator.EmitAsync(WebhookEventType.PayoutPaid, new JsonObject { ["note"] = "\u00e9" }, cancellationToken: Token);
        await emulator.Deliveries.WaitForIdleAsync(Token);
        await emulator.EmitAsync(WebhookEventType.ListingPublished, cancellationToken: Token);
        await emulator.Deliveries.WaitForIdleAsync(Token);

        var (body, signature) = ParseDelivery(receiver.Requests.First());
        Assert.Equal(hook.Secret, node.Webhooks.Verify(body, signature).MatchedSecret);
        Assert.Equal(WebhookErrorCode.InvalidSignature, node.Webhooks.Verify([.. body, (byte)' '], signature).ErrorCode);

        var deliveries = await node.GetDeliveries(callStyle, hook.Id);
        var (failed, succeeded) = (deliveries[0], deliveries[1]);
        Assert.Equal(2, deliveries.Count);
        Assert.Equal((first.Id, (WebhookEventType?)WebhookEventType.PayoutPaid), (succeeded.EventId, succeeded.EventType));
        Assert.Equal((WebhookDeliveryStatus.Succeeded, 1, 200), (succeeded.Status, succeeded.Attempts, succeeded.LastStatus));
        Assert.NotNull(succeeded.SucceededAt);
        Assert.Equal((WebhookDeliveryStatus.Pending, 1, 503), (failed.Status, failed.Attempts, failed.LastStatus));
        Assert.NotNull(failed.LastError);
        Assert.NotNull(failed.NextAttemptAt);
        Assert.Equal([failed.Id], (await node.GetDeliveries(callStyle, hook.Id, limit: 1)).Select(delivery => delivery.Id));
    }

    private static (byte[] Body, string Signature) ParseDelivery(ReceivedRequest request)
    {
        var parts = request.Text.Split("\r\n\r\n", 2);
        var line = parts[0]
            .Split("\r\n")
            .Single(line => line.StartsWith($"{WebhookVerifier.HeaderName}:", StringComparison.OrdinalIgnoreCase));
        return (Encoding.Latin1.GetBytes(parts[1]), line[(WebhookVerifier.HeaderName.Length + 1)..].Trim());
    }
}
