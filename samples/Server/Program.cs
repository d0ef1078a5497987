using NodeData.Emulator;
using NodeData.Sdk;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

// A minimal API with two Node Data clients, one for each mode, with health checks and console telemetry. It starts an emulator of the service in this process.
// To use the service itself, remove the emulator and set the keys in the configuration.
await using var emulator = await NodeDataEmulator.StartAsync();

var builder = WebApplication.CreateBuilder(args);
builder.Configuration.AddInMemoryCollection(
    new Dictionary<string, string?>
    {
        ["NodeData:ApiKey"] = emulator.TestKey.Reveal(),
        ["NodeData:BaseAddress"] = emulator.BaseAddress.AbsoluteUri,
        ["NodeData:Clients:billing:ApiKey"] = emulator.LiveKey.Reveal(),
        ["NodeData:Clients:billing:BaseAddress"] = emulator.BaseAddress.AbsoluteUri,
        ["NodeData:Clients:billing:ExpectedMode"] = "live",
    }
);
builder.Services.AddNodeData();
builder.Services.AddNodeData("billing");
builder.Services.AddHealthChecks().AddNodeData(requiredScopes: [ApiKeyScope.ModelsRead]).AddNodeData(clientName: "billing");
builder
    .Services.AddOpenTelemetry()
    .WithTracing(tracing => tracing.AddSource("Microsoft.AspNetCore", "NodeData.Sdk").AddConsoleExporter())
    .WithMetrics(metrics => metrics.AddMeter("NodeData.Sdk"));

var app = builder.Build();
app.MapGet("/", async (NodeClient node, CancellationToken cancellationToken) => await WhoAsync(node, cancellationToken));
app.MapGet(
    "/billing",
    async ([FromKeyedServices("billing")] NodeClient node, CancellationToken cancellationToken) => await WhoAsync(node, cancellationToken)
);
app.MapHealthChecks("/health");
await app.RunAsync();

static async Task<string> WhoAsync(NodeClient node, CancellationToken cancellationToken)
{
    var me = await node.Me.GetAsync(cancellationToken);
    return $"{me.Name}, {node.Mode} mode";
}
