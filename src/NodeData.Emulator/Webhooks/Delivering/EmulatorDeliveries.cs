using System.Diagnostics;
using NodeData.Emulator.Storage;
using NodeData.Emulator.Webhooks;
using NodeData.Emulator.Webhooks.Delivering;
using NodeData.Sdk;

namespace NodeData.Emulator;

/// <summary>
/// The webhook deliveries of an emulator: their state, and methods that wait for a state. Several deliveries are attempted concurrently, in no guaranteed
/// order. This type is thread-safe.
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

    /// <summary>The queue of faults to inject into attempts.</summary>
    public EmulatorDeliveryFaults Faults { get; }

    /// <summary>Gets the current state of all deliveries of both modes, newest first.</summary>
    /// <returns>The deliveries.</returns>
    /// <exception cref="ObjectDisposedException">The emulator has been disposed.</exception>
    public IReadOnlyList<EmulatorDelivery> GetAll() => _database.Run(DeliveryRecords.ListNewest);

    /// <summary>Gets the finished attempts of a delivery, oldest first, each with its status code or error.</summary>
    /// <param name="id">The delivery's ID, <c>wd_…</c>.</param>
    /// <returns>The attempts.</returns>
    /// <exception cref="ArgumentException">The delivery does not exist.</exception>
    /// <exception cref="ObjectDisposedException">The emulator has been disposed.</exception>
    public IReadOnlyList<EmulatorDeliveryAttempt> GetAttempts(string id) =>
        _database.Run(session => AttemptRecords.ListForDelivery(session, Find(session, id).Id));

    private long Now => _clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Waits for an existing or future delivery that matches a predicate.</summary>
    /// <param name="predicate">The condition. It is evaluated for every existing delivery, and then for each change, in order.</param>
    /// <param name="cancellationToken">Cancels waiting.</param>
    /// <returns>The delivery at the time at which it matched.</returns>
    /// <exception cref="ObjectDisposedException">The emulator has been disposed, or was disposed while waiting.</exception>
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

    /// <summary>Waits until a delivery has a status.</summary>
    /// <param name="id">The delivery's ID, <c>wd_…</c>.</param>
    /// <param name="status">The status to wait for.</param>
    /// <param name="cancellationToken">Cancels waiting.</param>
    /// <returns>The delivery at the time at which it reached the status.</returns>
    /// <exception cref="ArgumentException">The delivery does not exist.</exception>
    /// <exception cref="ObjectDisposedException">The emulator has been disposed, or was disposed while waiting.</exception>
    public Task<EmulatorDelivery> WaitForAsync(string id, EmulatorDeliveryStatus status, CancellationToken cancellationToken = default)
    {
        _database.Run(session => Find(session, id));
        return WaitForAsync(delivery => delivery.Id == id && delivery.Status == status, cancellationToken);
    }

    /// <summary>
    /// Waits until no attempt is in progress and none is due: after an event was emitted or the clock was advanced, until all resulting attempts have finished.
    /// </summary>
    /// <param name="cancellationToken">Cancels waiting.</param>
    /// <returns>A task that completes when no attempt is in progress or due.</returns>
    /// <exception cref="ObjectDisposedException">The emulator has been disposed, or was disposed while waiting.</exception>
    public Task WaitForIdleAsync(CancellationToken cancellationToken = default) =>
        _dispatcher.WaitForIdleAsync().WaitAsync(cancellationToken);

    /// <summary>
    /// Attempts a delivery again immediately, regardless of its status; if that fails, the whole retry schedule applies. If an attempt is in progress, the new
    /// one starts when it has finished.
    /// </summary>
    /// <param name="id">The delivery's ID, <c>wd_…</c>.</param>
    /// <param name="cancellationToken">Cancels the call before the delivery is changed.</param>
    /// <returns>The delivery, which is now pending.</returns>
    /// <exception cref="ArgumentException">The delivery does not exist.</exception>
    /// <exception cref="InvalidOperationException">The endpoint of the delivery was deleted or is disabled.</exception>
    /// <exception cref="ObjectDisposedException">The emulator has been disposed.</exception>
    public Task<EmulatorDelivery> RedeliverAsync(string id, CancellationToken cancellationToken = default) =>
        Task.Run(() => Redeliver(id), cancellationToken);

    internal EmittedEvent Emit(Emission emission)
    {
        var emitted = _database.Run(session => emission.Store(session, _records, Now));
        _dispatcher.Wake();
        return emitted;
    }

    /// <summary>Rotates the secret of an endpoint and returns the new one; null if the endpoint does not exist.</summary>
    internal WebhookSecret? RotateSecret(string endpointId, TimeSpan overlap) =>
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
        DeliveryRecords.FindById(session, id) ?? throw new ArgumentException("The delivery does not exist.", nameof(id));
}
