namespace NodeData.Sdk;

/// <summary>
/// The exception that is thrown when no complete response was received before a timeout elapsed. The message contains the name of the timeout.
/// </summary>
public class NodeDataTimeoutException : NodeDataConnectionException
{
    /// <summary>Initializes a new instance of the <see cref="NodeDataTimeoutException"/> class.</summary>
    /// <param name="message">A message that describes the error and the remedy.</param>
    /// <param name="innerException">The exception of the HTTP stack that caused this one.</param>
    public NodeDataTimeoutException(string? message, Exception? innerException = null)
        : base(message, innerException) { }
}
