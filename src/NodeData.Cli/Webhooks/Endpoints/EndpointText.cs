using NodeData.Cli.CommandLine;
using NodeData.Cli.Output;
using NodeData.Sdk.Webhooks;

namespace NodeData.Cli.Webhooks.Endpoints;

/// <summary>Formats an endpoint for display.</summary>
internal static class EndpointText
{
    public static Cell FormatState(WebhookEndpoint endpoint) =>
        endpoint.IsEnabled switch
        {
            true => Cell.Good("enabled"),
            false => Cell.Warning("disabled"),
            null => (string?)null,
        };

    public static Facts Describe(WebhookEndpoint endpoint)
    {
        var facts = new Facts();
        facts.Add("id", endpoint.Id);
        facts.Add("url", endpoint.Url?.OriginalString);
        facts.Add("events", EventTypes.Format(endpoint.Events));
        facts.Add("state", FormatState(endpoint));
        facts.Add("description", endpoint.Description);
        facts.Add("created", endpoint.CreatedAt);
        return facts;
    }

    /// <summary>Warns about requested event types that the service silently dropped.</summary>
    public static void WarnAboutDropped(Invocation invocation, IReadOnlyList<WebhookEventType> dropped, WebhookEndpoint endpoint)
    {
        if (dropped.Count > 0)
        {
            var all = endpoint.Events is { Count: 0 } ? " No type remains, so the endpoint gets every event." : "";
            invocation.Terminal.Error.WriteLine(
                $"node-data: warning: the service does not support {EventTypes.Format(dropped)} and dropped it.{all} `node-data webhooks event-types` "
                    + $"lists the supported types; correct the endpoint with `node-data webhooks update {PlainText.Sanitize(endpoint.Id)} --event TYPE`."
            );
        }
    }
}
