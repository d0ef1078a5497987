namespace NodeData.Sdk.Testing.Faults;

/// <summary>Which calls go wrong next, and how; and how many did.</summary>
internal sealed class FaultPlan
{
    private readonly object _gate = new();
    private readonly Dictionary<WebhookClaimStoreCall, Queue<WebhookClaimStoreFault>> _next = [];
    private readonly Dictionary<WebhookClaimStoreCall, WebhookClaimStoreFault> _always = [];
    private readonly List<(int Number, TaskCompletionSource Met)> _waiting = [];
    private TaskCompletionSource _letGo = NewSource();
    private int _met;

    public int Met => Volatile.Read(ref _met);

    public void Add(WebhookClaimStoreCall call, WebhookClaimStoreFault fault, int times)
    {
        lock (_gate)
        {
            if (!_next.TryGetValue(call, out var queue))
            {
                _next[call] = queue = new();
            }

            for (var left = times; left > 0; left--)
            {
                queue.Enqueue(fault);
            }
        }
    }

    public void Always(WebhookClaimStoreCall call, WebhookClaimStoreFault? fault)
    {
        lock (_gate)
        {
            if (fault is { } known)
            {
                _always[call] = known;
            }
            else
            {
                _always.Remove(call);
            }
        }
    }

    public PlannedFault? Take(WebhookClaimStoreCall call)
    {
        lock (_gate)
        {
            if (_next.TryGetValue(call, out var queue) && queue.TryDequeue(out var next))
            {
                return new PlannedFault(next, _letGo.Task);
            }

            return _always.TryGetValue(call, out var fault) ? new PlannedFault(fault, _letGo.Task) : null;
        }
    }

    public void NoteMet()
    {
        lock (_gate)
        {
            _met++;
            foreach (var (_, met) in _waiting.Where(waiting => waiting.Number <= _met))
            {
                met.SetResult();
            }

            _waiting.RemoveAll(waiting => waiting.Number <= _met);
        }
    }

    public Task WhenMet(int number)
    {
        lock (_gate)
        {
            if (_met >= number)
            {
                return Task.CompletedTask;
            }

            var met = NewSource();
            _waiting.Add((number, met));
            return met.Task;
        }
    }

    public void LetGo()
    {
        TaskCompletionSource letGo;
        lock (_gate)
        {
            _next.Clear();
            _always.Clear();
            (letGo, _letGo) = (_letGo, NewSource());
        }

        letGo.SetResult();
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
