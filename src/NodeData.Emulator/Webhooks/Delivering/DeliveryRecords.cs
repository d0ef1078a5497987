using Microsoft.Data.Sqlite;
using NodeData.Emulator.Keys;
using NodeData.Emulator.Storage;

namespace NodeData.Emulator.Webhooks.Delivering;

/// <summary>The deliveries in the data file. Each change is published after it is committed.</summary>
internal sealed class DeliveryRecords(DeliveryChanges changes)
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
        d.created_at, d.step, d.round, d.sequence FROM webhook_deliveries d
        """;

    // Deliveries to a disabled endpoint are not due until it is enabled again.
    private const string DueCondition = """
        JOIN webhook_endpoints e ON e.id = d.endpoint_id AND e.enabled WHERE d.next_attempt_at IS NOT NULL AND d.next_attempt_at
        """;

    public static EmulatorDelivery? FindById(Session session, string id) =>
        session.Query($"SELECT {Columns} WHERE d.id = $id", Read, ("$id", id)).SingleOrDefault();

    /// <summary>Returns all deliveries of both modes, newest first.</summary>
    public static List<EmulatorDelivery> ListNewest(Session session) => session.Query($"SELECT {Columns} ORDER BY d.sequence DESC", Read);

    /// <summary>Returns deliveries to an endpoint, newest first.</summary>
    public static List<EmulatorDelivery> ListNewest(Session session, string endpointId, int count) =>
        session.Query(
            $"SELECT {Columns} WHERE d.endpoint_id = $endpoint_id ORDER BY d.sequence DESC LIMIT $count",
            Read,
            ("$endpoint_id", endpointId),
            ("$count", count)
        );

    /// <summary>Returns deliveries that are due, longest overdue first.</summary>
    public static List<EmulatorDelivery> ListDue(Session session, long now, int count) =>
        session.Query(
            $"SELECT {Columns} {DueCondition} <= $now ORDER BY d.next_attempt_at, d.sequence LIMIT $count",
            Read,
            ("$now", now),
            ("$count", count)
        );

    /// <summary>Returns the time at which the next delivery becomes due; null if none is scheduled.</summary>
    public static long? GetNextDueTime(Session session, long now) =>
        session.ExecuteScalar($"SELECT min(d.next_attempt_at) FROM webhook_deliveries d {DueCondition} > $now", ("$now", now)) as long?;

    public void Add(Session session, EmulatorDelivery delivery)
    {
        session.Execute(
            """
            INSERT INTO webhook_deliveries (id, endpoint_id, mode, event_id, event_type, status, attempts, next_attempt_at, created_at, step, round)
            VALUES ($id, $endpoint_id, $mode, $event_id, $event_type, $status, 0, $next_attempt_at, $created_at, 0, 0)
            """,
            ("$id", delivery.Id),
            ("$endpoint_id", delivery.EndpointId),
            ("$mode", delivery.Mode.ToWireValue()),
            ("$event_id", delivery.EventId),
            ("$event_type", delivery.EventType),
            ("$status", DeliveryStatuses.ToWireValue(delivery.Status)),
            ("$next_attempt_at", delivery.NextAttemptAt?.ToUnixTimeMilliseconds()),
            ("$created_at", delivery.CreatedAt.ToUnixTimeMilliseconds())
        );
        session.RunAfterCommit(() => changes.Publish(delivery));
    }

    /// <summary>Updates the state of a delivery.</summary>
    public EmulatorDelivery Update(Session session, EmulatorDelivery delivery)
    {
        session.Execute(
            """
            UPDATE webhook_deliveries
            SET status = $status, attempts = $attempts, last_status = $last_status, last_error = $last_error, next_attempt_at = $next_attempt_at,
                succeeded_at = $succeeded_at, step = $step, round = $round
            WHERE id = $id
            """,
            ("$status", DeliveryStatuses.ToWireValue(delivery.Status)),
            ("$attempts", delivery.Attempts),
            ("$last_status", delivery.LastStatus),
            ("$last_error", delivery.LastError),
            ("$next_attempt_at", delivery.NextAttemptAt?.ToUnixTimeMilliseconds()),
            ("$succeeded_at", delivery.SucceededAt?.ToUnixTimeMilliseconds()),
            ("$step", delivery.Step),
            ("$round", delivery.Round),
            ("$id", delivery.Id)
        );
        session.RunAfterCommit(() => changes.Publish(delivery));
        return delivery;
    }

    /// <summary>Marks the pending deliveries to an endpoint as failed.</summary>
    public void FailPending(Session session, string endpointId, string reason)
    {
        var pending = session.Query(
            $"SELECT {Columns} WHERE d.endpoint_id = $endpoint_id AND d.next_attempt_at IS NOT NULL",
            Read,
            ("$endpoint_id", endpointId)
        );
        foreach (var delivery in pending)
        {
            Update(session, delivery with { Status = EmulatorDeliveryStatus.Failed, LastError = reason, NextAttemptAt = null });
        }
    }

    private static EmulatorDelivery Read(SqliteDataReader row) =>
        new()
        {
            Id = row.GetString(0),
            EndpointId = row.GetString(1),
            Mode = KeyModes.FromWireValue(row.GetString(2))!.Value,
            EventId = row.GetString(3),
            EventType = row.GetString(4),
            Status = DeliveryStatuses.FromWireValue(row.GetString(5)),
            Attempts = row.GetInt32(6),
            LastStatus = row.IsDBNull(7) ? null : row.GetInt32(7),
            LastError = row.IsDBNull(8) ? null : row.GetString(8),
            NextAttemptAt = ReadTime(row, 9),
            SucceededAt = ReadTime(row, 10),
            CreatedAt = ReadTime(row, 11)!.Value,
            Step = row.GetInt32(12),
            Round = row.GetInt32(13),
            Sequence = row.GetInt64(14),
        };

    private static DateTimeOffset? ReadTime(SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));
}
