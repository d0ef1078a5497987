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

/// <summary>
/// Runs calls with every outcome while all listeners are attached at their most verbose level, and searches the output for secrets. Not run in parallel,
/// because listeners are process-wide.
/// </summary>
[Collection(nameof(SecretLeakTests))]
[CollectionDefinition(nameof(SecretLeakTests), DisableParallelization = true)]
public sealed class SecretLeakTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_secret_is_exposed_whatever_happens()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var admin = emulator.CreateClient();
        var issued = await admin.Keys.CreateAsync(new CreateApiKeyOptions("leak-test") { IdempotencyKey = "once" }, Token);
        var endpoint = await admin.Webhooks.CreateAsync(
            new CreateWebhookEndpointOptions("https://shop.example") { IdempotencyKey = "once-too" },
            Token
        );
        var detector = new SecretLeakDetector(
            emulator.TestKey.Reveal(),
            emulator.LiveKey.Reveal(),
            issued.Reveal(),
            TestClients.LiveKey,
            endpoint.Reveal(),
            SignatureTestData.LiveSecret
        );
        using var events = new RuntimeEvents(detector);
        var spans = new SynchronizedCollection<Activity>();
        using var tracing = OpenTelemetry.Sdk.CreateTracerProviderBuilder().AddSource("*").AddInMemoryExporter(spans).Build();
        var metrics = new List<Metric>();
        using var measuring = OpenTelemetry.Sdk.CreateMeterProviderBuilder().AddMeter("*").AddInMemoryExporter(metrics).Build();

        var settings = TestHost.CreateSettings(emulator);
        settings["NodeData:WebhookSecrets"] = endpoint.Reveal();
        using (var host = new TestHost(settings, Register))
        {
            await host.Host.StartAsync(Token);
            await FailInEveryWayAsync(emulator, host, issued, detector);
            await FailWithWebhooksAsync(emulator, host, endpoint, detector);
            foreach (var record in host.LogRecords)
            {
                detector.Add($"{record.Message} {record.Exception} {string.Join(' ', record.StructuredState ?? [])}");
            }

            detector.AddObject(host.Services.GetRequiredService<IOptionsMonitor<NodeClientOptions>>().CurrentValue);
            detector.AddObject(host.Node);
            detector.AddObject(host.Node.Webhooks);
        }

        measuring.ForceFlush();
        var ended = spans.Snapshot();
        Assert.NotEmpty(ended);
        foreach (var span in ended)
        {
            detector.Add($"{span.DisplayName} {string.Join(' ', span.TagObjects)} {string.Join(' ', span.Events.SelectMany(e => e.Tags))}");
        }

        foreach (var metric in metrics)
        {
            foreach (ref readonly var point in metric.GetMetricPoints())
            {
                foreach (var tag in point.Tags)
                {
                    detector.Add($"{tag.Key} {tag.Value}");
                }
            }
        }

        detector.AddObject(issued);
        detector.AddObject(issued.Secret);
        detector.AddObject(issued.Info);
        detector.AddObject(endpoint);
        detector.AddObject(endpoint.Secret);
        detector.AddObject(endpoint.Endpoint);
        detector.AddObject(new SecretReference(issued.Reveal()));
        detector.AddObject(new ApiKeyCredential(issued.Secret));
        detector.AddObject(NodeRequestBody.FromBytes(Encoding.UTF8.GetBytes(issued.Reveal())));
        foreach (var request in emulator.Requests)
        {
            detector.AddObject(request);
        }

        Assert.Empty(detector.Find());
    }

    [Theory]
    [InlineData("nd_test_abcdefghijklmnopqrst1234")]
    [InlineData("...ijklmnop...")]
    [InlineData("QmVhcmVyIG5kX3Rlc3RfYWJjZGVmZ2hpamtsbW5vcHFyc3QxMjM0")]
    [InlineData("6162636465666768696a6b6c6d6e6f707172737431323334")]
    public void A_planted_leak_is_found(string leak)
    {
        var detector = new SecretLeakDetector(TestClients.TestKey);
        detector.Add($"text before {leak} text after");

        Assert.NotEmpty(detector.Find());
    }

    [Fact]
    public void A_leak_in_an_exception_or_an_object_is_found()
    {
        var inException = new SecretLeakDetector(TestClients.TestKey);
        inException.Add(
            new InvalidOperationException("outer", new InvalidOperationException($"Authorization: Bearer {TestClients.TestKey}"))
        );
        var inObject = new SecretLeakDetector(TestClients.TestKey);
        inObject.AddObject(new { Key = TestClients.TestKey });

        Assert.NotEmpty(inException.Find());
        Assert.NotEmpty(inObject.Find());
    }

    private static void Register(IServiceCollection services)
    {
        services.AddNodeData(options => options.Jitter = () => 0);
        services.AddHealthChecks().AddNodeData();
    }

    private static async Task FailInEveryWayAsync(
        NodeDataEmulator emulator,
        TestHost host,
        CreatedApiKey issued,
        SecretLeakDetector detector
    )
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
            foreach (var callStyle in Enum.GetValues<CallStyle>())
            {
                emulator.Faults.Enqueue("*", fault, 20);
                detector.Add(
                    (await Assert.ThrowsAnyAsync<NodeDataException>(() => host.Node.CreateKey(callStyle, new CreateApiKeyOptions("x"))))
                );
                detector.Add((await Assert.ThrowsAnyAsync<NodeDataException>(() => host.Node.GetMe(callStyle))));
                emulator.Faults.Clear();
            }
        }

        foreach (var wrong in new[] { TestClients.LiveKey, $"{issued.Reveal()}\n", $"key_{issued.Reveal()}" })
        {
            detector.Add(await Assert.ThrowsAnyAsync<Exception>(() => host.Node.RevokeKey(CallStyle.Async, wrong)));
            detector.Add(await Assert.ThrowsAnyAsync<Exception>(() => host.Node.Send(CallStyle.Async, HttpMethod.Get, $"keys/{wrong}")));
            detector.Add(await Assert.ThrowsAnyAsync<Exception>(() => host.Node.GetKey(CallStyle.Async, wrong)));
            host.SetSetting("NodeData:ApiKey", wrong.Replace("nd_test_", "nd_tset_", StringComparison.Ordinal));
        }

        host.SetSetting("NodeData:ApiKey", emulator.TestKey.Reveal());
        await host.Node.RevokeKey(CallStyle.Sync, issued.Secret);
        var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Token);
        detector.Add(string.Join(' ', report.Entries.Values.Select(entry => $"{entry.Description} {string.Join(' ', entry.Data)}")));
    }

    private static async Task FailWithWebhooksAsync(
        NodeDataEmulator emulator,
        TestHost host,
        CreatedWebhookEndpoint endpoint,
        SecretLeakDetector detector
    )
    {
        var echo =
            $$"""{"id":"we_1","url":"https://shop.example/{{endpoint.Reveal()}}","secret":"{{SignatureTestData.LiveSecret}}","deleted":false}""";
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
            foreach (var callStyle in Enum.GetValues<CallStyle>())
            {
                emulator.Faults.Enqueue("*", fault, 20);
                detector.Add(
                    await Assert.ThrowsAnyAsync<NodeDataException>(() =>
                        host.Node.CreateEndpoint(callStyle, new CreateWebhookEndpointOptions("https://shop.example"))
                    )
                );
                detector.Add(await Assert.ThrowsAnyAsync<NodeDataException>(() => host.Node.DeleteEndpoint(callStyle, "we_unknown")));
                emulator.Faults.Clear();
            }
        }

        emulator.Faults.Enqueue("*", EmulatorFault.RespondWith(200, echo));
        detector.AddObject(await host.Node.GetEndpoint(CallStyle.Async, endpoint.Id));
        detector.AddObject(host.Node.Webhooks.Verify("{}", $"t=1,v1={endpoint.Reveal()}"));
        detector.Add(
            Assert.ThrowsAny<ArgumentException>(() => new CreateWebhookEndpointOptions($"https://shop.example/{endpoint.Reveal()}"))
        );
        detector.Add(Assert.ThrowsAny<ArgumentException>(() => new UpdateWebhookEndpointOptions { Description = endpoint.Reveal() }));
        detector.Add(await Assert.ThrowsAnyAsync<ArgumentException>(() => host.Node.GetEndpoint(CallStyle.Sync, endpoint.Reveal())));
        foreach (
            var wrong in new[]
            {
                $"'{endpoint.Reveal()}'",
                $"{endpoint.Reveal()},{SignatureTestData.LiveSecret}",
                emulator.TestKey.Reveal(),
            }
        )
        {
            host.SetSetting("NodeData:WebhookSecrets", wrong);
            var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Token);
            detector.Add(string.Join(' ', report.Entries.Values.Select(entry => $"{entry.Description} {string.Join(' ', entry.Data)}")));
        }

        host.SetSetting("NodeData:WebhookSecrets", endpoint.Reveal());
    }

    /// <summary>Collects the events of the runtime's HTTP stack.</summary>
    private sealed class RuntimeEvents(SecretLeakDetector detector) : EventListener
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
            detector?.Add($"{eventData.EventName} {string.Join(' ', eventData.Payload ?? new([]))}");
        }
    }
}
