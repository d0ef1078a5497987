namespace NodeData.Sdk.Webhooks;

/// <summary>
/// A handler's claim on its event is no longer its own: the lease ran out, and another may be handling the event. Whatever the handler has not committed must be
/// rolled back.
/// </summary>
public class WebhookClaimLostException : NodeDataException
{
    /// <summary>An error without a message.</summary>
    public WebhookClaimLostException() { }

    /// <summary>An error with a message.</summary>
    /// <param name="message">What happened and what to do.</param>
    public WebhookClaimLostException(string? message)
        : base(message) { }

    /// <summary>An error with a message and its cause.</summary>
    /// <param name="message">What happened and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public WebhookClaimLostException(string? message, Exception? innerException)
        : base(message, innerException) { }
}
