using NodeData.Cli.Credentials;
using NodeData.Cli.Failures;
using NodeData.Sdk;
using NodeData.Sdk.Webhooks;

namespace NodeData.Cli.Webhooks.Listening;

/// <summary>What answers at the address: an emulator on this machine, or the service.</summary>
/// <param name="IsEmulatorHere">Whether it is an emulator that can deliver to 127.0.0.1.</param>
/// <param name="Known">The event types that it knows.</param>
internal sealed record AskedService(bool IsEmulatorHere, IReadOnlyList<WebhookEventType> Known)
{
    // docs/emulator.md, "In a test or a program".
    private const string EmulatorHeader = "nd-emulator";

    /// <exception cref="NodeDataException">It does not answer, or refuses.</exception>
    public static async Task<AskedService> OfAsync(NodeClient node, ClientSettings settings, CancellationToken cancellationToken)
    {
        var saysSo = false;
        var asking = node.With(
            new NodeRequestOptions
            {
                OnResponse = response =>
                    saysSo = response.Headers.Any(header => header.Key.Equals(EmulatorHeader, StringComparison.OrdinalIgnoreCase)),
            }
        );
        var types = await asking.Webhooks.ListEventTypesAsync(cancellationToken).ConfigureAwait(false);
        return new AskedService(saysSo && IsHere(settings.Address?.Value), types);
    }

    /// <summary>The service drops types that it does not know without a word, and none left means all of them.</summary>
    /// <exception cref="CommandFailedException">It does not know one of them.</exception>
    public void RequireKnown(IReadOnlyList<WebhookEventType> wanted)
    {
        if (wanted.Except(Known).ToList() is [var unknown, ..])
        {
            throw CommandFailedException.Usage($"The service knows no event type {unknown}. It knows {EventTypes.Describe(Known)}.");
        }
    }

    private static bool IsHere(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.IsLoopback;
}
