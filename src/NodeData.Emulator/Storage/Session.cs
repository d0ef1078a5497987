using Microsoft.Data.Sqlite;

namespace NodeData.Emulator.Storage;

/// <summary>A transaction: the statements of one operation, committed together.</summary>
internal sealed class Session(SqliteConnection connection, SqliteTransaction transaction)
{
    private readonly List<Action> _commitActions = [];

    /// <summary>Executes a statement and returns the number of changed rows.</summary>
    public int Execute(string statement, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = CreateCommand(statement, parameters);
        return command.ExecuteNonQuery();
    }

    /// <summary>Executes a query and returns the first column of the first row; null if there is no row.</summary>
    public object? ExecuteScalar(string statement, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = CreateCommand(statement, parameters);
        return command.ExecuteScalar();
    }

    /// <summary>Executes a query and returns all rows, each converted by <paramref name="read"/>.</summary>
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

    /// <summary>Registers an action that runs after the transaction is committed, and not if it fails.</summary>
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
