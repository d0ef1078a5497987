using System.Diagnostics;
using System.Diagnostics.Tracing;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using NodeData.Emulator;
using NodeData.Sdk.Tests.Doubles;
using NodeData.Sdk.Tests.Webhooks.Signing;
using NodeData.Sdk.Webhooks;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace NodeData.Sdk.Tests.Secrets;

/// <summary>Every way a call can end, with everything listening at its most talkative, searched for the keys. Not in parallel: listeners are of the process.</summary>
[Collection(nameof(SecretHuntTests))]
[CollectionDefinition(nameof(SecretHuntTests), DisableParallelization = true)]
public sealed class SecretHuntTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_secret_is_shown_whatever_happens()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var admin = emulator.Client();
        var issued = await admin.Keys.CreateAsync(new CreateApiKeyOptions("hunted") { IdempotencyKey = "once" }, Token);
        var endpoint = await admin.Webhooks.CreateAsync(
            new CreateWebhookEndpointOptions("https://shop.example") { IdempotencyKey = "once-too" },
            Token
        );
        var hunt = new SecretHunt(
            emulator.TestKey.Reveal(),
            emulator.LiveKey.Reveal(),
            issued.Reveal(),
            Clients.LiveKey,
            endpoint.Reveal(),
            Delivery.LiveSecret
        );
        using var events = new RuntimeEvents(hunt);
        var spans = new Heard<Activity>();
        using var tracing = OpenTelemetry.Sdk.CreateTracerProviderBuilder().AddSource("*").AddInMemoryExporter(spans).Build();
        var metrics = new List<Metric>();
        using var measuring = OpenTelemetry.Sdk.CreateMeterProviderBuilder().AddMeter("*").AddInMemoryExporter(metrics).Build();

        var settings = Hosts.SettingsOf(emulator);
        settings["NodeData:WebhookSecrets"] = endpoint.Reveal();
        using (var host = new Hosts(settings, Register))
        {
            await host.Host.StartAsync(Token);
            await FailInEveryWayAsync(emulator, host, issued, hunt);
            await FailWithWebhooksAsync(emulator, host, endpoint, hunt);
            foreach (var record in host.Log)
            {
                hunt.Add($"{record.Message} {record.Exception} {string.Join(' ', record.StructuredState ?? [])}");
            }

            hunt.AddObject(host.Services.GetRequiredService<IOptionsMonitor<NodeClientOptions>>().CurrentValue);
            hunt.AddObject(host.Node);
            hunt.AddObject(host.Node.Webhooks);
        }

        measuring.ForceFlush();
        var ended = spans.Snapshot();
        Assert.NotEmpty(ended);
        foreach (var span in ended)
        {
            hunt.Add($"{span.DisplayName} {string.Join(' ', span.TagObjects)} {string.Join(' ', span.Events.SelectMany(e => e.Tags))}");
        }

        foreach (var metric in metrics)
        {
            foreach (ref readonly var point in metric.GetMetricPoints())
            {
                foreach (var tag in point.Tags)
                {
                    hunt.Add($"{tag.Key} {tag.Value}");
                }
            }
        }

        hunt.AddObject(issued);
        hunt.AddObject(issued.Secret);
        hunt.AddObject(issued.Info);
        hunt.AddObject(endpoint);
        hunt.AddObject(endpoint.Secret);
        hunt.AddObject(endpoint.Endpoint);
        hunt.AddObject(new SecretReference(issued.Reveal()));
        hunt.AddObject(new ApiKeyCredential(issued.Secret));
        hunt.AddObject(NodeRequestBody.FromBytes(Encoding.UTF8.GetBytes(issued.Reveal())));
        foreach (var request in emulator.Requests)
        {
            hunt.AddObject(request);
        }

        Assert.Empty(hunt.Find());
    }

    [Theory]
    [InlineData("nd_test_abcdefghijklmnopqrst1234")]
    [InlineData("...ijklmnop...")]
    [InlineData("QmVhcmVyIG5kX3Rlc3RfYWJjZGVmZ2hpamtsbW5vcHFyc3QxMjM0")]
    [InlineData("6162636465666768696a6b6c6d6e6f707172737431323334")]
    public void A_planted_leak_is_found(string leak)
    {
        var hunt = new SecretHunt(Clients.TestKey);
        hunt.Add($"something before {leak} something behind");

        Assert.NotEmpty(hunt.Find());
    }

    [Fact]
    public void A_leak_in_an_exception_or_an_object_is_found()
    {
        var inException = new SecretHunt(Clients.TestKey);
        inException.Add(new InvalidOperationException("outer", new InvalidOperationException($"Authorization: Bearer {Clients.TestKey}")));
        var inObject = new SecretHunt(Clients.TestKey);
        inObject.AddObject(new { Key = Clients.TestKey });

        Assert.NotEmpty(inException.Find());
        Assert.NotEmpty(inObject.Find());
    }

    private static void Register(IServiceCollection services)
    {
        services.AddNodeData(options => options.Jitter = () => 0);
        services.AddHealthChecks().AddNodeData();
    }

    private static async Task FailInEveryWayAsync(NodeDataEmulator emulator, Hosts host, CreatedApiKey issued, SecretHunt hunt)
    {
        var echo = $$$"""{"error":{"code":"x","message":"{{{issued.Reveal()}}}"},"secret":"{{{issued.Reveal()}}}"}""";
        EmulatorFault[] faults =
        [
            EmulatorFault.ResetConnection(),
            EmulatorFault.DropResponse(),
            EmulatorFault.Truncate(5),
            EmulatorFault.RespondWith(200, issued.Reveal()),
            EmulatorFault.RespondWith(200, $$"""{"id":{{issued.Reveal()}}}"""),
            .. new[] { 302, 400, 401, 402, 403, 404, 409, 418, 429, 500, 503 }.Select(status => EmulatorFault.RespondWith(status, echo)),
        ];
        foreach (var fault in faults)
        {
            foreach (var door in Enum.GetValues<Door>())
            {
                emulator.Faults.Enqueue("*", fault, 20);
                hunt.Add((await Assert.ThrowsAnyAsync<NodeDataException>(() => host.Node.CreateKey(door, new CreateApiKeyOptions("x")))));
                hunt.Add((await Assert.ThrowsAnyAsync<NodeDataException>(() => host.Node.GetMe(door))));
                emulator.Faults.Clear();
            }
        }

        foreach (var wrong in new[] { Clients.LiveKey, $"{issued.Reveal()}\n", $"key_{issued.Reveal()}" })
        {
            hunt.Add(await Assert.ThrowsAnyAsync<Exception>(() => host.Node.RevokeKey(Door.Async, wrong)));
            hunt.Add(await Assert.ThrowsAnyAsync<Exception>(() => host.Node.Send(Door.Async, HttpMethod.Get, $"keys/{wrong}")));
            hunt.Add(await Assert.ThrowsAnyAsync<Exception>(() => host.Node.GetKey(Door.Async, wrong)));
            host.Change("NodeData:ApiKey", wrong.Replace("nd_test_", "nd_tset_", StringComparison.Ordinal));
        }

        host.Change("NodeData:ApiKey", emulator.TestKey.Reveal());
        await host.Node.RevokeKey(Door.Sync, issued.Secret);
        var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Token);
        hunt.Add(string.Join(' ', report.Entries.Values.Select(entry => $"{entry.Description} {string.Join(' ', entry.Data)}")));
    }

    private static async Task FailWithWebhooksAsync(NodeDataEmulator emulator, Hosts host, CreatedWebhookEndpoint endpoint, SecretHunt hunt)
    {
        var echo =
            $$"""{"id":"we_1","url":"https://shop.example/{{endpoint.Reveal()}}","secret":"{{Delivery.LiveSecret}}","deleted":false}""";
        EmulatorFault[] faults =
        [
            EmulatorFault.ResetConnection(),
            EmulatorFault.Truncate(5),
            EmulatorFault.RespondWith(200, endpoint.Reveal()),
            EmulatorFault.RespondWith(200, echo),
            EmulatorFault.RespondWith(
                400,
                $$$"""{"error":{"code":"x","message":"{{{endpoint.Reveal()}}}"},"secret":"{{{endpoint.Reveal()}}}"}"""
            ),
            EmulatorFault.RespondWith(500, echo),
        ];
        foreach (var fault in faults)
        {
            foreach (var door in Enum.GetValues<Door>())
            {
                emulator.Faults.Enqueue("*", fault, 20);
                hunt.Add(
                    await Assert.ThrowsAnyAsync<NodeDataException>(() =>
                        host.Node.CreateEndpoint(door, new CreateWebhookEndpointOptions("https://shop.example"))
                    )
                );
                hunt.Add(await Assert.ThrowsAnyAsync<NodeDataException>(() => host.Node.DeleteEndpoint(door, "we_unknown")));
                emulator.Faults.Clear();
            }
        }

        emulator.Faults.Enqueue("*", EmulatorFault.RespondWith(200, echo));
        hunt.AddObject(await host.Node.GetEndpoint(Door.Async, endpoint.Id));
        hunt.AddObject(host.Node.Webhooks.Verify("{}", $"t=1,v1={endpoint.Reveal()}"));
        hunt.Add(Assert.ThrowsAny<ArgumentException>(() => new CreateWebhookEndpointOptions($"https://shop.example/{endpoint.Reveal()}")));
        hunt.Add(Assert.ThrowsAny<ArgumentException>(() => new UpdateWebhookEndpointOptions { Description = endpoint.Reveal() }));
        hunt.Add(await Assert.ThrowsAnyAsync<ArgumentException>(() => host.Node.GetEndpoint(Door.Sync, endpoint.Reveal())));
        foreach (var wrong in new[] { $"'{endpoint.Reveal()}'", $"{endpoint.Reveal()},{Delivery.LiveSecret}", emulator.TestKey.Reveal() })
        {
            host.Change("NodeData:WebhookSecrets", wrong);
            var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Token);
            hunt.Add(string.Join(' ', report.Entries.Values.Select(entry => $"{entry.Description} {string.Join(' ', entry.Data)}")));
        }

        host.Change("NodeData:WebhookSecrets", endpoint.Reveal());
    }

    /// <summary>What the runtime's own HTTP stack tells of itself.</summary>
    private sealed class RuntimeEvents(SecretHunt hunt) : EventListener
    {
        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name.StartsWith("System.Net", StringComparison.Ordinal))
            {
                EnableEvents(eventSource, EventLevel.Informational);
            }
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            hunt?.Add($"{eventData.EventName} {string.Join(' ', eventData.Payload ?? new([]))}");
        }
    }
}
