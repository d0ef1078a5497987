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
    private const int MostAtOnce = 32;
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly Channel<bool> _signals = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );
    private readonly Dictionary<string, Task> _underWay = new(StringComparer.Ordinal);
    private readonly IdleWaiters _idle = new();
    private readonly DeliveriesPutOff _putOff = new(deliveries);
    private readonly DeliverySender _sender = new(clock);
    private CancellationTokenSource _stopping = new();
    private Task _loop = Task.CompletedTask;

    /// <summary>Begins to attempt what is due.</summary>
    public void Start()
    {
        _putOff.Clear();
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
        await Task.WhenAll(UnderWay().Values).ConfigureAwait(false);
    }

    /// <summary>Looks for what is due: to be called after everything that may have made something so.</summary>
    public void Wake() => _signals.Writer.TryWrite(true);

    /// <summary>Waits until nothing is under way and nothing due.</summary>
    public Task WaitForIdleAsync()
    {
        var waiting = _idle.Wait();
        Wake();
        return waiting;
    }

    /// <summary>Stops for good; whoever waits is told so.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        End(new ObjectDisposedException(nameof(NodeDataEmulator)));
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
                    timer.Change(AttemptWhatIsDue(stopping) ?? Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                // Stopped.
            }
            catch (Exception cause)
            {
                End(cause);
            }
        }
    }

    /// <summary>How long until the next delivery becomes due; null where none will by itself.</summary>
    private TimeSpan? AttemptWhatIsDue(CancellationToken stopping)
    {
        // First who waits, then what is under way, then what is due: one that ends in between is seen as under way, and its end signals anew.
        var waiters = _idle.Take();
        var underWay = UnderWay();
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var (due, next) = database.Run(session => (DeliveryRecords.Due(session, now, MostAtOnce), DeliveryRecords.NextDue(session, now)));
        foreach (var delivery in due.Where(delivery => !underWay.ContainsKey(delivery.Id)).Take(MostAtOnce - underWay.Count))
        {
            var fault = faults.Take(delivery.EndpointId);
            if (fault?.PutOff is { } wait)
            {
                PutOff(delivery, wait, untilOvertaken: fault.What is EmulatorDeliveryFault.Kind.OutOfOrder);
            }
            else
            {
                Begin(delivery, fault, stopping);
            }
        }

        if (due.Count == 0 && underWay.Count == 0)
        {
            waiters.ForEach(waiter => waiter.TrySetResult());
        }
        else
        {
            _idle.PutBack(waiters);
        }

        return next is { } time ? TimeSpan.FromMilliseconds(Math.Min(time - now, LongestWait.TotalMilliseconds)) : null;
    }

    private void PutOff(EmulatorDelivery delivery, TimeSpan wait, bool untilOvertaken)
    {
        database.Run(session => _putOff.PutOff(session, delivery, wait, untilOvertaken, clock.GetUtcNow()));
        Wake();
    }

    private void Begin(EmulatorDelivery delivery, EmulatorDeliveryFault? fault, CancellationToken stopping)
    {
        lock (_underWay)
        {
            _underWay.Add(delivery.Id, Task.Run(() => AttemptAsync(delivery, fault, stopping), CancellationToken.None));
        }
    }

    private async Task AttemptAsync(EmulatorDelivery delivery, EmulatorDeliveryFault? fault, CancellationToken stopping)
    {
        try
        {
            var began = clock.GetUtcNow().ToUnixTimeMilliseconds();
            if (database.Run(session => Parcel.For(session, delivery, began)) is { } parcel)
            {
                var outcome = await _sender.SendAsync(parcel, fault, stopping).ConfigureAwait(false);
                database.Run(session => Record(session, delivery, outcome));
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
            End(cause);
        }
        finally
        {
            lock (_underWay)
            {
                _underWay.Remove(delivery.Id);
            }

            Wake();
        }
    }

    private void End(Exception why)
    {
        changes.End(why);
        _idle.End(why);
    }

    private void Record(Session session, EmulatorDelivery attempted, Outcome outcome)
    {
        if (DeliveryRecords.ById(session, attempted.Id) is { } current)
        {
            var now = clock.GetUtcNow();
            AttemptRecords.Add(session, attempted.Id, outcome, now);
            deliveries.Change(session, outcome.ApplyTo(attempted, current, now));
            _putOff.Release(session, attempted, now);
        }
    }

    private Dictionary<string, Task> UnderWay()
    {
        lock (_underWay)
        {
            return new(_underWay, StringComparer.Ordinal);
        }
    }
}
