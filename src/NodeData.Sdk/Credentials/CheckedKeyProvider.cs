using System.Net.Sockets;

namespace NodeData.Sdk.Credentials;

/// <summary>
/// Reports what a key provider throws as an exception of this library, so that only the caller's cancellation is an <see cref="OperationCanceledException"/>, and
/// that a provider whose secret manager is unavailable is retried like a connection that could not be established.
/// </summary>
internal sealed class CheckedKeyProvider(IApiKeyProvider provider) : IApiKeyProvider
{
    public ApiKey GetKey(CancellationToken cancellationToken)
    {
        try
        {
            return Check(provider.GetKey(cancellationToken));
        }
        catch (Exception exception) when (IsForeign(exception, cancellationToken))
        {
            throw CreateException(exception);
        }
    }

    public ValueTask<ApiKey> GetKeyAsync(CancellationToken cancellationToken)
    {
        try
        {
            var pending = provider.GetKeyAsync(cancellationToken);
            return pending.IsCompletedSuccessfully ? new ValueTask<ApiKey>(Check(pending.Result)) : WaitAsync(pending, cancellationToken);
        }
        catch (Exception exception) when (IsForeign(exception, cancellationToken))
        {
            throw CreateException(exception);
        }
    }

    public ApiKey Refresh(ApiKey rejected, CancellationToken cancellationToken)
    {
        try
        {
            return Check(provider.Refresh(rejected, cancellationToken));
        }
        catch (Exception exception) when (IsForeign(exception, cancellationToken))
        {
            throw CreateException(exception);
        }
    }

    public async ValueTask<ApiKey> RefreshAsync(ApiKey rejected, CancellationToken cancellationToken)
    {
        try
        {
            return Check(await provider.RefreshAsync(rejected, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception exception) when (IsForeign(exception, cancellationToken))
        {
            throw CreateException(exception);
        }
    }

    private static bool IsForeign(Exception exception, CancellationToken cancellationToken) =>
        exception is not NodeDataException && !(exception is OperationCanceledException && cancellationToken.IsCancellationRequested);

    private async ValueTask<ApiKey> WaitAsync(ValueTask<ApiKey> pending, CancellationToken cancellationToken)
    {
        try
        {
            return Check(await pending.ConfigureAwait(false));
        }
        catch (Exception exception) when (IsForeign(exception, cancellationToken))
        {
            throw CreateException(exception);
        }
    }

    // A provider from code without nullable annotations may return null.
    private ApiKey Check(ApiKey? key) =>
        key
        ?? throw new NodeDataConfigurationException(
            $"The key provider {provider.GetType().Name} returned null. It must return a key or throw."
        );

    // Not the exception's message, which may contain a secret.
    private NodeDataException CreateException(Exception exception) =>
        exception is HttpRequestException or IOException or SocketException or TimeoutException or OperationCanceledException
            ? new NodeDataConnectionException(
                $"The key provider {provider.GetType().Name} could not be reached ({exception.GetType().Name}, see the inner exception). Nothing was sent.",
                exception
            )
            {
                RequestMayHaveBeenProcessed = false,
            }
            : new NodeDataConfigurationException(
                $"The key provider {provider.GetType().Name} failed ({exception.GetType().Name}, see the inner exception). Nothing was sent.",
                exception
            );
}
