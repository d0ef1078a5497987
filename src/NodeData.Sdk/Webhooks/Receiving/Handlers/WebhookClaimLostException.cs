namespace NodeData.Sdk.Webhooks;

/// <summary>
/// The exception that is thrown when a handler has lost its claim: the lease expired, and another process may be handling the event. Roll back the handler's
/// uncommitted changes.
/// </summary>
public class WebhookClaimLostException : NodeDataException
{
    /// <summary>Initializes a new instance without a message.</summary>
    public WebhookClaimLostException() { }

    /// <summary>Initializes a new instance with a message.</summary>
    /// <param name="message">A message that describes the error and its remedy.</param>
    public WebhookClaimLostException(string? message)
        : base(message) { }

    /// <summary>Initializes a new instance with a message and the exception that caused it.</summary>
    /// <param name="message">A message that describes the error and its remedy.</param>
    /// <param name="innerException">The exception that caused this one.</param>
    public WebhookClaimLostException(string? message, Exception? innerException)
        : base(message, innerException) { }
}
