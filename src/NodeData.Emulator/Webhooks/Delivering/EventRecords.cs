using NodeData.Emulator.Keys;
using NodeData.Emulator.Storage;

namespace NodeData.Emulator.Webhooks.Delivering;

/// <summary>The events in the data file, with the bytes of the body, which are the same in each attempt.</summary>
internal static class EventRecords
{
    public const string Table = """
        CREATE TABLE webhook_events (
            id TEXT PRIMARY KEY,
            mode TEXT NOT NULL,
            type TEXT NOT NULL,
            body BLOB NOT NULL,
            created_at INTEGER NOT NULL
        ) STRICT;
        """;

    public static void Add(Session session, EmittedEvent emitted) =>
        session.Execute(
            "INSERT INTO webhook_events VALUES ($id, $mode, $type, $body, $created_at)",
            ("$id", emitted.Id),
            ("$mode", emitted.Mode.ToWireValue()),
            ("$type", emitted.Type),
            ("$body", emitted.Body.ToArray()),
            ("$created_at", emitted.CreatedAt.ToUnixTimeMilliseconds())
        );

    public static byte[] GetBody(Session session, string id) =>
        (byte[])session.ExecuteScalar("SELECT body FROM webhook_events WHERE id = $id", ("$id", id))!;
}
