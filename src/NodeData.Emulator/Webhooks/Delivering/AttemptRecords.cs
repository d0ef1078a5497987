using NodeData.Emulator.Storage;

namespace NodeData.Emulator.Webhooks.Delivering;

/// <summary>The attempts in the data file, each stored in the transaction that updates its delivery.</summary>
internal static class AttemptRecords
{
    public const string Table = """
        CREATE TABLE webhook_attempts (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            delivery_id TEXT NOT NULL,
            finished_at INTEGER NOT NULL,
            status INTEGER,
            error TEXT
        ) STRICT;
        CREATE INDEX webhook_attempts_of_delivery ON webhook_attempts (delivery_id, sequence);
        """;

    public static void Add(Session session, string deliveryId, Outcome outcome, DateTimeOffset finishedAt) =>
        session.Execute(
            "INSERT INTO webhook_attempts (delivery_id, finished_at, status, error) VALUES ($delivery_id, $finished_at, $status, $error)",
            ("$delivery_id", deliveryId),
            ("$finished_at", finishedAt.ToUnixTimeMilliseconds()),
            ("$status", outcome.Status),
            ("$error", outcome.Error)
        );

    /// <summary>Returns the attempts of a delivery, oldest first.</summary>
    public static List<EmulatorDeliveryAttempt> ListForDelivery(Session session, string deliveryId) =>
        session.Query(
            "SELECT finished_at, status, error FROM webhook_attempts WHERE delivery_id = $delivery_id ORDER BY sequence",
            row => new EmulatorDeliveryAttempt(
                DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(0)),
                row.IsDBNull(1) ? null : row.GetInt32(1),
                row.IsDBNull(2) ? null : row.GetString(2)
            ),
            ("$delivery_id", deliveryId)
        );
}
