namespace NodeData.Sdk;

/// <summary>The exception that is thrown when there is no complete response: the service could not be reached, or the connection was lost.</summary>
public class NodeDataConnectionException : NodeDataException
{
    /// <summary>Initializes a new instance of the <see cref="NodeDataConnectionException"/> class.</summary>
    /// <param name="message">A message that describes the error and the remedy.</param>
    /// <param name="innerException">The exception of the HTTP stack that caused this one.</param>
    public NodeDataConnectionException(string? message, Exception? innerException = null)
        : base(message, innerException) { }

    /// <summary>
    /// Gets a value indicating whether the service may have processed the request. The value is false only if no connection was established. If it is true,
    /// check the result before you retry a call that is not idempotent. The default is true.
    /// </summary>
    public bool RequestMayHaveBeenProcessed { get; init; } = true;

    /// <summary>Whether another attempt may succeed. The default is true.</summary>
    internal bool IsTransient { get; init; } = true;
}
