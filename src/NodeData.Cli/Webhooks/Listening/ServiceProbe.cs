using NodeData.Cli.Credentials;
using NodeData.Cli.Failures;
using NodeData.Sdk;
using NodeData.Sdk.Webhooks;

namespace NodeData.Cli.Webhooks.Listening;

/// <summary>Finds out what responds at the address: an emulator on this machine, or the service.</summary>
/// <param name="IsLocalEmulator">Whether it is an emulator that can deliver to 127.0.0.1.</param>
/// <param name="KnownEventTypes">The event types that it supports.</param>
internal sealed record ServiceProbe(bool IsLocalEmulator, IReadOnlyList<WebhookEventType> KnownEventTypes)
{
    // docs/emulator.md, "In process".
    private const string EmulatorHeader = "nd-emulator";

    /// <exception cref="NodeDataException">The service does not respond, or rejects the request.</exception>
    public static async Task<ServiceProbe> ProbeAsync(NodeClient node, ClientSettings settings, CancellationToken cancellationToken)
    {
        var isEmulator = false;
        var client = node.WithOptions(
            new NodeRequestOptions
            {
                OnResponse = response =>
                    isEmulator = response.Headers.Any(header => header.Key.Equals(EmulatorHeader, StringComparison.OrdinalIgnoreCase)),
            }
        );
        var types = await client.Webhooks.ListEventTypesAsync(cancellationToken).ConfigureAwait(false);
        return new ServiceProbe(isEmulator && IsLoopback(settings.Address?.Value), types);
    }

    /// <summary>Rejects unknown types. The service would silently drop them, and an empty list means all types.</summary>
    /// <exception cref="CommandFailedException">A type is unknown.</exception>
    public void RequireKnown(IReadOnlyList<WebhookEventType> eventTypes)
    {
        if (eventTypes.Except(KnownEventTypes).ToList() is [var unknown, ..])
        {
            throw CommandFailedException.Usage(
                $"The service does not support the event type {unknown}. Supported types: {EventTypes.Format(KnownEventTypes)}."
            );
        }
    }

    private static bool IsLoopback(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.IsLoopback;
}
