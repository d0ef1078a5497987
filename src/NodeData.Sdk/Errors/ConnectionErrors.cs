using System.Globalization;
using System.Net.Sockets;
using NodeData.Sdk.Http;
using Polly;

namespace NodeData.Sdk.Errors;

/// <summary>Creates the exceptions for attempts without a complete response.</summary>
internal static class ConnectionErrors
{
    private const string MayHaveBeenProcessed =
        "The request may have been processed: check the result before you retry a call that is not idempotent.";

    /// <summary>Determines whether an exception of the HTTP stack is a connection error.</summary>
    /// <remarks>A bare SocketException is thrown if the peer resets a connection immediately after it was established.</remarks>
    public static bool IsConnectionError(Exception exception) =>
        exception is HttpRequestException or IOException or SocketException or OperationCanceledException;

    /// <summary>Creates the exception for a failed attempt; the caller's cancellation is thrown as an <see cref="OperationCanceledException"/>.</summary>
    public static NodeDataConnectionException CreateException(Call call, Deadline deadline, Uri address, Exception exception)
    {
        if (deadline.IsCancellationRequested)
        {
            return CreateTimeoutException(call, deadline, exception);
        }

        if (exception is OperationCanceledException && !IsConnectTimeout(exception))
        {
            return new NodeDataTimeoutException(
                $"{call.Endpoint.Name} was canceled by the HttpClient or its handler, whose own timeout elapsed before that of the client. "
                    + $"Set that timeout to infinite or a longer duration. {MayHaveBeenProcessed}",
                exception
            );
        }

        if (exception is HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded })
        {
            return new NodeDataConnectionException(
                $"{call.Endpoint.Name}: the response of {address.Authority} exceeds a limit of the HTTP handler, such as MaxResponseHeadersLength. {MayHaveBeenProcessed}",
                exception
            )
            {
                IsTransient = false,
            };
        }

        return GetReason(exception) is { } reason
            ? new NodeDataConnectionException(
                $"{call.Endpoint.Name} could not connect to {address.Authority}: {reason}. Nothing was sent. "
                    + "Check the network, the proxy, and NODE_DATA_BASE_URL or NodeClientOptions.BaseAddress.",
                exception
            )
            {
                RequestMayHaveBeenProcessed = false,
            }
            : new NodeDataConnectionException(
                $"{call.Endpoint.Name}: the connection to {address.Authority} was lost before the response was complete (attempt {call.Attempts}). {MayHaveBeenProcessed}",
                exception
            );
    }

    /// <summary>Creates the exception for what a handler of the application threw, such as a timeout or an open circuit breaker of its own.</summary>
    public static NodeDataConnectionException CreateHandlerException(Call call, Exception exception)
    {
        ThrowIfCanceled(call, exception);
        return new NodeDataConnectionException(
            $"{call.Endpoint.Name}: a handler of the HttpClient threw {exception.GetType().Name} (see the inner exception). {MayHaveBeenProcessed}",
            exception
        )
        {
            IsTransient = exception is ExecutionRejectedException or TimeoutException,
        };
    }

    /// <summary>
    /// Creates the exception for an attempt that timed out; the caller's cancellation is thrown as an <see cref="OperationCanceledException"/>.
    /// </summary>
    public static NodeDataTimeoutException CreateTimeoutException(Call call, Deadline deadline, Exception innerException)
    {
        ThrowIfCanceled(call, innerException);
        return new NodeDataTimeoutException(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{call.Endpoint.Name} received no complete response within {deadline.Limit.TotalSeconds:0.###} s ({deadline.OptionName}, attempt {call.Attempts}). {MayHaveBeenProcessed}"
            ),
            innerException
        );
    }

    /// <summary>Throws an <see cref="OperationCanceledException"/> with the caller's token if the caller canceled the call.</summary>
    public static void ThrowIfCanceled(Call call, Exception? innerException)
    {
        if (call.CancellationToken.IsCancellationRequested)
        {
            throw new TaskCanceledException($"{call.Endpoint.Name} was canceled by its caller.", innerException, call.CancellationToken);
        }
    }

    // Returns the reason if the connection was never established (contract, "Retries"); otherwise, null.
    private static string? GetReason(Exception exception) =>
        exception switch
        {
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "the host name cannot be resolved",
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => "the server does not accept connections",
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } =>
                "no secure connection could be established (is the certificate valid for this host name?)",
            HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } => "the proxy rejected the connection",
            HttpRequestException { HttpRequestError: HttpRequestError.VersionNegotiationError } =>
                "the server does not support the HTTP version that the HttpClient requires",
            _ when IsConnectTimeout(exception) => "no connection was established within the ConnectTimeout of the handler",
            _ => null,
        };

    // The connect timeout of SocketsHttpHandler has no type of its own. What does not look exactly like it may have been sent.
    private static bool IsConnectTimeout(Exception exception) =>
        exception
            is OperationCanceledException { InnerException: TimeoutException { InnerException: not OperationCanceledException } timeout }
        && timeout.Message.Contains("ConnectTimeout", StringComparison.Ordinal);
}
