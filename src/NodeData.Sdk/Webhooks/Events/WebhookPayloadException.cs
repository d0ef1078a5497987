namespace NodeData.Sdk.Webhooks;

/// <summary>
/// The exception that is thrown when the body of a request is not a JSON object (<c>malformed_payload</c>, contract, "Webhook signatures"), or when an event's
/// data cannot be read as the requested type. The exception message contains no part of the body.
/// </summary>
public class WebhookPayloadException : NodeDataException
{
    /// <summary>Initializes a new instance without a message.</summary>
    public WebhookPayloadException() { }

    /// <summary>Initializes a new instance with a message.</summary>
    /// <param name="message">A message that describes the error.</param>
    public WebhookPayloadException(string? message)
        : base(message) { }

    /// <summary>Initializes a new instance with a message and the exception that caused it.</summary>
    /// <param name="message">A message that describes the error.</param>
    /// <param name="innerException">The exception that caused this one.</param>
    public WebhookPayloadException(string? message, Exception? innerException)
        : base(message, innerException) { }
}
