using System.Threading.Channels;
using NodeData.Emulator.Storage;

namespace NodeData.Emulator.Webhooks.Delivering;

/// <summary>
/// Attempts what is due, several at once. What is due stands in the data file alone, so that a kill loses nothing: an attempt that was under way is made
/// again.
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

    /// <summary>Begins to attempt what is due.</summary>
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

    /// <summary>Gives up what is under way, as if it had not been attempted; when this returns, nothing is.</summary>
    public async Task StopAsync()
    {
        clock.Advanced -= Wake;
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        await Task.WhenAll(GetInProgress().Values).ConfigureAwait(false);
    }

    /// <summary>Looks for what is due: to be called after everything that may have made something so.</summary>
    public void Wake() => _signals.Writer.TryWrite(true);

    /// <summary>Waits until nothing is under way and nothing due.</summary>
    public Task WaitForIdleAsync()
    {
        var waiting = _idle.WaitAsync();
        Wake();
        return waiting;
    }

    /// <summary>Stops for good; whoever waits is told so.</summary>
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

    /// <summary>How long until the next delivery becomes due; null where none will by itself.</summary>
    private TimeSpan? StartDueAttempts(CancellationToken stopping)
    {
        // First who waits, then what is under way, then what is due: one that ends in between is seen as under way, and its end signals anew.
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
            // Stopped: it is still due.
        }
        catch (Exception cause)
        {
            // Such as a full disk: attempting it for ever would only hide it.
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
