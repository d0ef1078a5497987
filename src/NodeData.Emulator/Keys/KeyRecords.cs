using Microsoft.Data.Sqlite;
using NodeData.Emulator.Storage;
using NodeData.Sdk;

namespace NodeData.Emulator.Keys;

/// <summary>The keys in the data file.</summary>
internal sealed class KeyRecords(LastUsedTracker lastUsedTracker)
{
    public const string Table = """
        CREATE TABLE keys (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            digest BLOB NOT NULL UNIQUE,
            mode TEXT NOT NULL,
            name TEXT NOT NULL,
            scopes TEXT NOT NULL,
            hint TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            expires_at INTEGER,
            last_used_at INTEGER,
            revoked_at INTEGER
        ) STRICT;
        CREATE INDEX keys_newest_first ON keys (mode, created_at DESC, sequence DESC);
        """;

    private const string Columns = "sequence, id, mode, name, scopes, hint, created_at, expires_at, last_used_at, revoked_at FROM keys";

    public KeyRecord? FindByText(Session session, ApiKey key) =>
        session.Query($"SELECT {Columns} WHERE digest = $digest", Read, ("$digest", KeyText.ComputeDigest(key))).SingleOrDefault();

    /// <summary>Returns the key with this ID and mode. A key of a different mode is not found.</summary>
    public KeyRecord? FindById(Session session, KeyMode mode, string id) =>
        session
            .Query($"SELECT {Columns} WHERE id = $id AND mode = $mode", Read, ("$id", id), ("$mode", mode.ToWireValue()))
            .SingleOrDefault();

    /// <summary>Returns keys of a mode, newest first, starting after <paramref name="after"/>.</summary>
    public List<KeyRecord> ListNewest(Session session, KeyMode mode, KeyCursor after, int count) =>
        session.Query(
            $"""
            SELECT {Columns}
            WHERE mode = $mode AND (created_at, sequence) < ($created_at, $sequence)
            ORDER BY created_at DESC, sequence DESC LIMIT $count
            """,
            Read,
            ("$mode", mode.ToWireValue()),
            ("$created_at", after.CreatedAt),
            ("$sequence", after.Sequence),
            ("$count", count)
        );

    /// <summary>Stores a new key.</summary>
    public void Add(Session session, KeyRecord key, ApiKey text)
    {
        session.Execute(
            """
            INSERT INTO keys (id, digest, mode, name, scopes, hint, created_at, expires_at, revoked_at)
            VALUES ($id, $digest, $mode, $name, $scopes, $hint, $created_at, $expires_at, $revoked_at)
            """,
            ("$id", key.Id),
            ("$digest", KeyText.ComputeDigest(text)),
            ("$mode", key.Mode.ToWireValue()),
            ("$name", key.Name),
            ("$scopes", string.Join(' ', key.Scopes)),
            ("$hint", key.Hint),
            ("$created_at", key.CreatedAt),
            ("$expires_at", key.ExpiresAt),
            ("$revoked_at", key.RevokedAt)
        );
        lastUsedTracker.Write(session);
    }

    /// <summary>Stores a key from the options or the seed. If a key with the same text exists, it is updated and keeps its ID.</summary>
    public void AddOrUpdate(Session session, KeyRecord key, ApiKey text)
    {
        if (FindByText(session, text) is not { } stored)
        {
            Add(session, key, text);
            return;
        }

        session.Execute(
            "UPDATE keys SET name = $name, scopes = $scopes, expires_at = $expires_at, revoked_at = $revoked_at WHERE id = $id",
            ("$name", key.Name),
            ("$scopes", string.Join(' ', key.Scopes)),
            ("$expires_at", key.ExpiresAt),
            ("$revoked_at", key.RevokedAt),
            ("$id", stored.Id)
        );
    }

    /// <summary>Revokes a key unless it is already revoked.</summary>
    public KeyRecord Revoke(Session session, KeyRecord key, long now)
    {
        if (key.IsRevoked)
        {
            return key;
        }

        session.Execute("UPDATE keys SET revoked_at = $now WHERE id = $id", ("$now", now), ("$id", key.Id));
        lastUsedTracker.Write(session);
        return key with { RevokedAt = now };
    }

    private KeyRecord Read(SqliteDataReader row)
    {
        var id = row.GetString(1);
        return new KeyRecord
        {
            Sequence = row.GetInt64(0),
            Id = id,
            Mode = KeyModes.FromWireValue(row.GetString(2))!.Value,
            Name = row.GetString(3),
            Scopes = row.GetString(4).Split(' ', StringSplitOptions.RemoveEmptyEntries),
            Hint = row.GetString(5),
            CreatedAt = row.GetInt64(6),
            ExpiresAt = ReadTime(row, 7),
            LastUsedAt = lastUsedTracker.GetLastUsedAt(id) ?? ReadTime(row, 8),
            RevokedAt = ReadTime(row, 9),
        };
    }

    private static long? ReadTime(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);
}
