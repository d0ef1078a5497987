using System.Data.Common;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using NodeData.Emulator;
using NodeData.Sdk;
using NodeData.Sdk.Webhooks;
using Sample;

// An emulator of the service in this process. With the real service, remove this part and set NODE_DATA_WEBHOOK_SECRET to the endpoint's secret.
var builder = WebApplication.CreateBuilder(args);
var address = builder.Configuration["urls"] ?? "http://127.0.0.1:5081";
builder.WebHost.UseUrls(address);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
await using var emulator = await NodeDataEmulator.StartAsync();
using var node = new NodeClient(new NodeClientOptions { ApiKey = emulator.TestKey, BaseAddress = emulator.BaseAddress });
var endpoint = await node.Webhooks.CreateAsync(new CreateWebhookEndpointOptions(new Uri($"{address}/webhooks/nodedata")));
builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["NodeData:WebhookSecrets"] = endpoint.Secret.Reveal() });

// The application: its database, which contains the claim store, and its handlers.
var database = Path.Combine(Directory.CreateTempSubdirectory("webhook-receiver-").FullName, "shop.db");
DbDataSource shop = SqliteFactory.Instance.CreateDataSource($"Data Source={database}");
var store = new DbWebhookClaimStore(shop);
await store.EnsureCreatedAsync();
await PayoutRepository.EnsureCreatedAsync(shop);
builder.Services.AddSingleton(shop).AddSingleton<IWebhookClaimStore>(store).AddScoped<PayoutHandler>();
var app = builder.Build();
app.MapNodeDataWebhooks(
    "/webhooks/nodedata",
    on =>
    {
        on.ListingPurchased(
            (e, _) =>
            {
                Console.WriteLine($"handled {e.Event}: {e.Event.Data?.Listing} for {e.Event.Data?.AmountCents} cents, attempt {e.Attempt}");
                return Task.CompletedTask;
            }
        );
        on.PayoutPaid<PayoutHandler>();
    }
);
app.MapGet("/", async (DbDataSource source) => $"{await PayoutRepository.CountAsync(source)} payouts recorded");
await app.StartAsync();

// Emit two events and wait for their deliveries.
var purchase = await emulator.EmitAsync(
    WebhookEventType.ListingPurchased,
    new JsonObject { ["listing"] = "grip-v0", ["amount_cents"] = 4900 }
);
var payout = await emulator.EmitAsync(WebhookEventType.PayoutPaid, new JsonObject { ["amount_cents"] = 4410 });
foreach (var delivery in purchase.DeliveryIds.Concat(payout.DeliveryIds))
{
    await emulator.Deliveries.WaitForAsync(delivery, EmulatorDeliveryStatus.Succeeded);
}

Console.WriteLine($"Delivered. The application listens at {address}, the emulator at {emulator.BaseAddress}. Press Ctrl+C to stop.");
await app.WaitForShutdownAsync();
