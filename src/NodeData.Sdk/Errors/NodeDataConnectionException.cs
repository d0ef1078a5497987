namespace NodeData.Sdk;

/// <summary>There was no complete answer: the service was never reached, or the connection broke off.</summary>
public class NodeDataConnectionException : NodeDataException
{
    /// <summary>A connection that failed.</summary>
    /// <param name="message">What happened and what to do.</param>
    /// <param name="innerException">The cause, from the HTTP stack.</param>
    public NodeDataConnectionException(string? message, Exception? innerException = null)
        : base(message, innerException) { }

    /// <summary>
    /// Whether the service may have carried out the request: false only where no connection was made. Where it is true, look before you repeat a call that
    /// must not happen twice.
    /// </summary>
    public bool RequestMayHaveBeenProcessed { get; init; } = true;
}
