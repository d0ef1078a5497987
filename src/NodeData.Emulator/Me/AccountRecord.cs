using NodeData.Emulator.Storage;

namespace NodeData.Emulator.Me;

/// <summary>The fictitious account that all keys of an emulator belong to. Only its creation time is stored.</summary>
internal static class AccountRecord
{
    public const string Table = "CREATE TABLE account (created_at INTEGER NOT NULL) STRICT";

    public static long GetCreatedAt(Session session) => (long)session.ExecuteScalar("SELECT created_at FROM account")!;

    public static void CreateIfMissing(Session session, long now) =>
        session.Execute("INSERT INTO account (created_at) SELECT $now WHERE NOT EXISTS (SELECT 1 FROM account)", ("$now", now));
}
