using Microsoft.Extensions.Time.Testing;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Testing.Tests.Conformance;

/// <summary>Opens claim stores that hold their data in memory, with a clock that the checks advance.</summary>
internal sealed class InMemoryFixture(Func<TimeProvider, IWebhookClaimStore> createStore, bool isShared = true) : WebhookClaimStoreFixture
{
    private readonly FakeTimeProvider _clock = new();
    private IWebhookClaimStore? _store;

    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(3);

    public override TimeSpan CallTimeout => Timeout;

    public override ValueTask<IWebhookClaimStore> OpenAsync(CancellationToken cancellationToken) =>
        new(_store = isShared && _store is not null ? _store : createStore(_clock));

    public override ValueTask AdvanceTimeAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        _clock.Advance(time);
        return ValueTask.CompletedTask;
    }
}
