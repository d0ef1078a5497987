namespace NodeData.Sdk.DependencyInjection;

/// <summary>Empty options whose validation creates a webhook receiver when the host starts.</summary>
internal sealed class WebhookReceiverStartupOptions;
