namespace NodeData.Sdk;

/// <summary>
/// The base of all that this library reports: catch it to catch everything but the caller's own cancellation, which stays an
/// <see cref="OperationCanceledException"/>, and wrong arguments, which are <see cref="ArgumentException"/>s. No exception holds a key or a request.
/// </summary>
public class NodeDataException : Exception
{
    /// <summary>An error without a message.</summary>
    public NodeDataException() { }

    /// <summary>An error with a message.</summary>
    /// <param name="message">What happened and what to do.</param>
    public NodeDataException(string? message)
        : base(message) { }

    /// <summary>An error with a message and its cause.</summary>
    /// <param name="message">What happened and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public NodeDataException(string? message, Exception? innerException)
        : base(message, innerException) { }
}
