using Microsoft.Data.Sqlite;

namespace NodeData.Emulator.Storage;

/// <summary>
/// What makes an answer a promise: a committed transaction is on the disk before it is answered, whatever happens to the process then. Set and read back
/// on each connection, because SQLite ignores a setting that it does not know.
/// </summary>
internal static class Durability
{
    private const long Full = 2;

    public static void Require(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();

        // One process alone: what is at work and when a key was last used is known to that process only.
        command.CommandText = "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;";
        command.ExecuteNonQuery();
        command.CommandText = "PRAGMA synchronous;";
        if (command.ExecuteScalar() is not Full)
        {
            throw new InvalidOperationException("SQLite did not take synchronous = FULL: an answered creation could be lost.");
        }
    }
}
