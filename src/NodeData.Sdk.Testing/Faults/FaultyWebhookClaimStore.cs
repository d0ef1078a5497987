using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using NodeData.Sdk.Testing.Faults;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Testing;

/// <summary>
/// A delivery log around another one, which goes wrong when it is told to: to prove what a receiver, or a program of one's own, does when its store is in
/// trouble. Safe for use by several threads.
/// </summary>
/// <remarks>
/// <code>
/// var log = FaultyWebhookClaimStore.Wrap(new InMemoryWebhookClaimStore());
/// log.Next(WebhookClaimStoreCall.Complete, WebhookClaimStoreFault.DropResponse);
/// </code>
/// A call that hangs and is never cancelled is let go, and fails, by <see cref="ReleaseHangingCalls"/>.
/// </remarks>
public class FaultyWebhookClaimStore : IWebhookClaimStore
{
    private readonly IWebhookClaimStore _store;
    private readonly FaultPlan _plan = new();
    private readonly ConcurrentQueue<WebhookClaimStoreCall> _calls = new();

    private protected FaultyWebhookClaimStore(IWebhookClaimStore store) => _store = store;

    /// <summary>Every call with every fault: 16 pairs, to enumerate.</summary>
    public static IReadOnlyList<(WebhookClaimStoreCall Call, WebhookClaimStoreFault Fault)> AllFaults { get; } =
    [.. Enum.GetValues<WebhookClaimStoreCall>().SelectMany(_ => Enum.GetValues<WebhookClaimStoreFault>(), (call, fault) => (call, fault))];

    /// <summary>
    /// Whether a call that hangs ends when its token is cancelled; otherwise it is deaf, and ends with <see cref="ReleaseHangingCalls"/> alone. The default is true.
    /// </summary>
    public bool ObservesCancellation { get; set; } = true;

    /// <summary>The calls made until now, in their order, those with a fault included.</summary>
    public IReadOnlyList<WebhookClaimStoreCall> Calls => [.. _calls];

    /// <summary>How many faults were met.</summary>
    public int FaultCount => _plan.FaultCount;

    /// <summary>A log around another; an <see cref="ITransactionalWebhookClaimStore"/> where the other is one.</summary>
    /// <param name="store">The log that does the work.</param>
    public static FaultyWebhookClaimStore Wrap(IWebhookClaimStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store is ITransactionalWebhookClaimStore transactional
            ? new FaultyTransactionalWebhookClaimStore(transactional)
            : new FaultyWebhookClaimStore(store);
    }

    /// <summary>The next calls of this kind meet a fault. Faults planned for the same call are met one after another.</summary>
    /// <param name="call">Which call.</param>
    /// <param name="fault">What goes wrong.</param>
    /// <param name="count">How many calls meet it; 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not a known call or fault, or the number is below 1.</exception>
    public void Enqueue(WebhookClaimStoreCall call, WebhookClaimStoreFault fault, int count = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        _plan.Enqueue(EnsureDefined(call), EnsureDefined(fault), count);
    }

    /// <summary>Waits until so many faults have been met since the log was made, instead of sleeping. A call that hangs has met its fault when it begins to hang.</summary>
    /// <param name="count">How many, in all.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public Task WaitForFaultsAsync(int count, CancellationToken cancellationToken) =>
        _plan.WaitForCountAsync(count).WaitAsync(cancellationToken);

    /// <summary>From now on each call of this kind that has no fault planned by <see cref="Enqueue"/> meets this one.</summary>
    /// <param name="call">Which call.</param>
    /// <param name="fault">What goes wrong; null for nothing any more.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not a known call or fault.</exception>
    public void SetFault(WebhookClaimStoreCall call, WebhookClaimStoreFault? fault) =>
        _plan.SetFault(EnsureDefined(call), fault is { } known ? EnsureDefined(known) : null);

    /// <summary>Takes back every fault that was not met, and ends the calls that hang: they fail.</summary>
    public void ReleaseHangingCalls() => _plan.ReleaseHangingCalls();

    /// <inheritdoc/>
    /// <exception cref="WebhookClaimStoreException">A fault that was planned.</exception>
    public ValueTask<WebhookClaimResult> ClaimAsync(WebhookClaim claim, CancellationToken cancellationToken) =>
        InvokeAsync(WebhookClaimStoreCall.Claim, () => _store.ClaimAsync(claim, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="WebhookClaimStoreException">A fault that was planned.</exception>
    public ValueTask<bool> RenewAsync(WebhookClaim claim, CancellationToken cancellationToken) =>
        InvokeAsync(WebhookClaimStoreCall.Renew, () => _store.RenewAsync(claim, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="WebhookClaimStoreException">A fault that was planned.</exception>
    public ValueTask<bool> CompleteAsync(WebhookClaim claim, CancellationToken cancellationToken) =>
        InvokeAsync(WebhookClaimStoreCall.Complete, () => _store.CompleteAsync(claim, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="WebhookClaimStoreException">A fault that was planned.</exception>
    public ValueTask<bool> ReleaseAsync(WebhookClaim claim, CancellationToken cancellationToken) =>
        InvokeAsync(WebhookClaimStoreCall.Release, () => _store.ReleaseAsync(claim, cancellationToken), cancellationToken);

    private protected async ValueTask<T> InvokeAsync<T>(
        WebhookClaimStoreCall call,
        Func<ValueTask<T>> invokeAsync,
        CancellationToken cancellationToken
    )
    {
        _calls.Enqueue(call);
        if (_plan.GetNext(call) is not { } planned)
        {
            return await invokeAsync().ConfigureAwait(false);
        }

        if (planned.Fault is WebhookClaimStoreFault.DropResponse or WebhookClaimStoreFault.HangAfterCall)
        {
            await invokeAsync().ConfigureAwait(false);
        }

        _plan.RecordFault();
        if (planned.Fault is WebhookClaimStoreFault.HangBeforeCall or WebhookClaimStoreFault.HangAfterCall)
        {
            await planned.Released.WaitAsync(ObservesCancellation ? cancellationToken : CancellationToken.None).ConfigureAwait(false);
        }

        throw new WebhookClaimStoreException($"{call} met the fault {planned.Fault}, which FaultyWebhookClaimStore was told to make.");
    }

    private static T EnsureDefined<T>(T value, [CallerArgumentExpression(nameof(value))] string? name = null)
        where T : struct, Enum =>
        Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(name, value, "Not one of the known values.");
}
