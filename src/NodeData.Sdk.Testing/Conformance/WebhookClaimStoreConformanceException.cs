namespace NodeData.Sdk.Testing;

/// <summary>A delivery log breaks a promise of <see cref="Webhooks.IWebhookClaimStore"/>. The message names the check, the promise and what was seen.</summary>
public class WebhookClaimStoreConformanceException : NodeDataException
{
    /// <summary>An error without a message.</summary>
    public WebhookClaimStoreConformanceException() { }

    /// <summary>An error with a message.</summary>
    /// <param name="message">What happened.</param>
    public WebhookClaimStoreConformanceException(string? message)
        : base(message) { }

    /// <summary>An error with a message and its cause.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">The cause.</param>
    public WebhookClaimStoreConformanceException(string? message, Exception? innerException)
        : base(message, innerException) { }

    internal WebhookClaimStoreConformanceException(WebhookClaimStoreCheck check, string detail, Exception? innerException)
        : base($"{check.Name}: the log must keep this promise: {check.Description} {detail}", innerException) => CheckName = check.Name;

    /// <summary>The name of the check that failed; null where the exception was made without one.</summary>
    public string? CheckName { get; }
}
