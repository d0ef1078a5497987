namespace NodeData.Sdk;

/// <summary>
/// The base class of all exceptions of this library, except for the caller's cancellation, which is an <see cref="OperationCanceledException"/>, and for
/// invalid arguments, which are <see cref="ArgumentException"/>s. No exception contains a key or an HTTP request message.
/// </summary>
public class NodeDataException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="NodeDataException"/> class.</summary>
    public NodeDataException() { }

    /// <summary>Initializes a new instance of the <see cref="NodeDataException"/> class with a message.</summary>
    /// <param name="message">A message that describes the error and the remedy.</param>
    public NodeDataException(string? message)
        : base(message) { }

    /// <summary>Initializes a new instance of the <see cref="NodeDataException"/> class with a message and an inner exception.</summary>
    /// <param name="message">A message that describes the error and the remedy.</param>
    /// <param name="innerException">The exception that caused this one.</param>
    public NodeDataException(string? message, Exception? innerException)
        : base(message, innerException) { }
}
