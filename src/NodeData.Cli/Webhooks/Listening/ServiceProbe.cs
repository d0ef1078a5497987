using NodeData.Cli.Credentials;
using NodeData.Cli.Failures;
using NodeData.Sdk;
using NodeData.Sdk.Webhooks;

namespace NodeData.Cli.Webhooks.Listening;

/// <summary>What answers at the address: an emulator on this machine, or the service.</summary>
/// <param name="IsLocalEmulator">Whether it is an emulator that can deliver to 127.0.0.1.</param>
/// <param name="KnownEventTypes">The event types that it knows.</param>
internal sealed record ServiceProbe(bool IsLocalEmulator, IReadOnlyList<WebhookEventType> KnownEventTypes)
{
    // docs/emulator.md, "In a test or a program".
    private const string EmulatorHeader = "nd-emulator";

    /// <exception cref="NodeDataException">It does not answer, or refuses.</exception>
    public static async Task<ServiceProbe> ProbeAsync(NodeClient node, ClientSettings settings, CancellationToken cancellationToken)
    {
        var isEmulator = false;
        var client = node.With(
            new NodeRequestOptions
            {
                OnResponse = response =>
                    isEmulator = response.Headers.Any(header => header.Key.Equals(EmulatorHeader, StringComparison.OrdinalIgnoreCase)),
            }
        );
        var types = await client.Webhooks.ListEventTypesAsync(cancellationToken).ConfigureAwait(false);
        return new ServiceProbe(isEmulator && IsLoopback(settings.Address?.Value), types);
    }

    /// <summary>The service drops types that it does not know without a word, and none left means all of them.</summary>
    /// <exception cref="CommandFailedException">It does not know one of them.</exception>
    public void RequireKnown(IReadOnlyList<WebhookEventType> eventTypes)
    {
        if (eventTypes.Except(KnownEventTypes).ToList() is [var unknown, ..])
        {
            throw CommandFailedException.Usage(
                $"The service knows no event type {unknown}. It knows {EventTypes.Format(KnownEventTypes)}."
            );
        }
    }

    private static bool IsLoopback(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.IsLoopback;
}
