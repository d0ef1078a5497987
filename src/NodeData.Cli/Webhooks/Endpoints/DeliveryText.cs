using System.Globalization;
using NodeData.Cli.Output;
using NodeData.Sdk.Webhooks;

namespace NodeData.Cli.Webhooks.Endpoints;

/// <summary>Formats a delivery for display.</summary>
internal static class DeliveryText
{
    public static Cell FormatStatus(WebhookDelivery delivery) =>
        delivery.Status switch
        {
            { } status when status == WebhookDeliveryStatus.Succeeded => Cell.Good(status.Value),
            { } status when status == WebhookDeliveryStatus.Failed => Cell.Bad(status.Value),
            { } status when status == WebhookDeliveryStatus.Pending => Cell.Warning(status.Value),
            var other => other?.Value,
        };

    /// <summary>Returns the last status and, for a failure, the reason.</summary>
    public static string FormatLastResponse(WebhookDelivery delivery) =>
        string.Join(
            ' ',
            ((string?[])[delivery.LastStatus?.ToString(CultureInfo.InvariantCulture), delivery.LastError]).Where(part => part is not null)
        );
}
