using NodeData.Sdk;

namespace RotateInCI;

/// <summary>Workers that call the service continuously, each with its own client that reads the key from where it is deployed.</summary>
internal sealed class Workers : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<NodeClient> _clients;
    private readonly int[] _calls;
    private readonly Task[] _tasks;
    private int _failures;

    private Workers(int count, Uri address, SecretReference key)
    {
        _clients =
        [
            .. Enumerable.Range(0, count).Select(_ => new NodeClient(new NodeClientOptions { ApiKey = key, BaseAddress = address })),
        ];
        _calls = new int[count];
        _tasks = [.. Enumerable.Range(0, count).Select(worker => Task.Run(() => WorkAsync(worker)))];
    }

    public static Workers Start(int count, Uri address, SecretReference key) => new(count, address, key);

    /// <summary>Waits until each worker has started and finished a call after now and, if a time is given, until that time.</summary>
    public async Task WaitForCallsAsync(DateTimeOffset? notBefore = null)
    {
        int[] before = [.. _calls.Select((_, worker) => Volatile.Read(ref _calls[worker]))];
        while (
            _calls.Select((_, worker) => Volatile.Read(ref _calls[worker]) - before[worker]).Any(calls => calls < 2)
            || TimeProvider.System.GetUtcNow() < notBefore
        )
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
    }

    public async Task<(int Calls, int Failures)> StopAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_tasks);
        return (_calls.Sum(), _failures);
    }

    public void Dispose()
    {
        _clients.ForEach(client => client.Dispose());
        _stopping.Dispose();
    }

    private async Task WorkAsync(int worker)
    {
        // No retries, so that every call that fails because of the rotation counts.
        NodeClient node = _clients[worker].WithOptions(new NodeRequestOptions { MaxRetries = 0 });
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await node.Me.GetAsync();
            }
            catch (NodeDataException failure)
            {
                Interlocked.Increment(ref _failures);
                Console.WriteLine(failure.Message);
            }

            Interlocked.Increment(ref _calls[worker]);
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
    }
}
