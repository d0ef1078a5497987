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
/// An emulator of the Node Data service: its HTTP API as the wire contract (the description of the service's HTTP API) defines it, on its own port, with its
/// own data file. Several emulators can run side by side. This type is thread-safe.
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

    /// <summary>The base address of the API, such as <c>http://127.0.0.1:5190/v1</c>. The API is also served under <c>/api/v1</c>.</summary>
    public Uri BaseAddress => _listener.BaseAddress;

    /// <summary>A test key with full access.</summary>
    public ApiKey TestKey => _instance.StartingKeys.GetFirst(KeyMode.Test);

    /// <summary>A live key with full access.</summary>
    public ApiKey LiveKey => _instance.StartingKeys.GetFirst(KeyMode.Live);

    /// <summary>The clock of this emulator. Pass it to the client and to the webhook verifier.</summary>
    public EmulatorClock Clock => _instance.Clock;

    /// <summary>The queue of faults to inject into API requests.</summary>
    public EmulatorFaults Faults => _instance.Faults;

    /// <summary>The webhook deliveries: their state, and methods that wait for a state.</summary>
    public EmulatorDeliveries Deliveries => _instance.Deliveries;

    /// <summary>
    /// The requests received so far, rejected and faulted ones included, in the order in which their responses were determined; the newest 100,000. A request
    /// is recorded before its response is sent. Requests to the control API are not recorded.
    /// </summary>
    public IReadOnlyList<RecordedRequest> Requests => _instance.Requests;

    /// <summary>Starts an emulator. It accepts requests when the returned task completes.</summary>
    /// <param name="options">The options; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <returns>The running emulator.</returns>
    /// <exception cref="EmulatorStartException">
    /// The port is in use, the address does not belong to this machine, the data file cannot be used, or the seed is invalid.
    /// </exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
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
    /// Emits an event. When the returned task completes, the event and its deliveries are on disk and delivering has started: one delivery to each enabled
    /// webhook endpoint of the mode that is subscribed to the type. The body is <c>{"id":"ev_…","type":…,"created_at":…,"data":…}</c>.
    /// </summary>
    /// <param name="type">The event type. A type that this emulator does not know goes to the endpoints that are subscribed to all types.</param>
    /// <param name="data">The value of <c>data</c>; null for an empty object. Amounts of money are whole numbers of the smallest unit.</param>
    /// <param name="mode">The mode whose endpoints receive the event.</param>
    /// <param name="cancellationToken">Cancels the call before the event is stored.</param>
    /// <returns>The emitted event.</returns>
    /// <exception cref="ArgumentException">
    /// The type is <c>default(WebhookEventType)</c>, or the mode is neither <see cref="KeyMode.Test"/> nor <see cref="KeyMode.Live"/>.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The emulator has been disposed.</exception>
    /// <example>
    /// <c>await emulator.EmitAsync("listing.purchased", new JsonObject { ["listing"] = "lst_1", ["amount_cents"] = 1900 });</c>
    /// </example>
    public Task<EmittedEvent> EmitAsync(
        WebhookEventType type,
        JsonNode? data = null,
        KeyMode mode = KeyMode.Test,
        CancellationToken cancellationToken = default
    ) => EmitAsync(type, data is null ? null : Encoding.UTF8.GetBytes(data.ToJsonString()), mode, cancellationToken);

    /// <typeparam name="T">The type of <paramref name="data"/>.</typeparam>
    /// <param name="type">The event type. A type that this emulator does not know goes to the endpoints that are subscribed to all types.</param>
    /// <param name="data">The value of <c>data</c>.</param>
    /// <param name="dataType">The metadata that serializes <paramref name="data"/>.</param>
    /// <param name="mode">The mode whose endpoints receive the event.</param>
    /// <param name="cancellationToken">Cancels the call before the event is stored.</param>
    /// <inheritdoc cref="EmitAsync(WebhookEventType, JsonNode?, KeyMode, CancellationToken)"/>
    public Task<EmittedEvent> EmitAsync<T>(
        WebhookEventType type,
        T data,
        JsonTypeInfo<T> dataType,
        KeyMode mode = KeyMode.Test,
        CancellationToken cancellationToken = default
    ) => EmitAsync(type, JsonSerializer.SerializeToUtf8Bytes(data, dataType), mode, cancellationToken);

    /// <summary>
    /// Rotates the secret of a webhook endpoint. During the overlap, each attempt is signed with the new and the previous secret, with two signatures in one
    /// header; afterwards with the new secret only. The wire contract has no such call.
    /// </summary>
    /// <param name="endpointId">The endpoint's ID, <c>we_…</c>, of either mode.</param>
    /// <param name="overlap">
    /// The duration for which the previous secret stays valid, on the emulator's clock: zero to 100 years. Secrets from earlier rotations expire then at the
    /// latest.
    /// </param>
    /// <param name="cancellationToken">Cancels the call before the secret is rotated.</param>
    /// <returns>The new secret.</returns>
    /// <exception cref="ArgumentException">The endpoint does not exist.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The overlap is negative or longer than 100 years.</exception>
    /// <exception cref="ObjectDisposedException">The emulator has been disposed.</exception>
    public Task<WebhookSecret> RotateWebhookSecretAsync(string endpointId, TimeSpan overlap, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(endpointId);
        ArgumentOutOfRangeException.ThrowIfLessThan(overlap, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(overlap, TimeSpan.FromDays(36_525));
        return Task.Run(
            () =>
                Deliveries.RotateSecret(endpointId, overlap)
                ?? throw new ArgumentException($"The webhook endpoint {endpointId} does not exist.", nameof(endpointId)),
            cancellationToken
        );
    }

    /// <summary>
    /// Restores the initial state: the same keys and seed, no other data, no faults, no recorded requests, no clock offset and reset rate limits. Attempts in
    /// progress are canceled; their receivers may have processed them. A request in progress is processed either before or after the reset.
    /// </summary>
    /// <param name="cancellationToken">Cancels the call before the reset starts.</param>
    /// <returns>A task that completes when the emulator has been reset.</returns>
    /// <exception cref="ObjectDisposedException">The emulator has been disposed.</exception>
    public Task ResetAsync(CancellationToken cancellationToken = default) => Task.Run(_instance.ResetAsync, cancellationToken);

    /// <summary>Stops the emulator and deletes temporary data; a data file given in the options is kept. Further calls have no effect.</summary>
    /// <returns>A task that completes when the emulator has stopped.</returns>
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
