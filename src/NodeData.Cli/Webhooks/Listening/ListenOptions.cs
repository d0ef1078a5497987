using NodeData.Cli.Webhooks.Secrets;
using NodeData.Sdk.Webhooks;

namespace NodeData.Cli.Webhooks.Listening;

/// <summary>The options of a listener.</summary>
/// <param name="ForwardTo">The address that deliveries are forwarded to.</param>
/// <param name="Events">The event types; empty for all.</param>
/// <param name="SecretSinks">The sinks for the endpoint's secret.</param>
/// <param name="IsJson">Whether the output is JSON.</param>
internal sealed record ListenOptions(Uri ForwardTo, IReadOnlyList<WebhookEventType> Events, WebhookSecretSinks SecretSinks, bool IsJson);
