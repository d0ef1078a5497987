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
    /// Gets whether the service may have processed the request. The value is false only where no connection was established. Where it is true, check before you
    /// repeat a call that must not happen twice. The default is true.
    /// </summary>
    public bool RequestMayHaveBeenProcessed { get; init; } = true;
}
