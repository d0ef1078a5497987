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
/// var log = FaultyWebhookDeliveryLog.Around(new InMemoryWebhookDeliveryLog());
/// log.Next(WebhookDeliveryLogCall.Complete, WebhookDeliveryLogFault.AnswerLost);
/// </code>
/// A call that hangs and is never cancelled is let go, and fails, by <see cref="LetGo"/>.
/// </remarks>
public class FaultyWebhookDeliveryLog : IWebhookDeliveryLog
{
    private readonly IWebhookDeliveryLog _log;
    private readonly FaultPlan _plan = new();
    private readonly ConcurrentQueue<WebhookDeliveryLogCall> _calls = new();

    private protected FaultyWebhookDeliveryLog(IWebhookDeliveryLog log) => _log = log;

    /// <summary>Every call with every fault: 16 pairs, to enumerate.</summary>
    public static IReadOnlyList<(WebhookDeliveryLogCall Call, WebhookDeliveryLogFault Fault)> AllFaults { get; } =
    [
        .. Enum.GetValues<WebhookDeliveryLogCall>()
            .SelectMany(_ => Enum.GetValues<WebhookDeliveryLogFault>(), (call, fault) => (call, fault)),
    ];

    /// <summary>
    /// Whether a call that hangs ends when its token is cancelled; otherwise it is deaf, and ends with <see cref="LetGo"/> alone. The default is true.
    /// </summary>
    public bool HeedsCancellation { get; set; } = true;

    /// <summary>The calls made until now, in their order, those with a fault included.</summary>
    public IReadOnlyList<WebhookDeliveryLogCall> Calls => [.. _calls];

    /// <summary>How many faults were met.</summary>
    public int FaultsMet => _plan.Met;

    /// <summary>A log around another; an <see cref="ITransactionalWebhookDeliveryLog"/> where the other is one.</summary>
    /// <param name="log">The log that does the work.</param>
    public static FaultyWebhookDeliveryLog Around(IWebhookDeliveryLog log)
    {
        ArgumentNullException.ThrowIfNull(log);
        return log is ITransactionalWebhookDeliveryLog transactional
            ? new FaultyTransactionalWebhookDeliveryLog(transactional)
            : new FaultyWebhookDeliveryLog(log);
    }

    /// <summary>The next calls of this kind meet a fault. Faults planned for the same call are met one after another.</summary>
    /// <param name="call">Which call.</param>
    /// <param name="fault">What goes wrong.</param>
    /// <param name="times">How many calls meet it; 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not a known call or fault, or the number is below 1.</exception>
    public void Next(WebhookDeliveryLogCall call, WebhookDeliveryLogFault fault, int times = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(times, 1);
        _plan.Add(Known(call), Known(fault), times);
    }

    /// <summary>Waits until so many faults have been met since the log was made, instead of sleeping. A call that hangs has met its fault when it begins to hang.</summary>
    /// <param name="number">How many, in all.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public Task WaitForFaultsAsync(int number, CancellationToken cancellationToken) => _plan.WhenMet(number).WaitAsync(cancellationToken);

    /// <summary>From now on each call of this kind that has no fault planned by <see cref="Next"/> meets this one.</summary>
    /// <param name="call">Which call.</param>
    /// <param name="fault">What goes wrong; null for nothing any more.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not a known call or fault.</exception>
    public void Always(WebhookDeliveryLogCall call, WebhookDeliveryLogFault? fault) =>
        _plan.Always(Known(call), fault is { } known ? Known(known) : null);

    /// <summary>Takes back every fault that was not met, and ends the calls that hang: they fail.</summary>
    public void LetGo() => _plan.LetGo();

    /// <inheritdoc/>
    /// <exception cref="WebhookDeliveryLogException">A fault that was planned.</exception>
    public ValueTask<WebhookClaimResult> ClaimAsync(WebhookClaim claim, CancellationToken cancellationToken) =>
        MeetAsync(WebhookDeliveryLogCall.Claim, () => _log.ClaimAsync(claim, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="WebhookDeliveryLogException">A fault that was planned.</exception>
    public ValueTask<bool> RenewAsync(WebhookClaim claim, CancellationToken cancellationToken) =>
        MeetAsync(WebhookDeliveryLogCall.Renew, () => _log.RenewAsync(claim, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="WebhookDeliveryLogException">A fault that was planned.</exception>
    public ValueTask<bool> CompleteAsync(WebhookClaim claim, CancellationToken cancellationToken) =>
        MeetAsync(WebhookDeliveryLogCall.Complete, () => _log.CompleteAsync(claim, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="WebhookDeliveryLogException">A fault that was planned.</exception>
    public ValueTask<bool> ReleaseAsync(WebhookClaim claim, CancellationToken cancellationToken) =>
        MeetAsync(WebhookDeliveryLogCall.Release, () => _log.ReleaseAsync(claim, cancellationToken), cancellationToken);

    private protected async ValueTask<T> MeetAsync<T>(
        WebhookDeliveryLogCall call,
        Func<ValueTask<T>> run,
        CancellationToken cancellationToken
    )
    {
        _calls.Enqueue(call);
        if (_plan.Take(call) is not { } planned)
        {
            return await run().ConfigureAwait(false);
        }

        if (planned.Fault is WebhookDeliveryLogFault.AnswerLost or WebhookDeliveryLogFault.AnswerHangs)
        {
            await run().ConfigureAwait(false);
        }

        _plan.NoteMet();
        if (planned.Fault is WebhookDeliveryLogFault.Hangs or WebhookDeliveryLogFault.AnswerHangs)
        {
            await planned.LetGo.WaitAsync(HeedsCancellation ? cancellationToken : CancellationToken.None).ConfigureAwait(false);
        }

        throw new WebhookDeliveryLogException($"{call} met the fault {planned.Fault}, which FaultyWebhookDeliveryLog was told to make.");
    }

    private static T Known<T>(T value, [CallerArgumentExpression(nameof(value))] string? name = null)
        where T : struct, Enum =>
        Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(name, value, "Not one of the known values.");
}
