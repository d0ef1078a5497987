using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using NodeData.Sdk.Tests.Diagnostics;
using NodeData.Sdk.Tests.Doubles;
using NodeData.Sdk.Tests.Secrets;
using OpenTelemetry.Trace;

namespace NodeData.Sdk.Tests.Keys.Rotation;

/// <summary>
/// The telemetry of a rotation: one trace for all its runs, log messages, and no secret anywhere. Not in parallel, because listeners are process-wide.
/// </summary>
[Collection(nameof(TelemetryTests))]
public sealed class RotationTelemetryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_runs_of_a_rotation_share_one_trace_with_the_calls_as_children()
    {
        await using var fixture = await RotationFixture.StartAsync();
        var options = fixture.Options with { Overlap = TimeSpan.FromHours(1) };
        var spans = new List<Activity>();
        ApiKeyRotation started;
        using (OpenTelemetry.Sdk.CreateTracerProviderBuilder().AddSource("NodeData.Sdk").AddInMemoryExporter(spans).Build())
        {
            started = await fixture.Admin.Keys.StartKeyRotationAsync(fixture.OldKey.Id, options, Token);
            fixture.Emulator.Clock.Advance(TimeSpan.FromHours(1));
            using var elsewhere = new Activity("a later run of the job").Start();
            await fixture.Admin.Keys.CompleteKeyRotationAsync(started.RotationId, options, Token);
        }

        var first = Assert.Single(spans, span => span.DisplayName == "nodedata.keys.start_rotation");
        var second = Assert.Single(spans, span => span.DisplayName == "nodedata.keys.complete_rotation");
        Assert.Equal(first.TraceId, second.TraceId);
        Assert.Equal(first.SpanId, second.ParentSpanId);
        Assert.Single(second.Links);
        Assert.Equal(started.RotationId, first.GetTagItem("nodedata.rotation.id"));
        Assert.Equal("completed", second.GetTagItem("nodedata.rotation.stage"));
        var calls = spans.Where(span => span.Kind is ActivityKind.Client).ToList();
        Assert.All(calls, call => Assert.Equal(first.TraceId, call.TraceId));
        Assert.Equal(
            ["DELETE keys/{id}", "GET keys", "GET keys/{id}", "GET me", "POST keys"],
            calls.Select(call => call.DisplayName).Distinct().Order(StringComparer.Ordinal)
        );
        var page = await File.ReadAllTextAsync(Path.Combine(Command.RepositoryRoot, "docs", "observability.md"), Token);
        var tags = new[] { first, second }.SelectMany(span => span.TagObjects.Concat(span.Events.SelectMany(step => step.Tags)));
        Assert.All(tags, tag => Assert.Contains($"`{tag.Key}`", page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_failed_rotation_is_traced_as_an_error()
    {
        await using var fixture = await RotationFixture.StartAsync();
        var spans = new List<Activity>();
        using (OpenTelemetry.Sdk.CreateTracerProviderBuilder().AddSource("NodeData.Sdk").AddInMemoryExporter(spans).Build())
        {
            await Assert.ThrowsAsync<ApiKeyRotationException>(() =>
                fixture.Admin.Keys.RotateAsync(fixture.OldKey.Id, fixture.Options with { Mode = KeyMode.Live }, Token)
            );
        }

        var span = Assert.Single(spans, span => span.DisplayName == "nodedata.keys.rotate");
        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.Equal("NodeData.Sdk.ApiKeyRotationException", span.GetTagItem("error.type"));
    }

    [Fact]
    public async Task No_secret_is_logged_traced_or_stored()
    {
        await using var fixture = await RotationFixture.StartAsync();
        var secrets = new List<string> { fixture.OldKey.Reveal(), fixture.Emulator.TestKey.Reveal() };
        var outputs = new List<string>();
        var spans = new List<Activity>();
        var settings = TestHost.CreateSettings(fixture.Emulator);
        using var host = new TestHost(settings, services => services.AddNodeData(options => options.TimeProvider = fixture.Clock));
        var leaky = new StubSink("leaky", key => throw new InvalidOperationException($"Authorization: Bearer {key.Reveal()}"));
        var keep = new StubSink("keep", key => secrets.Add(key.Reveal()));
        using (OpenTelemetry.Sdk.CreateTracerProviderBuilder().AddSource("NodeData.Sdk").AddInMemoryExporter(spans).Build())
        {
            var options = fixture.Options with { Sinks = [keep, leaky], OldKey = fixture.OldKey.Secret };
            outputs.Add(
                (
                    await Assert.ThrowsAsync<ApiKeyRotationException>(() => host.Node.Keys.RotateAsync(fixture.OldKey.Id, options, Token))
                ).ToString()
            );
            var receipt = await host.Node.Keys.RotateAsync(
                fixture.OldKey.Id,
                options with
                {
                    Sinks = [keep, .. fixture.Options.Sinks],
                },
                Token
            );
            outputs.AddRange([receipt.ToString(), options.ToString()]);
        }

        Assert.Equal(4, secrets.Count);
        var scanner = new SecretLeakDetector([.. secrets]);
        outputs.ForEach(scanner.Add);
        fixture.Progress.ForEach(scanner.AddObject);
        spans.ForEach(span =>
            scanner.Add($"{string.Join(' ', span.TagObjects)} {string.Join(' ', span.Events.SelectMany(step => step.Tags))}")
        );
        Assert.Contains(host.LogRecords, line => line.Id.Id == 4);
        foreach (var line in host.LogRecords)
        {
            scanner.Add($"{line.Message} {line.Exception} {string.Join(' ', line.StructuredState ?? [])}");
        }

        foreach (var file in Directory.EnumerateFiles(fixture.Store.Directory))
        {
            scanner.Add(await File.ReadAllTextAsync(file, Token));
        }

        Assert.Empty(scanner.Find());
    }
}
