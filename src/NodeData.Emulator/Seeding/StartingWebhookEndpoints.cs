using System.Security.Cryptography;
using System.Text;
using NodeData.Emulator.Keys;
using NodeData.Emulator.Storage;
using NodeData.Emulator.Webhooks;

namespace NodeData.Emulator.Seeding;

/// <summary>The webhook endpoints that exist after a start or a reset.</summary>
internal static class StartingWebhookEndpoints
{
    /// <summary>Stores the endpoints. An endpoint that already exists is enabled and gets the given secret.</summary>
    public static void AddOrUpdate(Session session, IEnumerable<EmulatorWebhookEndpoint> endpoints, long now)
    {
        foreach (var endpoint in endpoints)
        {
            var id = CreateId(endpoint);
            if (WebhookEndpointRecords.FindById(session, id) is { } stored)
            {
                WebhookEndpointRecords.Update(session, stored with { Url = endpoint.Url, Events = [], IsEnabled = true });
                WebhookSecrets.Remove(session, id);
            }
            else
            {
                WebhookEndpointRecords.Add(session, CreateRecord(endpoint, id, now));
            }

            WebhookSecrets.Add(session, id, endpoint.Secret);
        }
    }

    private static WebhookEndpointRecord CreateRecord(EmulatorWebhookEndpoint endpoint, string id, long now) =>
        new()
        {
            Id = id,
            Mode = endpoint.Mode,
            Url = endpoint.Url,
            Events = [],
            CreatedAt = now,
        };

    /// <summary>Derives the ID from mode and URL, so that an endpoint has the same ID in every emulator and scripts are deterministic.</summary>
    private static string CreateId(EmulatorWebhookEndpoint endpoint)
    {
        var digest = SHA256.HashData(
            Encoding.UTF8.GetBytes($"node-data-emulator webhook endpoint id {endpoint.Mode.ToWireValue()} {endpoint.Url}")
        );
        return "we_" + Convert.ToHexString(digest)[..24].ToLowerInvariant();
    }
}
