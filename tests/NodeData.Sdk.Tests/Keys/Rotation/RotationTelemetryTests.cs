using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using NodeData.Sdk.Tests.Diagnostics;
using NodeData.Sdk.Tests.Doubles;
using NodeData.Sdk.Tests.Secrets;
using OpenTelemetry.Trace;

namespace NodeData.Sdk.Tests.Keys.Rotation;

/// <summary>What is told of a rotation: one trace for all its runs, log messages, and no secret anywhere. Not in parallel: listeners are of the process.</summary>
[Collection(nameof(TelemetryTests))]
public sealed class RotationTelemetryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_runs_of_a_rotation_are_one_trace_with_the_calls_below()
    {
        await using var bench = await RotationBench.StartAsync();
        var plan = bench.Plan with { Overlap = TimeSpan.FromHours(1) };
        var spans = new List<Activity>();
        ApiKeyRotation begun;
        using (OpenTelemetry.Sdk.CreateTracerProviderBuilder().AddSource("NodeData.Sdk").AddInMemoryExporter(spans).Build())
        {
            begun = await bench.Admin.Keys.StartKeyRotationAsync(bench.Old.Id, plan, Token);
            bench.Emulator.Clock.Advance(TimeSpan.FromHours(1));
            using var elsewhere = new Activity("a later run of the job").Start();
            await bench.Admin.Keys.CompleteKeyRotationAsync(begun.RotationId, plan, Token);
        }

        var first = Assert.Single(spans, span => span.DisplayName == "nodedata.keys.begin_rotation");
        var second = Assert.Single(spans, span => span.DisplayName == "nodedata.keys.complete_rotation");
        Assert.Equal(first.TraceId, second.TraceId);
        Assert.Equal(first.SpanId, second.ParentSpanId);
        Assert.Single(second.Links);
        Assert.Equal(begun.RotationId, first.GetTagItem("nodedata.rotation.id"));
        Assert.Equal("completed", second.GetTagItem("nodedata.rotation.stage"));
        var calls = spans.Where(span => span.Kind is ActivityKind.Client).ToList();
        Assert.All(calls, call => Assert.Equal(first.TraceId, call.TraceId));
        Assert.Equal(
            ["DELETE keys/{id}", "GET keys", "GET keys/{id}", "GET me", "POST keys"],
            calls.Select(call => call.DisplayName).Distinct().Order(StringComparer.Ordinal)
        );
        var page = await File.ReadAllTextAsync(Path.Combine(Command.Repository, "docs", "observability.md"), Token);
        var told = new[] { first, second }.SelectMany(span => span.TagObjects.Concat(span.Events.SelectMany(step => step.Tags)));
        Assert.All(told, tag => Assert.Contains($"`{tag.Key}`", page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_rotation_that_stops_is_an_error()
    {
        await using var bench = await RotationBench.StartAsync();
        var spans = new List<Activity>();
        using (OpenTelemetry.Sdk.CreateTracerProviderBuilder().AddSource("NodeData.Sdk").AddInMemoryExporter(spans).Build())
        {
            await Assert.ThrowsAsync<ApiKeyRotationException>(() =>
                bench.Admin.Keys.RotateAsync(bench.Old.Id, bench.Plan with { Mode = KeyMode.Live }, Token)
            );
        }

        var span = Assert.Single(spans, span => span.DisplayName == "nodedata.keys.rotate");
        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.Equal("NodeData.Sdk.KeyRotationException", span.GetTagItem("error.type"));
    }

    [Fact]
    public async Task No_secret_is_told_written_or_kept()
    {
        await using var bench = await RotationBench.StartAsync();
        var secrets = new List<string> { bench.Old.Reveal(), bench.Emulator.TestKey.Reveal() };
        var told = new List<string>();
        var spans = new List<Activity>();
        var settings = Hosts.SettingsOf(bench.Emulator);
        using var host = new Hosts(settings, services => services.AddNodeData(options => options.TimeProvider = bench.Clock));
        var leaky = new Sink("leaky", key => throw new InvalidOperationException($"Authorization: Bearer {key.Reveal()}"));
        var keep = new Sink("keep", key => secrets.Add(key.Reveal()));
        using (OpenTelemetry.Sdk.CreateTracerProviderBuilder().AddSource("NodeData.Sdk").AddInMemoryExporter(spans).Build())
        {
            var plan = bench.Plan with { Sinks = [keep, leaky], OldKey = bench.Old.Secret };
            told.Add(
                (await Assert.ThrowsAsync<ApiKeyRotationException>(() => host.Node.Keys.RotateAsync(bench.Old.Id, plan, Token))).ToString()
            );
            var receipt = await host.Node.Keys.RotateAsync(bench.Old.Id, plan with { Sinks = [keep, .. bench.Plan.Sinks] }, Token);
            told.AddRange([receipt.ToString(), plan.ToString()]);
        }

        Assert.Equal(4, secrets.Count);
        var hunt = new SecretHunt([.. secrets]);
        told.ForEach(hunt.Add);
        bench.Told.ForEach(hunt.AddObject);
        spans.ForEach(span =>
            hunt.Add($"{string.Join(' ', span.TagObjects)} {string.Join(' ', span.Events.SelectMany(step => step.Tags))}")
        );
        Assert.Contains(host.Log, line => line.Id.Id == 4);
        foreach (var line in host.Log)
        {
            hunt.Add($"{line.Message} {line.Exception} {string.Join(' ', line.StructuredState ?? [])}");
        }

        foreach (var file in Directory.EnumerateFiles(bench.Log.Directory))
        {
            hunt.Add(await File.ReadAllTextAsync(file, Token));
        }

        Assert.Empty(hunt.Find());
    }
}
