namespace NodeData.Sdk;

/// <summary>There was no complete answer in time. The message names the limit that was reached.</summary>
public class NodeDataTimeoutException : NodeDataConnectionException
{
    /// <summary>A call that took too long.</summary>
    /// <param name="message">What happened and what to do.</param>
    /// <param name="innerException">The cause, from the HTTP stack.</param>
    public NodeDataTimeoutException(string? message, Exception? innerException = null)
        : base(message, innerException) { }
}
