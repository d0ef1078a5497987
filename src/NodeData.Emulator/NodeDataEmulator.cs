using NodeData.Emulator.Serving;
using NodeData.Sdk;

namespace NodeData.Emulator;

/// <summary>
/// The Node Data service on one machine: its HTTP API as the wire contract describes it, on a port of its own, with its data in a file of its own. Many
/// can run side by side. Safe for use by several threads.
/// </summary>
/// <example><c>await using var emulator = await NodeDataEmulator.StartAsync();</c></example>
public sealed class NodeDataEmulator : IAsyncDisposable
{
    private readonly EmulatorInstance _instance;
    private readonly Listener _listener;
    private int _disposed;

    private NodeDataEmulator(EmulatorInstance instance, Listener listener)
    {
        _instance = instance;
        _listener = listener;
    }

    /// <summary>The base address of the API, such as <c>http://127.0.0.1:5190/v1</c>. The same is served under <c>/api/v1</c>.</summary>
    public Uri BaseAddress => _listener.BaseAddress;

    /// <summary>A test key with full access.</summary>
    public ApiKey TestKey => _instance.StartingKeys.First(KeyMode.Test);

    /// <summary>A live key with full access.</summary>
    public ApiKey LiveKey => _instance.StartingKeys.First(KeyMode.Live);

    /// <summary>The one clock of this emulator. Hand it to the client and to the webhook verifier.</summary>
    public EmulatorClock Clock => _instance.Clock;

    /// <summary>What goes wrong on demand.</summary>
    public EmulatorFaults Faults => _instance.Faults;

    /// <summary>
    /// Every request received until now, in the order in which their answers were decided, the refused and the faulty among them; the newest 100,000. A
    /// request is here before its answer is sent. Requests to the control surface are not.
    /// </summary>
    public IReadOnlyList<RecordedRequest> Requests => _instance.Requests;

    /// <summary>Starts an emulator; when this returns, it answers.</summary>
    /// <param name="options">How; null for all defaults.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <exception cref="EmulatorStartException">The port is taken, the address is not this machine's, or the data file cannot be used.</exception>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static async Task<NodeDataEmulator> StartAsync(EmulatorOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new EmulatorOptions();
        ArgumentOutOfRangeException.ThrowIfNegative(options.Port, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Port, ushort.MaxValue, nameof(options));
        var instance = EmulatorInstance.Open(options);
        try
        {
            var listener = await Listener.StartAsync(options, instance.Service.HandleAsync, cancellationToken).ConfigureAwait(false);
            return new NodeDataEmulator(instance, listener);
        }
        catch
        {
            instance.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Puts back the state at the start: the same keys and seed, nothing else stored, no faults, an empty ledger, no offset of the clock, fresh rate limits.
    /// Requests under way meanwhile fall on one side or the other.
    /// </summary>
    /// <param name="cancellationToken">Heeded before it begins.</param>
    public Task ResetAsync(CancellationToken cancellationToken = default) => Task.Run(_instance.Reset, cancellationToken);

    /// <summary>Stops the emulator. Temporary data is gone afterwards; a data file that was named stays. Doing it twice is harmless.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await _listener.DisposeAsync().ConfigureAwait(false);
        _instance.Dispose();
    }
}
