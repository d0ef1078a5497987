using System.Security.Cryptography;
using System.Text;
using NodeData.Emulator.Keys;
using NodeData.Emulator.Storage;
using NodeData.Emulator.Webhooks;

namespace NodeData.Emulator.Seeding;

/// <summary>The webhook endpoints that are there from the start, and again after a reset.</summary>
internal static class StartingWebhookEndpoints
{
    /// <summary>Stores the endpoints; where one is there already, it is signed with the secret given now and enabled.</summary>
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

    /// <summary>The same address has the same id in each emulator, so that scripts are repeatable.</summary>
    private static string CreateId(EmulatorWebhookEndpoint endpoint)
    {
        var digest = SHA256.HashData(
            Encoding.UTF8.GetBytes($"node-data-emulator webhook endpoint id {endpoint.Mode.ToWireValue()} {endpoint.Url}")
        );
        return "we_" + Convert.ToHexString(digest)[..24].ToLowerInvariant();
    }
}
