using Microsoft.Data.Sqlite;
using NodeData.Emulator.Authentication;
using NodeData.Emulator.Control;
using NodeData.Emulator.Idempotency;
using NodeData.Emulator.Keys;
using NodeData.Emulator.Me;
using NodeData.Emulator.RateLimits;
using NodeData.Emulator.RecordedRequests;
using NodeData.Emulator.Seeding;
using NodeData.Emulator.Storage;
using NodeData.Emulator.Webhooks;
using NodeData.Emulator.Webhooks.Delivering;

namespace NodeData.Emulator.Serving;

/// <summary>The components of an emulator, except the listener.</summary>
internal sealed class EmulatorInstance : IAsyncDisposable
{
    // SQLITE_CONSTRAINT: during the start, only a duplicate ID causes it.
    private const int ConstraintFailed = 19;

    private readonly DataFile _file;
    private readonly Database _database;
    private readonly LastUsedTracker _lastUsedTracker = new();
    private readonly RequestRecorder _requestRecorder = new();
    private readonly RateLimiter _rateLimiter;
    private readonly KeyRecords _keys;
    private readonly Dispatcher _dispatcher;
    private readonly IReadOnlyList<EmulatorWebhookEndpoint> _webhookEndpoints;

    // Serializes resets and the disposal.
    private readonly SemaphoreSlim _gate = new(1);

    private EmulatorInstance(EmulatorOptions options, StartingKeys startingKeys, DataFile file, Database database)
    {
        Clock = new EmulatorClock(options.TimeProvider);
        StartingKeys = startingKeys;
        _webhookEndpoints = options.WebhookEndpoints;
        _file = file;
        _database = database;
        _keys = new KeyRecords(_lastUsedTracker);
        _rateLimiter = new RateLimiter(options.EnforceRateLimits);
        var changes = new DeliveryChanges();
        var deliveries = new DeliveryRecords(changes);
        var deliveryFaults = new EmulatorDeliveryFaults();
        _dispatcher = new Dispatcher(Clock, database, deliveries, changes, deliveryFaults);
        Deliveries = new EmulatorDeliveries(Clock, database, changes, deliveries, _dispatcher, deliveryFaults);
        var webhooks = new WebhooksEndpoints(deliveries, _dispatcher.Wake);
        Service = new Service(
            Clock,
            database,
            new Authenticator(database, _keys, _lastUsedTracker),
            new RouteTable([.. MeEndpoints.Routes, .. new KeysEndpoints(_keys).Routes, .. webhooks.Routes]),
            _rateLimiter,
            new IdempotencyKeys(),
            Faults,
            _requestRecorder,
            options.EnableControlApi ? new ControlApi(Clock, Faults, () => Requests, ResetAsync, new WebhookControl(Deliveries)) : null
        );
        database.Run(Initialize);
    }

    public EmulatorClock Clock { get; }

    public StartingKeys StartingKeys { get; }

    public Service Service { get; }

    public EmulatorFaults Faults { get; } = new();

    public EmulatorDeliveries Deliveries { get; }

    public IReadOnlyList<RecordedRequest> Requests => _requestRecorder.Snapshot;

    private long Now => Clock.GetUtcNow().ToUnixTimeMilliseconds();

    public static EmulatorInstance Open(EmulatorOptions options)
    {
        var startingKeys = StartingKeys.From(options);
        var file = DataFile.Open(options.DataPath);
        Database? database = null;
        try
        {
            database = Database.Open(file.Path);
            return new EmulatorInstance(options, startingKeys, file, database);
        }
        catch (Exception cause)
        {
            database?.Dispose();
            file.Dispose();
            if (cause is SqliteException { SqliteErrorCode: ConstraintFailed })
            {
                throw new EmulatorStartException(
                    $"The data file {file.Path} contains an id of the seed for another key. Change the id (--seed, EmulatorOptions.Seed), "
                        + "or specify another file (--data, EmulatorOptions.DataPath).",
                    cause
                );
            }

            throw;
        }
    }

    /// <summary>Starts the dispatcher. Deliveries that were pending when the emulator stopped are attempted.</summary>
    public void Start() => _dispatcher.Start();

    /// <summary>Restores the initial state.</summary>
    public async Task ResetAsync()
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        try
        {
            await _dispatcher.StopAsync().ConfigureAwait(false);
            Reset();
            _dispatcher.Start();
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        await _dispatcher.DisposeAsync().ConfigureAwait(false);
        _database.Run(_lastUsedTracker.Write);
        _database.Dispose();
        _file.Dispose();
        _gate.Dispose();
    }

    private void Reset()
    {
        Faults.Clear();
        Deliveries.Faults.Clear();
        _rateLimiter.Clear();
        _lastUsedTracker.Clear();
        Clock.ResetOffset();
        _database.Run(session =>
        {
            Schema.DeleteAll(session);
            Initialize(session);
        });
        _requestRecorder.Clear();
    }

    private void Initialize(Session session)
    {
        AccountRecord.CreateIfMissing(session, Now);
        StartingKeys.AddOrUpdate(session, _keys, Now);
        StartingWebhookEndpoints.AddOrUpdate(session, _webhookEndpoints, Now);
    }
}
