using Microsoft.Data.Sqlite;

namespace NodeData.Emulator.Storage;

/// <summary>One transaction: the statements of one piece of work, committed together.</summary>
internal sealed class Session(SqliteConnection connection, SqliteTransaction transaction)
{
    private readonly List<Action> _commitActions = [];

    /// <summary>Runs a statement and tells how many rows it changed.</summary>
    public int Execute(string statement, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = CreateCommand(statement, parameters);
        return command.ExecuteNonQuery();
    }

    /// <summary>The first column of the first row; null where there is none.</summary>
    public object? ExecuteScalar(string statement, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = CreateCommand(statement, parameters);
        return command.ExecuteScalar();
    }

    /// <summary>All rows, each read by <paramref name="read"/>.</summary>
    public List<T> Query<T>(string statement, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = CreateCommand(statement, parameters);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    /// <summary>Runs something in memory once the transaction is on the disk, and never where it failed.</summary>
    public void RunAfterCommit(Action action) => _commitActions.Add(action);

    public void RunCommitActions() => _commitActions.ForEach(action => action());

    private SqliteCommand CreateCommand(string statement, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = statement;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }
}
