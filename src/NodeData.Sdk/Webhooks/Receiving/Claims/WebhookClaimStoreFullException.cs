namespace NodeData.Sdk.Webhooks;

/// <summary>A delivery log remembers as much as it may. Asking again at once is of no use, so the receiver does not.</summary>
public class WebhookClaimStoreFullException : WebhookClaimStoreException
{
    /// <summary>An error without a message.</summary>
    public WebhookClaimStoreFullException() { }

    /// <summary>An error with a message.</summary>
    /// <param name="message">What happened and what to do.</param>
    public WebhookClaimStoreFullException(string? message)
        : base(message) { }

    /// <summary>An error with a message and its cause.</summary>
    /// <param name="message">What happened and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public WebhookClaimStoreFullException(string? message, Exception? innerException)
        : base(message, innerException) { }
}
