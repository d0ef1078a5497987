using NodeData.Sdk.Webhooks;
using StackExchange.Redis;

namespace NodeData.Sdk.Redis.Connections;

/// <summary>Applies the cancellation token and the timeout to each call, and translates exceptions.</summary>
internal sealed class RedisCalls(TimeSpan timeout, TimeProvider clock)
{
    public async Task<T> RunAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var running = call();
        try
        {
            return await running.WaitAsync(timeout, clock, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            ObserveFailure(running);
            throw;
        }
        catch (RedisTimeoutException exception)
        {
            throw CreateTimeoutException(exception);
        }
        catch (TimeoutException exception)
        {
            ObserveFailure(running);
            throw CreateTimeoutException(exception);
        }
        catch (Exception exception) when (exception is RedisServerException or RedisCommandException)
        {
            throw new WebhookClaimStoreException(
                "Redis returned an error to the claim store; see the inner exception. OOM: increase maxmemory. READONLY: connect to the primary. NOPERM: "
                    + "grant the user +@connection +eval +evalsha +script|load +get +set +del +pttl +pexpire +hget +hset +hexists +hincrby.",
                exception
            );
        }
        catch (RedisException exception)
        {
            throw new WebhookClaimStoreException(
                "Redis is unavailable: the claim store has no connection. Check that the server is running, the address, user and password in "
                    + "NodeData:Webhooks:Redis, and the user's permissions (at least +@connection). See the inner exception for details.",
                exception
            );
        }
    }

    private WebhookClaimStoreException CreateTimeoutException(Exception exception) =>
        new(
            $"Redis did not respond to the claim store within {timeout.TotalSeconds} s. The operation may nonetheless have changed the store.",
            exception
        );

    // The task is no longer awaited, so its exception would be unobserved.
    private static void ObserveFailure(Task running) =>
        _ = running.ContinueWith(
            static task => task.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default
        );
}
