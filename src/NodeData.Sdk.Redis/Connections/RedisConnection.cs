using Microsoft.Extensions.Logging;
using NodeData.Sdk.Redis.Diagnostics;
using StackExchange.Redis;

namespace NodeData.Sdk.Redis.Connections;

/// <summary>The connection of a log: the application's, or one of its own that is made when it is first needed and goes with the container.</summary>
internal sealed class RedisConnection : IAsyncDisposable, IDisposable
{
    private readonly object _gate = new();
    private readonly Func<Task<IConnectionMultiplexer>> _connect;
    private readonly bool _isOwn;
    private readonly ILogger _logger;
    private Task<IConnectionMultiplexer>? _connecting;
    private bool _isDisposed;

    private RedisConnection(Func<Task<IConnectionMultiplexer>> connect, bool isOwn, ILogger logger) =>
        (_connect, _isOwn, _logger) = (connect, isOwn, logger);

    public static RedisConnection Over(IConnectionMultiplexer connection, ILogger logger) =>
        new(() => Task.FromResult(connection), isOwn: false, logger);

    public static RedisConnection To(ConfigurationOptions settings, ILogger logger) =>
        new(async () => await ConnectionMultiplexer.ConnectAsync(settings).ConfigureAwait(false), isOwn: true, logger);

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
        if (End() is { IsCompletedSuccessfully: true } connected)
        {
            connected.Result.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (End() is { IsCompletedSuccessfully: true } connected)
        {
            await (await connected.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<IConnectionMultiplexer> ConnectAsync()
    {
        var connection = await _connect().ConfigureAwait(false);
        EvictionWatch.Begin(connection, _logger);
        return connection;
    }

    // One that is still connecting when the container goes closes itself when it has come to its end.
    private Task<IConnectionMultiplexer>? End()
    {
        lock (_gate)
        {
            _isDisposed = true;
            var own = _isOwn ? _connecting : null;
            if (own is { IsCompleted: false })
            {
                _ = own.ContinueWith(
                    static late => late.IsCompletedSuccessfully ? late.Result.DisposeAsync().AsTask() : Task.FromResult(late.Exception),
                    CancellationToken.None,
                    TaskContinuationOptions.None,
                    TaskScheduler.Default
                );
                return null;
            }

            return own;
        }
    }
}
