using System.Globalization;
using System.Net.Sockets;
using NodeData.Sdk.Http;

namespace NodeData.Sdk.Errors;

/// <summary>Says what became of an attempt that had no complete answer.</summary>
internal static class ConnectionErrors
{
    private const string MayHaveBeenProcessed =
        "The request may have been carried out: look before you repeat a call that must not happen twice.";

    /// <summary>Whether an exception of the HTTP stack is about the connection.</summary>
    /// <remarks>A bare SocketException comes from a connection that the other side reset as soon as it was made.</remarks>
    public static bool IsConnectionError(Exception failure) =>
        failure is HttpRequestException or IOException or SocketException or InvalidDataException or OperationCanceledException;

    /// <summary>The exception for an attempt that broke off; the caller's own cancellation is thrown as what it is.</summary>
    public static NodeDataConnectionException CreateException(Call call, Deadline deadline, Uri address, Exception failure)
    {
        if (deadline.IsCancellationRequested)
        {
            return CreateTimeoutException(call, deadline, failure);
        }

        if (failure is OperationCanceledException)
        {
            return new NodeDataTimeoutException(
                $"{call.Endpoint.Name} was given up by the HttpClient or handler in use, whose own time-out came before the client's. "
                    + $"Make it infinite, or longer. {MayHaveBeenProcessed}",
                failure
            );
        }

        return failure is HttpRequestException { HttpRequestError: var error } && GetReason(error) is { } reason
            ? new NodeDataConnectionException(
                $"{call.Endpoint.Name} did not reach {address.Authority}: {reason}. Nothing was sent. "
                    + "Check the network, a proxy, and NODE_DATA_BASE_URL or NodeClientOptions.BaseAddress.",
                failure
            )
            {
                RequestMayHaveBeenProcessed = false,
            }
            : new NodeDataConnectionException(
                $"{call.Endpoint.Name}: the connection to {address.Authority} broke off before the answer was complete (attempt {call.Attempts}). {MayHaveBeenProcessed}",
                failure
            );
    }

    /// <summary>The exception for an attempt that took too long; the caller's own cancellation is thrown as what it is.</summary>
    public static NodeDataTimeoutException CreateTimeoutException(Call call, Deadline deadline, Exception cause)
    {
        ThrowIfCanceled(call, cause);
        return new NodeDataTimeoutException(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{call.Endpoint.Name} had no complete answer within {deadline.Limit.TotalSeconds:0.###} s ({deadline.Option}, attempt {call.Attempts}). {MayHaveBeenProcessed}"
            ),
            cause
        );
    }

    /// <summary>Throws the caller's own cancellation, with the caller's own token in it.</summary>
    public static void ThrowIfCanceled(Call call, Exception? cause)
    {
        if (call.CancellationToken.IsCancellationRequested)
        {
            throw new TaskCanceledException($"{call.Endpoint.Name} was cancelled by its caller.", cause, call.CancellationToken);
        }
    }

    // The connection was never made (contract, "Retries").
    private static string? GetReason(HttpRequestError error) =>
        error switch
        {
            HttpRequestError.NameResolutionError => "the name of the host cannot be resolved",
            HttpRequestError.ConnectionError => "it does not accept connections",
            HttpRequestError.SecureConnectionError => "no secure connection could be made (is its certificate valid for this name?)",
            HttpRequestError.ProxyTunnelError => "the proxy did not let the connection through",
            _ => null,
        };
}
