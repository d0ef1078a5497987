namespace NodeData.Sdk.Testing;

/// <summary>
/// The exception that is thrown when a claim store does not meet a requirement of <see cref="Webhooks.IWebhookClaimStore"/>. The exception message contains the
/// name of the check, its description and the result of the store.
/// </summary>
public class WebhookClaimStoreConformanceException : NodeDataException
{
    /// <summary>Initializes a new instance of the <see cref="WebhookClaimStoreConformanceException"/> class.</summary>
    public WebhookClaimStoreConformanceException() { }

    /// <summary>Initializes a new instance of the <see cref="WebhookClaimStoreConformanceException"/> class with a message.</summary>
    /// <param name="message">The message that describes the error.</param>
    public WebhookClaimStoreConformanceException(string? message)
        : base(message) { }

    /// <summary>Initializes a new instance of the <see cref="WebhookClaimStoreConformanceException"/> class with a message and an inner exception.</summary>
    /// <param name="message">The message that describes the error.</param>
    /// <param name="innerException">The exception that is the cause of this one.</param>
    public WebhookClaimStoreConformanceException(string? message, Exception? innerException)
        : base(message, innerException) { }

    internal WebhookClaimStoreConformanceException(WebhookClaimStoreCheck check, string detail, Exception? innerException)
        : base($"The claim store failed the conformance check {check.Name}: {check.Description} {detail}", innerException) =>
        CheckName = check.Name;

    /// <summary>Gets the name of the check that failed; null if the exception was created without a check.</summary>
    public string? CheckName { get; }
}
