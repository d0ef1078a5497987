using Microsoft.Data.Sqlite;

namespace NodeData.Emulator.Storage;

/// <summary>
/// Durability of responses: a transaction is on disk before its response is sent, even if the process is killed afterwards. The setting is read back on each
/// connection, because SQLite ignores an unknown setting.
/// </summary>
internal static class Durability
{
    private const long Full = 2;

    public static void Require(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();

        // Exclusive to one process: requests in progress and times of last use are kept in its memory.
        command.CommandText = "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;";
        command.ExecuteNonQuery();
        command.CommandText = "PRAGMA synchronous;";
        if (command.ExecuteScalar() is not Full)
        {
            throw new InvalidOperationException("SQLite did not apply synchronous = FULL: an acknowledged creation could be lost.");
        }
    }
}
