using System.Globalization;
using System.Text.RegularExpressions;
using NodeData.Sdk.Http;

namespace NodeData.Sdk.Webhooks.Rotation;

/// <summary>
/// Reads and writes the marker in the description of an endpoint that replaces another: <c>[replaces we_1]</c>, and after its secret is deployed
/// <c>[replaces we_1 until 2026-08-02T12:00:00.000Z]</c>. The description stores the progress of the rotation, so that any process can resume it.
/// </summary>
internal static partial class ReplacementMarker
{
    public static string Add(string? description, string oldEndpointId, DateTimeOffset? until = null)
    {
        var suffix = until is { } moment ? $" until {WireTime.Format(moment)}" : "";
        return $"{Remove(description)} [replaces {oldEndpointId}{suffix}]".TrimStart();
    }

    /// <summary>Truncates a time to whole milliseconds, the precision of a marker.</summary>
    public static DateTimeOffset TruncateToMilliseconds(DateTimeOffset moment) =>
        moment.AddTicks(-(moment.Ticks % TimeSpan.TicksPerMillisecond));

    /// <summary>Removes the marker from a description.</summary>
    public static string Remove(string? description) => description is null ? "" : MarkerRegex().Replace(description, "").Trim();

    /// <summary>Finds the id of the endpoint that another one replaces; null if it replaces none.</summary>
    public static string? FindReplacedId(string? description) =>
        description is not null && MarkerRegex().Match(description) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>Determines whether an endpoint replaces another, and reads the end of the overlap; null if the secret is not deployed yet.</summary>
    public static bool TryRead(WebhookEndpoint endpoint, string oldEndpointId, out DateTimeOffset? until)
    {
        until = null;
        if (endpoint.Description is not { } description || MarkerRegex().Match(description) is not { Success: true } match)
        {
            return false;
        }

        if (DateTimeOffset.TryParse(match.Groups[2].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
        {
            until = moment;
        }

        return match.Groups[1].Value == oldEndpointId;
    }

    [GeneratedRegex(@"\[replaces (\S+?)(?: until (\S+))?\]", RegexOptions.CultureInvariant)]
    private static partial Regex MarkerRegex();
}
