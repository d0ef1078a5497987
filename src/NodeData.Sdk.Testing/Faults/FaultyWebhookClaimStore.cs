using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using NodeData.Sdk.Testing.Faults;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Testing;

/// <summary>
/// Wraps a claim store and injects faults into its calls, to test how a receiver or an application behaves if its claim store fails. Safe for use by several
/// threads.
/// </summary>
/// <remarks>
/// <code>
/// var store = FaultyWebhookClaimStore.Wrap(new InMemoryWebhookClaimStore());
/// store.Enqueue(WebhookClaimStoreCall.Complete, WebhookClaimStoreFault.DropResponse);
/// </code>
/// A call that hangs and is not canceled fails when <see cref="ReleaseHangingCalls"/> is called.
/// </remarks>
public class FaultyWebhookClaimStore : IWebhookClaimStore
{
    private readonly IWebhookClaimStore _store;
    private readonly FaultPlan _plan = new();
    private readonly ConcurrentQueue<WebhookClaimStoreCall> _calls = new();

    private protected FaultyWebhookClaimStore(IWebhookClaimStore store) => _store = store;

    /// <summary>Gets every combination of a call and a fault: 16 pairs.</summary>
    public static IReadOnlyList<(WebhookClaimStoreCall Call, WebhookClaimStoreFault Fault)> AllFaults { get; } =
    [.. Enum.GetValues<WebhookClaimStoreCall>().SelectMany(_ => Enum.GetValues<WebhookClaimStoreFault>(), (call, fault) => (call, fault))];

    /// <summary>
    /// Gets or sets a value that indicates whether a call that hangs ends when its token is canceled. If false, it ends only when
    /// <see cref="ReleaseHangingCalls"/> is called. The default is true.
    /// </summary>
    public bool ObservesCancellation { get; set; } = true;

    /// <summary>Gets the calls made so far, in order, including those with a fault.</summary>
    public IReadOnlyList<WebhookClaimStoreCall> Calls => [.. _calls];

    /// <summary>Gets the number of faults that have occurred.</summary>
    public int FaultCount => _plan.FaultCount;

    /// <summary>Wraps a claim store. The result implements <see cref="ITransactionalWebhookClaimStore"/> if the store does.</summary>
    /// <param name="store">The claim store that the calls are forwarded to.</param>
    /// <returns>The claim store with faults.</returns>
    public static FaultyWebhookClaimStore Wrap(IWebhookClaimStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store is ITransactionalWebhookClaimStore transactional
            ? new FaultyTransactionalWebhookClaimStore(transactional)
            : new FaultyWebhookClaimStore(store);
    }

    /// <summary>Adds a fault for the next calls of a method. Faults that are added for the same method occur in order.</summary>
    /// <param name="call">The method.</param>
    /// <param name="fault">The fault.</param>
    /// <param name="count">The number of calls with the fault; at least 1. The default is 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The call or the fault is not a defined value, or the number is less than 1.</exception>
    public void Enqueue(WebhookClaimStoreCall call, WebhookClaimStoreFault fault, int count = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        _plan.Enqueue(EnsureDefined(call), EnsureDefined(fault), count);
    }

    /// <summary>
    /// Waits until a number of faults have occurred since the store was created. The fault of a call that hangs is counted when the call starts to hang.
    /// </summary>
    /// <param name="count">The total number of faults.</param>
    /// <param name="cancellationToken">A token that cancels the wait.</param>
    /// <returns>A task that completes when the faults have occurred.</returns>
    public Task WaitForFaultsAsync(int count, CancellationToken cancellationToken) =>
        _plan.WaitForCountAsync(count).WaitAsync(cancellationToken);

    /// <summary>Sets the fault of every call of a method that has no fault added by <see cref="Enqueue"/>.</summary>
    /// <param name="call">The method.</param>
    /// <param name="fault">The fault; null to remove it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The call or the fault is not a defined value.</exception>
    public void SetFault(WebhookClaimStoreCall call, WebhookClaimStoreFault? fault) =>
        _plan.SetFault(EnsureDefined(call), fault is { } known ? EnsureDefined(known) : null);

    /// <summary>Removes all faults that have not occurred, and ends the calls that hang: they fail.</summary>
    public void ReleaseHangingCalls() => _plan.ReleaseHangingCalls();

    /// <inheritdoc/>
    /// <exception cref="WebhookClaimStoreException">The call has a fault.</exception>
    public ValueTask<WebhookClaimResult> ClaimAsync(WebhookClaim claim, CancellationToken cancellationToken) =>
        InvokeAsync(WebhookClaimStoreCall.Claim, () => _store.ClaimAsync(claim, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="WebhookClaimStoreException">The call has a fault.</exception>
    public ValueTask<bool> RenewAsync(WebhookClaim claim, CancellationToken cancellationToken) =>
        InvokeAsync(WebhookClaimStoreCall.Renew, () => _store.RenewAsync(claim, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="WebhookClaimStoreException">The call has a fault.</exception>
    public ValueTask<bool> CompleteAsync(WebhookClaim claim, CancellationToken cancellationToken) =>
        InvokeAsync(WebhookClaimStoreCall.Complete, () => _store.CompleteAsync(claim, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="WebhookClaimStoreException">The call has a fault.</exception>
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

        throw new WebhookClaimStoreException($"The call {call} failed with the injected fault {planned.Fault}.");
    }

    private static T EnsureDefined<T>(T value, [CallerArgumentExpression(nameof(value))] string? name = null)
        where T : struct, Enum =>
        Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(name, value, "The value is not defined.");
}
