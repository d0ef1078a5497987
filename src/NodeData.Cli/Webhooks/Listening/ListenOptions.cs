using NodeData.Cli.Webhooks.Secrets;
using NodeData.Sdk.Webhooks;

namespace NodeData.Cli.Webhooks.Listening;

/// <summary>What a listener is asked to do.</summary>
/// <param name="ForwardTo">Where deliveries go.</param>
/// <param name="Events">The types that are wanted; none for all.</param>
/// <param name="SecretSinks">Where the endpoint's secret goes.</param>
/// <param name="IsJson">Whether programs read what is printed.</param>
internal sealed record ListenOptions(Uri ForwardTo, IReadOnlyList<WebhookEventType> Events, WebhookSecretSinks SecretSinks, bool IsJson);
