using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace NodeData.Sdk.Tests.Webhooks.Receiving.Database;

/// <summary>A SQLite database in a temporary file, for concurrent connections and processes. Disposing it deletes the file.</summary>
internal sealed class DatabaseFile : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("nodedata-deliveries-");
    private readonly string _connectionString;

    public DatabaseFile()
    {
        _connectionString = new SqliteConnectionStringBuilder { DataSource = Path }.ToString();
        Source = CreateSource();
        Execute("PRAGMA journal_mode = WAL");
    }

    public string Path => System.IO.Path.Combine(_directory.FullName, "deliveries.db");

    public DbDataSource Source { get; }

    public DbDataSource CreateSource() => SqliteFactory.Instance.CreateDataSource(_connectionString);

    public void Execute(string statement)
    {
        using var command = Source.CreateCommand(statement);
        command.ExecuteNonQuery();
    }

    public long QueryNumber(string query)
    {
        using var command = Source.CreateCommand(query);
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        using (var connection = new SqliteConnection(_connectionString))
        {
            SqliteConnection.ClearPool(connection);
        }

        _directory.Delete(recursive: true);
    }
}
