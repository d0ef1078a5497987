namespace NodeData.Sdk.Webhooks;

/// <summary>
/// A body is not a JSON object (<c>malformed_payload</c>, contract, "Webhook signatures"), or an event's data is not what the caller wants to read it as. The
/// message never repeats the body.
/// </summary>
public class WebhookPayloadException : NodeDataException
{
    /// <summary>An error without a message.</summary>
    public WebhookPayloadException() { }

    /// <summary>An error with a message.</summary>
    /// <param name="message">What is wrong with the body.</param>
    public WebhookPayloadException(string? message)
        : base(message) { }

    /// <summary>An error with a message and its cause.</summary>
    /// <param name="message">What is wrong with the body.</param>
    /// <param name="innerException">The cause.</param>
    public WebhookPayloadException(string? message, Exception? innerException)
        : base(message, innerException) { }
}
