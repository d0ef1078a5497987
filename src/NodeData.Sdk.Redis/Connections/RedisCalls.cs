using NodeData.Sdk.Webhooks;
using StackExchange.Redis;

namespace NodeData.Sdk.Redis.Connections;

/// <summary>Bounds each call by its token and the time-out, and says what failed.</summary>
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
                "Redis refused a call of the delivery log. The inner exception has its reason; with OOM raise maxmemory, with READONLY connect to the primary, with NOPERM "
                    + "give the user +@connection +eval +evalsha +script|load +get +set +del +pttl +pexpire +hget +hset +hexists +hincrby.",
                exception
            );
        }
        catch (RedisException exception)
        {
            throw new WebhookClaimStoreException(
                "Redis is away: the delivery log has no connection. Look whether the server runs, at the address, user and password in NodeData:Webhooks:Redis, and at "
                    + "what the user may do (+@connection at least). The inner exception says more.",
                exception
            );
        }
    }

    private WebhookClaimStoreException CreateTimeoutException(Exception exception) =>
        new(
            $"Redis did not answer the delivery log within {timeout.TotalSeconds} s. The change may have been made all the same.",
            exception
        );

    // Nobody waits for it any more, so nobody would see it fail.
    private static void ObserveFailure(Task running) =>
        _ = running.ContinueWith(
            static task => task.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default
        );
}
