using NodeData.Cli.Webhooks.Secrets;
using NodeData.Sdk.Webhooks;

namespace NodeData.Cli.Webhooks.Listening;

/// <summary>What a listener is asked to do.</summary>
/// <param name="ForwardTo">Where deliveries go.</param>
/// <param name="Events">The types that are wanted; none for all.</param>
/// <param name="Destinations">Where the endpoint's secret goes.</param>
/// <param name="IsJson">Whether programs read what is printed.</param>
internal sealed record ListenOrder(Uri ForwardTo, IReadOnlyList<WebhookEventType> Events, SecretDestinations Destinations, bool IsJson);
