using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using NodeData.Sdk;
using NodeData.Sdk.Webhooks;

// Registers and validates a client, makes every call with its sync and its async method, and checks the errors. Argument: the base address. The key is in
// NODE_DATA_API_KEY.
var wrong = Host.CreateEmptyApplicationBuilder(null);
wrong.Configuration.AddInMemoryCollection([new("NodeData:ApiKey", "whsec_test_x"), new("NodeData:AttemptTimeout", "0")]);
wrong.Services.AddNodeData();
await Expect<OptionsValidationException>(() => wrong.Build().StartAsync());

// Options that an application binds itself keep every secret, with the source generator too.
const string BoundSecret = "whsec_test_0123456789abcdef0123456789abcdef";
foreach (var binding in new[] { "Configure", "BindConfiguration", "Bind", "delegate" })
{
    var bound = Host.CreateEmptyApplicationBuilder(null);
    bound.Configuration.AddInMemoryCollection([
        new("Elsewhere:ApiKey", "nd_test_bound"),
        new("Elsewhere:WebhookSecrets:0", BoundSecret),
        new("Elsewhere:BaseAddress", args[0]),
        new("Elsewhere:MaxRetries", "5"),
    ]);
    var elsewhere = bound.Configuration.GetSection("Elsewhere");
    bound.Services.AddNodeData();
    _ = binding switch
    {
        "Configure" => bound.Services.Configure<NodeClientOptions>(elsewhere),
        "BindConfiguration" => bound.Services.AddOptions<NodeClientOptions>().BindConfiguration("Elsewhere").Services,
        "Bind" => bound.Services.AddOptions<NodeClientOptions>().Bind(elsewhere).Services,
        _ => bound.Services.AddNodeData(options => elsewhere.Bind(options)).Services,
    };
    using var boundHost = bound.Build();
    await boundHost.StartAsync();
    var read = boundHost.Services.GetRequiredService<IOptionsMonitor<NodeClientOptions>>().CurrentValue;
    Check(read.ApiKey!.Equals(new SecretReference("nd_test_bound")) && read.MaxRetries == 5);
    Check(read.WebhookSecrets!.Single().Equals(new SecretReference(BoundSecret)));
    using var boundSigner = new WebhookSigner(WebhookSecret.Parse(BoundSecret));
    var boundNode = boundHost.Services.GetRequiredService<NodeClient>();
    Check(boundNode.Webhooks.Verify("{}", boundSigner.Sign("{}", DateTimeOffset.UtcNow)).IsValid);
    await Expect<NodeDataAuthenticationException>(() => boundNode.Me.GetAsync());
}

var builder = Host.CreateEmptyApplicationBuilder(null);
builder.Configuration.AddInMemoryCollection([new("NodeData:BaseAddress", args[0]), new("NodeData:ExpectedMode", "test")]);
builder.Services.AddNodeData();
builder.Services.AddHealthChecks().AddNodeData(requiredScopes: [ApiKeyScope.ModelsRead]);
using var host = builder.Build();
await host.StartAsync();
var node = host.Services.GetRequiredService<NodeClient>();
Check(node.Mode == KeyMode.Test);

Check(node.Me.Get().Id == (await node.Me.GetAsync()).Id);
var issued = node.Keys.Create(
    new CreateApiKeyOptions("aot")
    {
        Scopes = [ApiKeyScope.ModelsRead],
        ExpiresIn = TimeSpan.FromDays(1),
        IdempotencyKey = "once",
    }
);
var other = await node.Keys.CreateAsync("aot too");
Check(node.Keys.Get(issued.Id).Name == "aot" && (await node.Keys.GetAsync(other.Id)).Name == "aot too");
Check(node.Keys.List().Any(key => key.Id == other.Id));
await foreach (var page in node.Keys.ListAsync().AsPages(pageSize: 1))
{
    Check(page.Items.Count == 1);
}

var raw = await node.WithOptions(new NodeRequestOptions { MaxRetries = 0 }).SendAsync(HttpMethod.Get, "keys?limit=1");
Check(raw.ReadJsonNode() is JsonObject);
Check(raw.Read(AotJson.Default.KeyPage)?.Items.Length == 1);
Check(
    node.Send(HttpMethod.Post, "keys", new JsonObject { ["name"] = "raw", ["mode"] = "test" }).Status == System.Net.HttpStatusCode.Created
);

