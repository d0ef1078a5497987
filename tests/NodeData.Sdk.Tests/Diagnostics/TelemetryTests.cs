using System.Diagnostics;
using NodeData.Sdk.Tests.Doubles;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace NodeData.Sdk.Tests.Diagnostics;

/// <summary>Tests the exported telemetry with OpenTelemetry. Not run in parallel, because activity sources and meters are process-wide.</summary>
[Collection(nameof(TelemetryTests))]
[CollectionDefinition(nameof(TelemetryTests), DisableParallelization = true)]
public sealed class TelemetryTests
{
    [Theory]
    [SyncAndAsync]
    public async Task A_call_is_one_span_and_each_attempt_an_event(CallStyle callStyle)
    {
        await using var server = new ScriptedServer(request =>
            request.Index == 0
                ? request.RespondAsync(503, "{}", "x-request-id: req_0")
                : request.RespondAsync(200, """{"id":"key_1"}""", "x-request-id: req_1")
        );
        using var node = TestClients.Create(server.BaseAddress);
        var spans = new List<Activity>();
        using (var tracing = OpenTelemetry.Sdk.CreateTracerProviderBuilder().AddSource("NodeData.Sdk").AddInMemoryExporter(spans).Build())
        {
            await node.GetKey(callStyle, "key_1");
        }

        var span = Assert.Single(spans);
        Assert.Equal("GET keys/{id}", span.DisplayName);
        Assert.Equal(ActivityKind.Client, span.Kind);
        Assert.Equal("GET", span.GetTagItem("http.request.method"));
        Assert.Equal("127.0.0.1", span.GetTagItem("server.address"));
        Assert.Equal(server.BaseAddress.Port, span.GetTagItem("server.port"));
        Assert.Equal("keys/{id}", span.GetTagItem("url.template"));
        Assert.Equal($"{server.BaseAddress}/keys/key_1", span.GetTagItem("url.full"));
        Assert.Equal(200, span.GetTagItem("http.response.status_code"));
        Assert.Equal(1, span.GetTagItem("http.request.resend_count"));
        Assert.Equal("req_1", span.GetTagItem("nodedata.request_id"));
        Assert.Null(span.GetTagItem("error.type"));
        Assert.Equal(ActivityStatusCode.Unset, span.Status);

        AssertDocumented(span.TagObjects.Concat(span.Events.SelectMany(attempt => attempt.Tags)));
        var attempts = span.Events.Select(attempt => attempt.Tags.ToDictionary(tag => tag.Key, tag => tag.Value)).ToList();
        Assert.All(span.Events, attempt => Assert.Equal("nodedata.attempt", attempt.Name));
        Assert.Equal([0, 1], attempts.Select(attempt => attempt["http.request.resend_count"]));
        Assert.Equal([503, 200], attempts.Select(attempt => attempt["http.response.status_code"]));
        Assert.Equal(["req_0", "req_1"], attempts.Select(attempt => attempt["nodedata.request_id"]));
        Assert.Equal("503", attempts[0]["error.type"]);
    }

    [Theory]
    [SyncAndAsync]
    public async Task A_failure_sets_the_error_type(CallStyle callStyle)
    {
        await using var server = new ScriptedServer(request =>
        {
            if (request.Index == 0)
            {
                return request.RespondAsync(404, "{}");
            }

            request.Reset();
            return Task.CompletedTask;
        });
        using var node = TestClients.Create(server.BaseAddress, configure: options => options.MaxRetries = 0);
        var spans = new List<Activity>();
        using (var tracing = OpenTelemetry.Sdk.CreateTracerProviderBuilder().AddSource("NodeData.Sdk").AddInMemoryExporter(spans).Build())
        {
            await Assert.ThrowsAsync<NodeDataNotFoundException>(() => node.GetMe(callStyle));
            await Assert.ThrowsAsync<NodeDataConnectionException>(() => node.GetMe(callStyle));
            await Assert.ThrowsAsync<NodeDataConfigurationException>(() => node.RevokeKey(callStyle, TestClients.LiveKey));
        }

        Assert.Equal(
            ["404", "NodeData.Sdk.NodeDataConnectionException", "NodeData.Sdk.NodeDataConfigurationException"],
            spans.Select(span => span.GetTagItem("error.type"))
        );
        Assert.All(spans, span => Assert.Equal(ActivityStatusCode.Error, span.Status));
        Assert.Equal([404, null, null], spans.Select(span => span.GetTagItem("http.response.status_code")));
    }

    [Theory]
    [SyncAndAsync]
    public async Task Durations_are_in_seconds_and_active_calls_are_counted(CallStyle callStyle)
    {
        await using var server = new ScriptedServer(request => request.RespondAsync(200, TestClients.AccountJson));
        using var node = TestClients.Create(server.BaseAddress);
        var metrics = new List<Metric>();
        using (var measuring = OpenTelemetry.Sdk.CreateMeterProviderBuilder().AddMeter("NodeData.Sdk").AddInMemoryExporter(metrics).Build())
        {
            await node.GetMe(callStyle);
            measuring.ForceFlush();
        }

        var duration = metrics.Last(metric => metric.Name == "nodedata.client.request.duration");
        var active = metrics.Last(metric => metric.Name == "nodedata.client.active_requests");
        Assert.Equal("s", duration.Unit);
        Assert.Equal("{request}", active.Unit);
        var tags = GetTags(duration);
        Assert.Equal("GET", tags["http.request.method"]);
        Assert.Equal("me", tags["url.template"]);
        Assert.Equal(200, tags["http.response.status_code"]);
        Assert.Equal(server.BaseAddress.Port, tags["server.port"]);
        AssertDocumented(tags);
        foreach (var metric in new[] { duration, active })
        {
            Assert.Matches(
                $@"\| `{metric.Name}` \| [a-z-]+( [a-z]+)? \| {System.Text.RegularExpressions.Regex.Escape(metric.Unit)} \|",
                Page
            );
        }

        foreach (ref readonly var point in active.GetMetricPoints())
        {
            Assert.Equal(0, point.GetSumLong());
        }
    }

    private static string Page { get; } = File.ReadAllText(Path.Combine(Command.RepositoryRoot, "docs", "observability.md"));

    // Only the attributes that the page lists are exported.
    private static void AssertDocumented(IEnumerable<KeyValuePair<string, object?>> tags) =>
        Assert.All(tags, tag => Assert.Contains($"`{tag.Key}`", Page, StringComparison.Ordinal));

    private static Dictionary<string, object?> GetTags(Metric metric)
    {
        var tags = new Dictionary<string, object?>();
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            Assert.Equal(1, point.GetHistogramCount());
            foreach (var tag in point.Tags)
            {
                tags[tag.Key] = tag.Value;
            }
        }

        return tags;
    }
}
