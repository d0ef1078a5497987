namespace NodeData.Sdk.DependencyInjection;

/// <summary>Options without content: validating them when the host starts is how a receiver is made then.</summary>
internal sealed class WebhookReceiverStartupOptions;
