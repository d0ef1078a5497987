using Microsoft.Extensions.Logging;
using NodeData.Sdk.Redis.Diagnostics;
using StackExchange.Redis;

namespace NodeData.Sdk.Redis.Connections;

/// <summary>The connection of a claim store: the application's, or one that the store opens on first use and that is disposed of with the container.</summary>
internal sealed class RedisConnection : IAsyncDisposable, IDisposable
{
    private readonly object _gate = new();
    private readonly Func<Task<IConnectionMultiplexer>> _connect;
    private readonly bool _isOwned;
    private readonly ILogger _logger;
    private Task<IConnectionMultiplexer>? _connecting;
    private bool _isDisposed;

    private RedisConnection(Func<Task<IConnectionMultiplexer>> connect, bool isOwned, ILogger logger) =>
        (_connect, _isOwned, _logger) = (connect, isOwned, logger);

    public static RedisConnection FromExisting(IConnectionMultiplexer connection, ILogger logger) =>
        new(() => Task.FromResult(connection), isOwned: false, logger);

    public static RedisConnection FromSettings(ConfigurationOptions settings, ILogger logger) =>
        new(async () => await ConnectionMultiplexer.ConnectAsync(settings).ConfigureAwait(false), isOwned: true, logger);

    public Task<IConnectionMultiplexer> GetAsync()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return _connecting is null or { IsFaulted: true } ? _connecting = ConnectAsync() : _connecting;
        }
    }

    public void Dispose()
    {
        if (MarkDisposed() is { IsCompletedSuccessfully: true } connected)
        {
            connected.Result.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (MarkDisposed() is { IsCompletedSuccessfully: true } connected)
        {
            await (await connected.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<IConnectionMultiplexer> ConnectAsync()
    {
        var connection = await _connect().ConfigureAwait(false);
        EvictionMonitor.Start(connection, _logger);
        return connection;
    }

    // If the container is disposed of while the connection is being opened, the connection is closed as soon as it is open.
    private Task<IConnectionMultiplexer>? MarkDisposed()
    {
        lock (_gate)
        {
            _isDisposed = true;
            var owned = _isOwned ? _connecting : null;
            if (owned is { IsCompleted: false })
            {
                _ = owned.ContinueWith(
                    static task => task.IsCompletedSuccessfully ? task.Result.DisposeAsync().AsTask() : Task.FromResult(task.Exception),
                    CancellationToken.None,
                    TaskContinuationOptions.None,
                    TaskScheduler.Default
                );
                return null;
            }

            return owned;
        }
    }
}
