using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace NodeData.Sdk.Tests.Webhooks.Receiving;

/// <summary>What is told of deliveries to those who listen.</summary>
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
                var told = new Dictionary<string, object?>(tags.ToArray());
                if (Equals(told["nodedata.webhook.receiver"], _receiver))
                {
                    _counts.Enqueue(told);
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
    public async Task A_delivery_is_a_span_and_a_count_by_outcome_and_type()
    {
        using var inbox = new Inbox(on => on.PayoutPaid((_, _) => Task.CompletedTask), receiver: _receiver);

        await inbox.DeliverAsync();
        await inbox.DeliverAsync();

        Assert.Equal(["handled", "duplicate"], _spans.Select(span => span.GetTagItem("nodedata.webhook.outcome")));
        var span = _spans.First();
        Assert.Equal(("nodedata.webhook.receive", ActivityKind.Consumer), (span.OperationName, span.Kind));
        Assert.Equal(200, span.GetTagItem("http.response.status_code"));
        Assert.Equal("ev_1", span.GetTagItem("nodedata.webhook.event.id"));
        Assert.Equal(["handled", "duplicate"], _counts.Select(count => count["nodedata.webhook.outcome"]));
        Assert.All(_counts, count => Assert.Equal("payout.paid", count["nodedata.webhook.event.type"]));
    }

    [Fact]
    public async Task A_type_that_nobody_named_does_not_make_a_series_of_its_own()
    {
        using var inbox = new Inbox(
            on => on.Any((_, _) => Task.CompletedTask).On("robot.moved", (_, _) => Task.CompletedTask),
            receiver: _receiver
        );

        await inbox.DeliverAsync("""{"id":"ev_1","type":"robot.moved"}""");
        await inbox.DeliverAsync("""{"id":"ev_2","type":"robot.fell"}""");

        Assert.Equal(["robot.moved", "_OTHER"], _counts.Select(count => count["nodedata.webhook.event.type"]));
    }

    [Fact]
    public async Task A_refusal_tells_its_code_and_a_failure_is_an_error()
    {
        using var inbox = new Inbox(on => on.Any((_, _) => throw new InvalidOperationException()), receiver: _receiver);

        await inbox.DeliverAsync([1], signature: null);
        await inbox.DeliverAsync();

        Assert.Equal(["refused", "failed"], _spans.Select(span => span.GetTagItem("nodedata.webhook.outcome")));
        Assert.Equal("malformed_signature", _spans.First().GetTagItem("error.type"));
        Assert.All(_spans, span => Assert.Equal(ActivityStatusCode.Error, span.Status));
    }

    [Fact]
    public async Task What_a_handler_calls_stands_below_the_delivery()
    {
        Activity? inside = null;
        using var inbox = new Inbox(
            on =>
                on.Any(
                    (_, _) =>
                    {
                        inside = Activity.Current;
                        return Task.CompletedTask;
                    }
                ),
            receiver: _receiver
        );

        await inbox.DeliverAsync();

        Assert.Equal(Assert.Single(_spans).SpanId, inside!.SpanId);
    }
}
