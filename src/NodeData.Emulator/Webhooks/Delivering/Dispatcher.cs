using System.Threading.Channels;
using NodeData.Emulator.Storage;

namespace NodeData.Emulator.Webhooks.Delivering;

/// <summary>
/// Attempts deliveries that are due, several concurrently. Due times are kept in the data file only, so that nothing is lost if the process is killed: an
/// attempt that was in progress is made again.
/// </summary>
internal sealed class Dispatcher(
    EmulatorClock clock,
    Database database,
    DeliveryRecords deliveries,
    DeliveryChanges changes,
    EmulatorDeliveryFaults faults
) : IAsyncDisposable
{
    private const int MaxConcurrentAttempts = 32;
    private static readonly TimeSpan MaxWait = TimeSpan.FromDays(1);

    private readonly Channel<bool> _signals = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );
    private readonly Dictionary<string, Task> _inProgress = new(StringComparer.Ordinal);
    private readonly IdleWaiters _idle = new();
    private readonly DelayedAttempts _delayed = new(deliveries);
    private readonly DeliverySender _sender = new(clock);
    private CancellationTokenSource _stopping = new();
    private Task _loop = Task.CompletedTask;

    /// <summary>Starts attempting deliveries that are due.</summary>
    public void Start()
    {
        _delayed.Clear();
        _stopping.Dispose();
        _stopping = new CancellationTokenSource();
        var stopping = _stopping.Token;
        _loop = Task.Run(() => RunAsync(stopping), CancellationToken.None);
        clock.Advanced += Wake;
        Wake();
    }

    /// <summary>Cancels the attempts in progress, which then do not count; none is in progress when the returned task completes.</summary>
    public async Task StopAsync()
    {
        clock.Advanced -= Wake;
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        await Task.WhenAll(GetInProgress().Values).ConfigureAwait(false);
    }

    /// <summary>Triggers a check for due deliveries. Call it after every change that may make a delivery due.</summary>
    public void Wake() => _signals.Writer.TryWrite(true);

    /// <summary>Waits until no attempt is in progress and none is due.</summary>
    public Task WaitForIdleAsync()
    {
        var waiting = _idle.WaitAsync();
        Wake();
        return waiting;
    }

    /// <summary>Stops permanently; pending waits fail.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        Fail(new ObjectDisposedException(nameof(NodeDataEmulator)));
        _stopping.Dispose();
        _sender.Dispose();
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        var timer = clock.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        await using (timer.ConfigureAwait(false))
        {
            try
            {
                while (await _signals.Reader.ReadAsync(stopping).ConfigureAwait(false))
                {
                    timer.Change(StartDueAttempts(stopping) ?? Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                // Stopped.
            }
            catch (Exception cause)
            {
                Fail(cause);
            }
        }
    }

    /// <summary>Starts the due attempts and returns the time until the next delivery becomes due; null if none is scheduled.</summary>
    private TimeSpan? StartDueAttempts(CancellationToken stopping)
    {
        // Read in this order: waiters, attempts in progress, due deliveries. An attempt that finishes in between counts as in progress, and signals when it
        // finishes.
        var waiters = _idle.TakeAll();
        var inProgress = GetInProgress();
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var (due, next) = database.Run(session =>
            (DeliveryRecords.ListDue(session, now, MaxConcurrentAttempts), DeliveryRecords.GetNextDueTime(session, now))
        );
        foreach (var delivery in due.Where(delivery => !inProgress.ContainsKey(delivery.Id)).Take(MaxConcurrentAttempts - inProgress.Count))
        {
            var fault = faults.Dequeue(delivery.EndpointId);
            if (fault?.AttemptDelay is { } delay)
            {
                DelayAttempt(delivery, delay, isReordered: fault.Kind is EmulatorDeliveryFault.FaultKind.Reorder);
            }
            else
            {
                StartAttempt(delivery, fault, stopping);
            }
        }

        if (due.Count == 0 && inProgress.Count == 0)
        {
            waiters.ForEach(waiter => waiter.TrySetResult());
        }
        else
        {
            _idle.AddRange(waiters);
        }

        return next is { } time ? TimeSpan.FromMilliseconds(Math.Min(time - now, MaxWait.TotalMilliseconds)) : null;
    }

    private void DelayAttempt(EmulatorDelivery delivery, TimeSpan delay, bool isReordered)
    {
        database.Run(session => _delayed.Delay(session, delivery, delay, isReordered, clock.GetUtcNow()));
        Wake();
    }

    private void StartAttempt(EmulatorDelivery delivery, EmulatorDeliveryFault? fault, CancellationToken stopping)
    {
        lock (_inProgress)
        {
            _inProgress.Add(delivery.Id, Task.Run(() => AttemptAsync(delivery, fault, stopping), CancellationToken.None));
        }
    }

    private async Task AttemptAsync(EmulatorDelivery delivery, EmulatorDeliveryFault? fault, CancellationToken stopping)
    {
        try
        {
            var startedAt = clock.GetUtcNow().ToUnixTimeMilliseconds();
            if (database.Run(session => AttemptData.Load(session, delivery, startedAt)) is { } data)
            {
                var outcome = await _sender.SendAsync(data, fault, stopping).ConfigureAwait(false);
                database.Run(session => RecordOutcome(session, delivery, outcome));
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopped: the delivery is still due.
        }
        catch (Exception cause)
        {
            // For example a full disk: retrying forever would hide the error.
            await _stopping.CancelAsync().ConfigureAwait(false);
            Fail(cause);
        }
        finally
        {
            lock (_inProgress)
            {
                _inProgress.Remove(delivery.Id);
            }

            Wake();
        }
    }

    private void Fail(Exception error)
    {
        changes.Fail(error);
        _idle.Fail(error);
    }

    private void RecordOutcome(Session session, EmulatorDelivery attempted, Outcome outcome)
    {
        if (DeliveryRecords.FindById(session, attempted.Id) is { } current)
        {
            var now = clock.GetUtcNow();
            AttemptRecords.Add(session, attempted.Id, outcome, now);
            deliveries.Update(session, outcome.ApplyTo(attempted, current, now));
            _delayed.Release(session, attempted, now);
        }
    }

    private Dictionary<string, Task> GetInProgress()
    {
        lock (_inProgress)
        {
            return new(_inProgress, StringComparer.Ordinal);
        }
    }
}
