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
    public static void Put(Session session, IEnumerable<EmulatorWebhookEndpoint> endpoints, long now)
    {
        foreach (var endpoint in endpoints)
        {
            var id = IdOf(endpoint);
            if (WebhookEndpointRecords.ById(session, id) is { } stored)
            {
                WebhookEndpointRecords.Change(session, stored with { Url = endpoint.Url, Events = [], IsEnabled = true });
                WebhookSecrets.Remove(session, id);
            }
            else
            {
                WebhookEndpointRecords.Add(session, RecordOf(endpoint, id, now));
            }

            WebhookSecrets.Add(session, id, endpoint.Secret);
        }
    }

    private static WebhookEndpointRecord RecordOf(EmulatorWebhookEndpoint endpoint, string id, long now) =>
        new()
        {
            Id = id,
            Mode = endpoint.Mode,
            Url = endpoint.Url,
            Events = [],
            CreatedAt = now,
        };

    /// <summary>The same address has the same id in each emulator, so that scripts are repeatable.</summary>
    private static string IdOf(EmulatorWebhookEndpoint endpoint)
    {
        var digest = SHA256.HashData(
            Encoding.UTF8.GetBytes($"node-data-emulator webhook endpoint id {endpoint.Mode.ToWord()} {endpoint.Url}")
        );
        return "we_" + Convert.ToHexString(digest)[..24].ToLowerInvariant();
    }
}
