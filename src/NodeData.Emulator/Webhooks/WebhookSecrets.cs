using System.Security.Cryptography;
using NodeData.Emulator.Keys;
using NodeData.Emulator.Storage;
using NodeData.Sdk;

namespace NodeData.Emulator.Webhooks;

/// <summary>
/// The secrets that deliveries are signed with. They are stored as plain text, because signing needs them, also after a restart. Only the owner can read the
/// file.
/// </summary>
internal static class WebhookSecrets
{
    public const string Table = """
        CREATE TABLE webhook_secrets (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            endpoint_id TEXT NOT NULL,
            text TEXT NOT NULL,
            valid_until INTEGER
        ) STRICT;
        CREATE INDEX webhook_secrets_of_endpoint ON webhook_secrets (endpoint_id);
        """;

    private const string Characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    // 62 to the power of 32: 190 bits.
    private const int RandomCharacters = 32;

    public static WebhookSecret Create(KeyMode mode) =>
        WebhookSecret.Parse($"whsec_{mode.ToWireValue()}_{RandomNumberGenerator.GetString(Characters, RandomCharacters)}");

    public static void Add(Session session, string endpointId, WebhookSecret secret) =>
        session.Execute(
            "INSERT INTO webhook_secrets (endpoint_id, text) VALUES ($endpoint_id, $text)",
            ("$endpoint_id", endpointId),
            ("$text", secret.Reveal())
        );

    /// <summary>
    /// Adds a new secret. The existing secrets expire at the end of the overlap, or earlier if they already expire earlier, so that none outlives a rotation
    /// without an overlap.
    /// </summary>
    public static void Replace(Session session, string endpointId, WebhookSecret secret, long overlapEnd)
    {
        session.Execute(
            """
            UPDATE webhook_secrets SET valid_until = min(coalesce(valid_until, $overlap_end), $overlap_end) WHERE endpoint_id = $endpoint_id
            """,
            ("$overlap_end", overlapEnd),
            ("$endpoint_id", endpointId)
        );
        Add(session, endpointId, secret);
    }

    /// <summary>Returns the secrets to sign with, newest first.</summary>
    public static List<WebhookSecret> ListValid(Session session, string endpointId, long now) =>
        session.Query(
            """
            SELECT text FROM webhook_secrets WHERE endpoint_id = $endpoint_id AND coalesce(valid_until > $now, TRUE) ORDER BY sequence DESC
            """,
            row => WebhookSecret.Parse(row.GetString(0)),
            ("$endpoint_id", endpointId),
            ("$now", now)
        );

    public static void Remove(Session session, string endpointId) =>
        session.Execute("DELETE FROM webhook_secrets WHERE endpoint_id = $endpoint_id", ("$endpoint_id", endpointId));
}
