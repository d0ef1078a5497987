using Microsoft.Data.Sqlite;
using NodeData.Emulator.Keys;
using NodeData.Emulator.Storage;

namespace NodeData.Emulator.Webhooks.Delivering;

/// <summary>The deliveries in the data file.</summary>
internal static class DeliveryRecords
{
    public const string Table = """
        CREATE TABLE webhook_deliveries (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            endpoint_id TEXT NOT NULL,
            mode TEXT NOT NULL,
            event_id TEXT NOT NULL,
            event_type TEXT NOT NULL,
            status TEXT NOT NULL,
            attempts INTEGER NOT NULL,
            last_status INTEGER,
            last_error TEXT,
            next_attempt_at INTEGER,
            succeeded_at INTEGER,
            created_at INTEGER NOT NULL,
            step INTEGER NOT NULL,
            round INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX webhook_deliveries_of_endpoint ON webhook_deliveries (endpoint_id, sequence DESC);
        CREATE INDEX webhook_deliveries_by_time ON webhook_deliveries (next_attempt_at, sequence) WHERE next_attempt_at IS NOT NULL;
        """;

    private const string Columns = """
        d.id, d.endpoint_id, d.mode, d.event_id, d.event_type, d.status, d.attempts, d.last_status, d.last_error, d.next_attempt_at, d.succeeded_at,
        d.created_at, d.step, d.round FROM webhook_deliveries d
        """;

    /// <summary>Deliveries to an endpoint, newest first.</summary>
    public static List<EmulatorDelivery> Newest(Session session, string endpointId, int count) =>
        session.Rows(
            $"SELECT {Columns} WHERE d.endpoint_id = $endpoint_id ORDER BY d.sequence DESC LIMIT $count",
            Read,
            ("$endpoint_id", endpointId),
            ("$count", count)
        );

    private static EmulatorDelivery Read(SqliteDataReader row) =>
        new()
        {
            Id = row.GetString(0),
            EndpointId = row.GetString(1),
            Mode = KeyModes.FromWord(row.GetString(2))!.Value,
            EventId = row.GetString(3),
            EventType = row.GetString(4),
            Status = DeliveryStatuses.FromWord(row.GetString(5)),
            Attempts = row.GetInt32(6),
            LastStatus = row.IsDBNull(7) ? null : row.GetInt32(7),
            LastError = row.IsDBNull(8) ? null : row.GetString(8),
            NextAttemptAt = TimeAt(row, 9),
            SucceededAt = TimeAt(row, 10),
            CreatedAt = TimeAt(row, 11)!.Value,
            Step = row.GetInt32(12),
            Round = row.GetInt32(13),
        };

    private static DateTimeOffset? TimeAt(SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));
}
