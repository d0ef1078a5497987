using Microsoft.Extensions.Time.Testing;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Testing.Tests.Conformance;

/// <summary>A log that is its own store, on a clock that the checks advance.</summary>
internal sealed class InMemorySubject(Func<TimeProvider, IWebhookClaimStore> open, bool isShared = true) : WebhookClaimStoreFixture
{
    private readonly FakeTimeProvider _clock = new();
    private IWebhookClaimStore? _log;

    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(3);

    public override TimeSpan CallTimeout => Limit;

    public override ValueTask<IWebhookClaimStore> OpenAsync(CancellationToken cancellationToken) =>
        new(_log = isShared && _log is not null ? _log : open(_clock));

    public override ValueTask AdvanceTimeAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        _clock.Advance(time);
        return ValueTask.CompletedTask;
    }
}
