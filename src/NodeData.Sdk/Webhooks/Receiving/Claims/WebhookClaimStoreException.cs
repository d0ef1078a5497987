namespace NodeData.Sdk.Webhooks;

/// <summary>
/// The exception that is thrown when an operation of a claim store fails, for example because the store is full or unavailable. The receiver's result is 503,
/// so that the service retries the delivery.
/// </summary>
public class WebhookClaimStoreException : NodeDataException
{
    /// <summary>Initializes a new instance without a message.</summary>
    public WebhookClaimStoreException() { }

    /// <summary>Initializes a new instance with a message.</summary>
    /// <param name="message">A message that describes the error and its remedy.</param>
    public WebhookClaimStoreException(string? message)
        : base(message) { }

    /// <summary>Initializes a new instance with a message and the exception that caused it.</summary>
    /// <param name="message">A message that describes the error and its remedy.</param>
    /// <param name="innerException">The exception that caused this one.</param>
    public WebhookClaimStoreException(string? message, Exception? innerException)
        : base(message, innerException) { }
}
