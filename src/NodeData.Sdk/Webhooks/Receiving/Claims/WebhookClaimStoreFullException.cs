namespace NodeData.Sdk.Webhooks;

/// <summary>The exception that is thrown when a claim store has reached its capacity. The receiver does not retry the operation.</summary>
public class WebhookClaimStoreFullException : WebhookClaimStoreException
{
    /// <summary>Initializes a new instance without a message.</summary>
    public WebhookClaimStoreFullException() { }

    /// <summary>Initializes a new instance with a message.</summary>
    /// <param name="message">A message that describes the error and its remedy.</param>
    public WebhookClaimStoreFullException(string? message)
        : base(message) { }

    /// <summary>Initializes a new instance with a message and the exception that caused it.</summary>
    /// <param name="message">A message that describes the error and its remedy.</param>
    /// <param name="innerException">The exception that caused this one.</param>
    public WebhookClaimStoreFullException(string? message, Exception? innerException)
        : base(message, innerException) { }
}
