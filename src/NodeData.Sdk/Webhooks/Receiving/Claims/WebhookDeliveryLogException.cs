namespace NodeData.Sdk.Webhooks;

/// <summary>A delivery log could not do what it was asked: it is full, or its store is away. The receiver answers 503, and the service delivers again.</summary>
public class WebhookDeliveryLogException : NodeDataException
{
    /// <summary>An error without a message.</summary>
    public WebhookDeliveryLogException() { }

    /// <summary>An error with a message.</summary>
    /// <param name="message">What happened and what to do.</param>
    public WebhookDeliveryLogException(string? message)
        : base(message) { }

    /// <summary>An error with a message and its cause.</summary>
    /// <param name="message">What happened and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public WebhookDeliveryLogException(string? message, Exception? innerException)
        : base(message, innerException) { }
}
