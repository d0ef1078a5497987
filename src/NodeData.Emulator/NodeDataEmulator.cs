using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using NodeData.Emulator.Serving;
using NodeData.Emulator.Webhooks.Delivering;
using NodeData.Sdk;
using NodeData.Sdk.Webhooks;

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
    public ApiKey TestKey => _instance.StartingKeys.GetFirst(KeyMode.Test);

    /// <summary>A live key with full access.</summary>
    public ApiKey LiveKey => _instance.StartingKeys.GetFirst(KeyMode.Live);

    /// <summary>The one clock of this emulator. Hand it to the client and to the webhook verifier.</summary>
    public EmulatorClock Clock => _instance.Clock;

    /// <summary>What goes wrong on demand.</summary>
    public EmulatorFaults Faults => _instance.Faults;

    /// <summary>The webhook deliveries: what became of them, and how to wait for it.</summary>
    public EmulatorDeliveries Deliveries => _instance.Deliveries;

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
        ArgumentNullException.ThrowIfNull(options.TimeProvider);
        ArgumentOutOfRangeException.ThrowIfNegative(options.Port, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Port, ushort.MaxValue, nameof(options));
        var instance = EmulatorInstance.Open(options);
        try
        {
            var listener = await Listener.StartAsync(options, instance.Service.HandleAsync, cancellationToken).ConfigureAwait(false);
            instance.Start();
            return new NodeDataEmulator(instance, listener);
        }
        catch
        {
            await instance.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// Emits an event. When this returns, it and its deliveries are on the disk, and the deliveries begin: one to each webhook endpoint of the mode that is
    /// enabled and wants the type. The body is <c>{"id":"ev_…","type":…,"created_at":…,"data":…}</c>.
    /// </summary>
    /// <param name="type">What happened. A type newer than this emulator goes to the endpoints that want all.</param>
    /// <param name="data">What stands in <c>data</c>; null for an empty object. Take whole numbers of the smallest unit for money.</param>
    /// <param name="mode">The mode whose endpoints it goes to.</param>
    /// <param name="cancellationToken">Heeded before it begins.</param>
    /// <exception cref="ArgumentException">The type is none, <c>default(WebhookEventType)</c>, or the mode is none.</exception>
    /// <exception cref="ObjectDisposedException">The emulator was disposed of.</exception>
    /// <example>
    /// <c>await emulator.EmitAsync("listing.purchased", new JsonObject { ["listing"] = "lst_1", ["amount_cents"] = 1900 });</c>
    /// </example>
    public Task<EmittedEvent> EmitAsync(
        WebhookEventType type,
        JsonNode? data = null,
        KeyMode mode = KeyMode.Test,
        CancellationToken cancellationToken = default
    ) => EmitAsync(type, data is null ? null : Encoding.UTF8.GetBytes(data.ToJsonString()), mode, cancellationToken);

    /// <param name="type">What happened. A type newer than this emulator goes to the endpoints that want all.</param>
    /// <param name="data">What stands in <c>data</c>.</param>
    /// <param name="dataType">How <paramref name="data"/> is written.</param>
    /// <param name="mode">The mode whose endpoints it goes to.</param>
    /// <param name="cancellationToken">Heeded before it begins.</param>
    /// <inheritdoc cref="EmitAsync(WebhookEventType, JsonNode?, KeyMode, CancellationToken)"/>
    public Task<EmittedEvent> EmitAsync<T>(
        WebhookEventType type,
        T data,
        JsonTypeInfo<T> dataType,
        KeyMode mode = KeyMode.Test,
        CancellationToken cancellationToken = default
    ) => EmitAsync(type, JsonSerializer.SerializeToUtf8Bytes(data, dataType), mode, cancellationToken);

    /// <summary>
    /// Gives a webhook endpoint a new secret. Until the overlap is over, each attempt is signed with the new secret and with the one before, two signatures in
    /// one header; then with the new one alone. The wire contract has no such call.
    /// </summary>
    /// <param name="endpointId">The endpoint's id, <c>we_…</c>, of either mode.</param>
    /// <param name="overlap">
    /// For how long the old secret goes on, on the emulator's clock; zero for no longer, 100 years at most. Secrets from earlier replacements end then too.
    /// </param>
    /// <param name="cancellationToken">Heeded before it begins.</param>
    /// <returns>The new secret.</returns>
    /// <exception cref="ArgumentException">There is no such endpoint.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The overlap is negative or too long.</exception>
    public Task<WebhookSecret> ReplaceWebhookSecretAsync(string endpointId, TimeSpan overlap, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(endpointId);
        ArgumentOutOfRangeException.ThrowIfLessThan(overlap, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(overlap, TimeSpan.FromDays(36_525));
        return Task.Run(
            () =>
                Deliveries.ReplaceSecret(endpointId, overlap)
                ?? throw new ArgumentException($"There is no webhook endpoint {endpointId}.", nameof(endpointId)),
            cancellationToken
        );
    }

    /// <summary>
    /// Puts back the state at the start: the same keys and seed, nothing else stored, no faults, an empty ledger, no offset of the clock, fresh rate limits.
    /// Deliveries under way are given up; their receivers may have had them. Requests under way meanwhile fall on one side or the other.
    /// </summary>
    /// <param name="cancellationToken">Heeded before it begins.</param>
    public Task ResetAsync(CancellationToken cancellationToken = default) => Task.Run(_instance.ResetAsync, cancellationToken);

    /// <summary>Stops the emulator. Temporary data is gone afterwards; a data file that was named stays. Doing it twice is harmless.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await _listener.DisposeAsync().ConfigureAwait(false);
        await _instance.DisposeAsync().ConfigureAwait(false);
    }

    private Task<EmittedEvent> EmitAsync(WebhookEventType type, byte[]? data, KeyMode mode, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(type.Value, nameof(type));
        if (mode is not (KeyMode.Test or KeyMode.Live))
        {
            throw new ArgumentOutOfRangeException(nameof(mode), mode, "The mode of an event is test or live.");
        }

        return Task.Run(() => Deliveries.Emit(new Emission(type.Value, data, mode)), cancellationToken);
    }
}
