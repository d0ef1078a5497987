namespace NodeData.Sdk.Webhooks;

/// <summary>A delivery log could not do what it was asked: it is full, or its store is away. The receiver answers 503, and the service delivers again.</summary>
public class WebhookClaimStoreException : NodeDataException
{
    /// <summary>An error without a message.</summary>
    public WebhookClaimStoreException() { }

    /// <summary>An error with a message.</summary>
    /// <param name="message">What happened and what to do.</param>
    public WebhookClaimStoreException(string? message)
        : base(message) { }

    /// <summary>An error with a message and its cause.</summary>
    /// <param name="message">What happened and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public WebhookClaimStoreException(string? message, Exception? innerException)
        : base(message, innerException) { }
}
