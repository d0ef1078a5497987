using System.Threading.Channels;
using NodeData.Sdk.Webhooks;
using Sample;

// Deliveries that another component received (a gateway, a function, a queue): the bytes of the body and the header as received. This program has no web
// server.
var queue = Channel.CreateUnbounded<QueuedDelivery>();
var builder = Host.CreateApplicationBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);

// For this sample only; a real secret is in NODE_DATA_WEBHOOK_SECRET or NodeData:WebhookSecrets.
const string secret = "whsec_test_0000000000000000000000000000000sample";
builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["NodeData:WebhookSecrets"] = secret });
builder.Services.AddSingleton(queue).AddHostedService<QueueConsumer>();
builder.Services.AddNodeDataWebhookReceiver(
    "orders",
    on =>
        on.ListingPurchased(
            (e, _) =>
            {
                Console.WriteLine($"handled {e.Event}, attempt {e.Attempt}");
                return e.Attempt == 1 && e.Event.Id == "ev_2"
                    ? throw new TimeoutException("The warehouse did not respond.")
                    : Task.CompletedTask;
            }
        )
);

// What the gateway enqueued: two events, the first of them twice, and a delivery with an invalid signature.
using var signer = new WebhookSigner(secret);
foreach (var id in new[] { "ev_1", "ev_1", "ev_2" })
{
    queue.Writer.TryWrite(
        QueuedDelivery.CreateSigned(signer, $$"""{"id":"{{id}}","type":"listing.purchased","data":{"amount_cents":4900} }""")
    );
}

queue.Writer.TryWrite(new QueuedDelivery("""{"id":"ev_3","type":"listing.purchased"}"""u8.ToArray(), "t=1,v1=forged"));
await builder.Build().RunAsync();
