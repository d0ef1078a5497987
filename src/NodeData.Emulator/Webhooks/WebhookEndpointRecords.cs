using Microsoft.Data.Sqlite;
using NodeData.Emulator.Keys;
using NodeData.Emulator.Storage;
using NodeData.Sdk;

namespace NodeData.Emulator.Webhooks;

/// <summary>The webhook endpoints in the data file.</summary>
internal static class WebhookEndpointRecords
{
    public const string Table = """
        CREATE TABLE webhook_endpoints (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            mode TEXT NOT NULL,
            url TEXT NOT NULL,
            events TEXT NOT NULL,
            description TEXT,
            enabled INTEGER NOT NULL,
            created_at INTEGER NOT NULL
        ) STRICT;
        """;

    private const string Columns = "id, mode, url, events, description, enabled, created_at FROM webhook_endpoints";

    /// <summary>Returns the endpoint with this ID and mode. An endpoint of a different mode is not found.</summary>
    public static WebhookEndpointRecord? FindById(Session session, KeyMode mode, string id) =>
        session
            .Query($"SELECT {Columns} WHERE id = $id AND mode = $mode", Read, ("$id", id), ("$mode", mode.ToWireValue()))
            .SingleOrDefault();

    /// <summary>Returns the endpoint with this ID, of either mode.</summary>
    public static WebhookEndpointRecord? FindById(Session session, string id) =>
        session.Query($"SELECT {Columns} WHERE id = $id", Read, ("$id", id)).SingleOrDefault();

    /// <summary>Returns all endpoints of a mode, newest first.</summary>
    public static List<WebhookEndpointRecord> ListNewest(Session session, KeyMode mode) =>
        session.Query($"SELECT {Columns} WHERE mode = $mode ORDER BY sequence DESC", Read, ("$mode", mode.ToWireValue()));

    public static void Add(Session session, WebhookEndpointRecord endpoint) =>
        session.Execute(
            """
            INSERT INTO webhook_endpoints (id, mode, url, events, description, enabled, created_at)
            VALUES ($id, $mode, $url, $events, $description, $enabled, $created_at)
            """,
            ("$id", endpoint.Id),
            ("$mode", endpoint.Mode.ToWireValue()),
            ("$url", endpoint.Url),
            ("$events", string.Join(' ', endpoint.Events)),
            ("$description", endpoint.Description),
            ("$enabled", endpoint.IsEnabled),
            ("$created_at", endpoint.CreatedAt)
        );

    /// <summary>Updates the modifiable columns of an endpoint.</summary>
    public static void Update(Session session, WebhookEndpointRecord endpoint) =>
        session.Execute(
            "UPDATE webhook_endpoints SET url = $url, events = $events, description = $description, enabled = $enabled WHERE id = $id",
            ("$url", endpoint.Url),
            ("$events", string.Join(' ', endpoint.Events)),
            ("$description", endpoint.Description),
            ("$enabled", endpoint.IsEnabled),
            ("$id", endpoint.Id)
        );

    public static void Remove(Session session, WebhookEndpointRecord endpoint) =>
        session.Execute("DELETE FROM webhook_endpoints WHERE id = $id", ("$id", endpoint.Id));

    private static WebhookEndpointRecord Read(SqliteDataReader row) =>
        new()
        {
            Id = row.GetString(0),
            Mode = KeyModes.FromWireValue(row.GetString(1))!.Value,
            Url = row.GetString(2),
            Events = row.GetString(3).Split(' ', StringSplitOptions.RemoveEmptyEntries),
            Description = row.IsDBNull(4) ? null : row.GetString(4),
            IsEnabled = row.GetBoolean(5),
            CreatedAt = row.GetInt64(6),
        };
}