var restricted = new NodeClient(new ApiKeyCredential(issued.Secret), new NodeClientOptions { BaseAddress = new Uri(args[0]) });
var denied = await Expect<NodeDataPermissionException>(() => restricted.Keys.CreateAsync("more"));
Check(denied is { Code: "scope_required", RequestId: not null });
await Expect<NodeDataNotFoundException>(() => node.Keys.GetAsync("key_nothing"));
await Expect<NodeDataBadRequestException>(() => node.Keys.CreateAsync(new CreateApiKeyOptions("x") { Scopes = ["robots:drive"] }));
await Expect<NodeDataConfigurationException>(() => node.Keys.CreateAsync("x", KeyMode.Live));
var folder = Directory.CreateTempSubdirectory("nodedata-aot-rotation-").FullName;
var options = new ApiKeyRotationOptions
{
    Overlap = TimeSpan.Zero,
    Sinks = [new FileApiKeySink(Path.Combine(folder, "key"))],
    Store = new FileApiKeyRotationStore(Path.Combine(folder, "rotations")),
};
Check((await node.Keys.PreviewKeyRotationAsync(other.Id, options)).ToString().Contains(other.Id, StringComparison.Ordinal));
var started = await node.Keys.StartKeyRotationAsync(other.Id, options);
await node.Keys.RollBackKeyRotationAsync(started.RotationId, options with { OldKey = other.Secret });
var rotated = await node.Keys.RotateAsync(other.Id, options);
Check(rotated.IsCompleted && (await node.Keys.CompleteKeyRotationAsync(rotated.RotationId, options)) == rotated);
Check(node.Keys.Get(rotated.NewKeyId!).Status == ApiKeyStatus.Active && node.Keys.Get(other.Id).Status == ApiKeyStatus.Revoked);
Directory.Delete(folder, recursive: true);

Check(node.Keys.Revoke(issued.Secret).Status == ApiKeyStatus.Revoked);
Check((await node.Keys.RevokeAsync(other.Id)).Status == ApiKeyStatus.Revoked);
await Expect<NodeDataAuthenticationException>(() => restricted.Me.GetAsync());

var created = node.Webhooks.Create(
    new CreateWebhookEndpointOptions("https://shop.example") { Events = [WebhookEventType.PayoutPaid, "robot.moved"] }
);
var second = await node.Webhooks.CreateAsync(new CreateWebhookEndpointOptions("http://127.0.0.1:9/hook") { IdempotencyKey = "hook" });
Check(created.Secret.Mode == KeyMode.Test && created.DroppedEventTypes.Single() == "robot.moved");
Check(node.Webhooks.Get(created.Id).Url == (await node.Webhooks.GetAsync(created.Id)).Url);
Check(node.Webhooks.Update(created.Id, new UpdateWebhookEndpointOptions { IsEnabled = false }).IsEnabled is false);
Check((await node.Webhooks.UpdateAsync(created.Id, new UpdateWebhookEndpointOptions { Events = [] })).Events is { Count: 0 });
Check(node.Webhooks.ListEventTypes().SequenceEqual(await node.Webhooks.ListEventTypesAsync()));
Check(node.Webhooks.ListDeliveries(created.Id, 1).Count + (await node.Webhooks.ListDeliveriesAsync(created.Id)).Count == 0);
Check(node.Webhooks.List().Count() == 2);
node.Webhooks.Delete(created.Id);
await node.Webhooks.DeleteAsync(second.Id);
await foreach (var endpoint in node.Webhooks.ListAsync())
{
    Check(endpoint is null);
}

await Expect<NodeDataConfigurationException>(() => Task.FromResult(node.Webhooks.Verify("{}", null)));
using var receiver = new NodeClient(
    new NodeClientOptions
    {
        ApiKey = "nd_test_abc",
        BaseAddress = new Uri(args[0]),
        WebhookSecrets = [created.Secret],
    }
);
using var signer = new WebhookSigner(created.Secret);
Check(receiver.Webhooks.Verify("{}", signer.Sign("{}", DateTimeOffset.UtcNow)).IsValid);

using var webhookReceiver = new WebhookReceiver("aot", [created.Secret], new WebhookHandlers().PayoutPaid((e, _) => Task.CompletedTask));
var payout = """{"id":"ev_1","type":"payout.paid","data":{"amount_cents":4410}}"""u8.ToArray();
var result = await webhookReceiver.ReceiveAsync(payout, signer.Sign(payout, DateTimeOffset.UtcNow));
Check(result.Outcome == WebhookOutcome.Handled && result.Event is PayoutPaidEvent);
Check((await webhookReceiver.ReceiveAsync(payout, signer.Sign(payout, DateTimeOffset.UtcNow))).Outcome == WebhookOutcome.Duplicate);
Check((await webhookReceiver.ReceiveAsync(payout, "t=1,v1=forged")).StatusCode == 401);

var health = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
Check(health.Status == HealthStatus.Healthy);
Console.WriteLine("All calls succeeded as expected.");

static void Check(bool condition, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(condition))] string? what = null)
{
    if (!condition)
    {
        throw new InvalidOperationException($"The check failed: {what}");
    }
}

static async Task<TException> Expect<TException>(Func<Task> call)
    where TException : Exception
{
    try
    {
        await call();
    }
    catch (TException expected)
    {
        return expected;
    }

    throw new InvalidOperationException($"{typeof(TException).Name} was expected.");
}

internal sealed record KeyPage(KeyItem[] Items);

internal sealed record KeyItem(string Id);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(KeyPage))]
internal sealed partial class AotJson : JsonSerializerContext;
