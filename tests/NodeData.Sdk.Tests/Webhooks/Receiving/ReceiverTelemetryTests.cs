using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace NodeData.Sdk.Tests.Webhooks.Receiving;

/// <summary>Tests of the activities and metrics of a receiver.</summary>
public sealed class ReceiverTelemetryTests : IDisposable
{
    private readonly string _receiver = $"telemetry-{Guid.NewGuid():N}";
    private readonly ConcurrentQueue<Activity> _spans = [];
    private readonly ConcurrentQueue<Dictionary<string, object?>> _counts = [];
    private readonly ActivityListener _listener;
    private readonly MeterListener _meters = new();

    public ReceiverTelemetryTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "NodeData.Sdk",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span =>
            {
                if (Equals(span.GetTagItem("nodedata.webhook.receiver"), _receiver))
                {
                    _spans.Enqueue(span);
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "nodedata.webhook.deliveries")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _meters.SetMeasurementEventCallback<long>(
            (_, _, tags, _) =>
            {
                var measurementTags = new Dictionary<string, object?>(tags.ToArray());
                if (Equals(measurementTags["nodedata.webhook.receiver"], _receiver))
                {
                    _counts.Enqueue(measurementTags);
                }
            }
        );
        _meters.Start();
    }

    public void Dispose()
    {
        _listener.Dispose();
        _meters.Dispose();
    }

    [Fact]
    public async Task An_attempt_emits_a_span_and_a_count_with_outcome_and_type()
    {
        using var receiver = new TestReceiver(on => on.PayoutPaid((_, _) => Task.CompletedTask), receiverName: _receiver);

        await receiver.DeliverAsync();
        await receiver.DeliverAsync();

        Assert.Equal(["handled", "duplicate"], _spans.Select(span => span.GetTagItem("nodedata.webhook.outcome")));
        var span = _spans.First();
        Assert.Equal(("nodedata.webhook.receive", ActivityKind.Consumer), (span.OperationName, span.Kind));
        Assert.Equal(200, span.GetTagItem("http.response.status_code"));
        Assert.Equal("ev_1", span.GetTagItem("nodedata.webhook.event.id"));
        Assert.Equal(["handled", "duplicate"], _counts.Select(count => count["nodedata.webhook.outcome"]));
        Assert.All(_counts, count => Assert.Equal("payout.paid", count["nodedata.webhook.event.type"]));
    }

    [Fact]
    public async Task An_event_type_without_a_registered_handler_is_counted_as_other()
    {
        using var receiver = new TestReceiver(
            on => on.Any((_, _) => Task.CompletedTask).On("robot.moved", (_, _) => Task.CompletedTask),
            receiverName: _receiver
        );

        await receiver.DeliverAsync("""{"id":"ev_1","type":"robot.moved"}""");
        await receiver.DeliverAsync("""{"id":"ev_2","type":"robot.fell"}""");

        Assert.Equal(["robot.moved", "_OTHER"], _counts.Select(count => count["nodedata.webhook.event.type"]));
    }

    [Fact]
    public async Task A_rejection_has_its_code_and_a_failure_is_an_error()
    {
        using var receiver = new TestReceiver(on => on.Any((_, _) => throw new InvalidOperationException()), receiverName: _receiver);

        await receiver.DeliverAsync([1], signature: null);
        await receiver.DeliverAsync();

        Assert.Equal(["rejected", "failed"], _spans.Select(span => span.GetTagItem("nodedata.webhook.outcome")));
        Assert.Equal("malformed_signature", _spans.First().GetTagItem("error.type"));
        Assert.All(_spans, span => Assert.Equal(ActivityStatusCode.Error, span.Status));
    }

    [Fact]
    public async Task The_handler_runs_within_the_span_of_the_attempt()
    {
        Activity? handlerSpan = null;
        using var receiver = new TestReceiver(
            on =>
                on.Any(
                    (_, _) =>
                    {
                        handlerSpan = Activity.Current;
                        return Task.CompletedTask;
                    }
                ),
            receiverName: _receiver
        );

        await receiver.DeliverAsync();

        Assert.Equal(Assert.Single(_spans).SpanId, handlerSpan!.SpanId);
    }
}
