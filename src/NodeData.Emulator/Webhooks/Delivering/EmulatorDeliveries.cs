using System.Diagnostics;
using NodeData.Emulator.Storage;
using NodeData.Emulator.Webhooks;
using NodeData.Emulator.Webhooks.Delivering;
using NodeData.Sdk;

namespace NodeData.Emulator;

/// <summary>
/// The deliveries of an emulator: what became of them, and how to wait for that. Several are attempted at once, in no order that could be relied on. Safe for
/// use by several threads.
/// </summary>
public sealed class EmulatorDeliveries
{
    private readonly EmulatorClock _clock;
    private readonly Database _database;
    private readonly DeliveryChanges _changes;
    private readonly DeliveryRecords _records;
    private readonly Dispatcher _dispatcher;

    internal EmulatorDeliveries(
        EmulatorClock clock,
        Database database,
        DeliveryChanges changes,
        DeliveryRecords records,
        Dispatcher dispatcher,
        EmulatorDeliveryFaults faults
    )
    {
        _clock = clock;
        _database = database;
        _changes = changes;
        _records = records;
        _dispatcher = dispatcher;
        Faults = faults;
    }

    /// <summary>What goes wrong with deliveries on demand.</summary>
    public EmulatorDeliveryFaults Faults { get; }

    /// <summary>All deliveries of both modes, as they stand now, newest first.</summary>
    public IReadOnlyList<EmulatorDelivery> GetAll() => _database.Run(DeliveryRecords.ListNewest);

    /// <summary>The attempts of a delivery that have come to their end, in their order, each with its status or error.</summary>
    /// <param name="id">The delivery's id, <c>wd_…</c>.</param>
    /// <exception cref="ArgumentException">There is no such delivery.</exception>
    public IReadOnlyList<EmulatorDeliveryAttempt> GetAttempts(string id) =>
        _database.Run(session => AttemptRecords.ListForDelivery(session, Find(session, id).Id));

    private long Now => _clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Waits for a delivery of which something holds: one that is there already, or any that will be.</summary>
    /// <param name="predicate">What must hold. It is asked about every delivery there is, and then about each change, in the order in which they come.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The delivery as it stood when the predicate held.</returns>
    /// <exception cref="ObjectDisposedException">The emulator was disposed of meanwhile.</exception>
    public async Task<EmulatorDelivery> WaitForAsync(Func<EmulatorDelivery, bool> predicate, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        var (subscriber, known) = _database.Run(session => (_changes.Subscribe(), DeliveryRecords.ListNewest(session)));
        try
        {
            if (known.Find(delivery => predicate(delivery)) is { } found)
            {
                return found;
            }

            await foreach (var changed in subscriber.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                if (predicate(changed))
                {
                    return changed;
                }
            }

            throw new UnreachableException("Changes end with an error only.");
        }
        finally
        {
            _changes.Unsubscribe(subscriber);
        }
    }

    /// <summary>Waits until a delivery has come so far.</summary>
    /// <param name="id">The delivery's id, <c>wd_…</c>.</param>
    /// <param name="status">How far.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The delivery as it stood then.</returns>
    /// <exception cref="ArgumentException">There is no such delivery.</exception>
    /// <exception cref="ObjectDisposedException">The emulator was disposed of meanwhile.</exception>
    public Task<EmulatorDelivery> WaitForAsync(string id, EmulatorDeliveryStatus status, CancellationToken cancellationToken = default)
    {
        _database.Run(session => Find(session, id));
        return WaitForAsync(delivery => delivery.Id == id && delivery.Status == status, cancellationToken);
    }

    /// <summary>
    /// Waits until no attempt is under way and none is due: after an event was emitted or the clock advanced, until all that this brought about is over.
    /// </summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="ObjectDisposedException">The emulator was disposed of meanwhile.</exception>
    public Task WaitForIdleAsync(CancellationToken cancellationToken = default) =>
        _dispatcher.WaitForIdleAsync().WaitAsync(cancellationToken);

    /// <summary>
    /// Attempts a delivery again at once, whatever became of it; where that fails, the whole retry schedule follows. One that is under way is attempted once
    /// more when it ends.
    /// </summary>
    /// <param name="id">The delivery's id, <c>wd_…</c>.</param>
    /// <param name="cancellationToken">Heeded before it begins.</param>
    /// <returns>The delivery, pending now.</returns>
    /// <exception cref="ArgumentException">There is no such delivery.</exception>
    /// <exception cref="InvalidOperationException">Its endpoint was deleted or is disabled.</exception>
    public Task<EmulatorDelivery> RedeliverAsync(string id, CancellationToken cancellationToken = default) =>
        Task.Run(() => Redeliver(id), cancellationToken);

    internal EmittedEvent Emit(Emission emission)
    {
        var emitted = _database.Run(session => emission.Store(session, _records, Now));
        _dispatcher.Wake();
        return emitted;
    }

    /// <summary>The new secret; null where there is no such endpoint.</summary>
    internal WebhookSecret? ReplaceSecret(string endpointId, TimeSpan overlap) =>
        _database.Run(session =>
        {
            if (WebhookEndpointRecords.FindById(session, endpointId) is not { } endpoint)
            {
                return null;
            }

            var secret = WebhookSecrets.Create(endpoint.Mode);
            WebhookSecrets.Replace(session, endpoint.Id, secret, Now + (long)overlap.TotalMilliseconds);
            return secret;
        });

    internal bool Contains(string id) => _database.Run(session => DeliveryRecords.FindById(session, id)) is not null;

    private EmulatorDelivery Redeliver(string id)
    {
        var pending = _database.Run(session =>
        {
            var delivery = Find(session, id);
            if (WebhookEndpointRecords.FindById(session, delivery.EndpointId) is not { IsEnabled: true })
            {
                throw new InvalidOperationException(
                    $"The endpoint {delivery.EndpointId} of the delivery was deleted or is disabled. Enable it first."
                );
            }

            return _records.Update(
                session,
                delivery with
                {
                    Status = EmulatorDeliveryStatus.Pending,
                    NextAttemptAt = _clock.GetUtcNow(),
                    Step = 0,
                    Round = delivery.Round + 1,
                }
            );
        });
        _dispatcher.Wake();
        return pending;
    }

    private static EmulatorDelivery Find(Session session, string id) =>
        DeliveryRecords.FindById(session, id) ?? throw new ArgumentException("There is no such delivery.", nameof(id));
}
