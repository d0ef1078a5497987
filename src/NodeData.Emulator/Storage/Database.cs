using Microsoft.Data.Sqlite;

namespace NodeData.Emulator.Storage;

/// <summary>
/// The only connection to the data file. Operations run one at a time, each in one transaction: the changes of an acknowledged operation are on disk, a failed
/// operation changes nothing.
/// </summary>
internal sealed class Database : IDisposable
{
    private readonly object _gate = new();
    private readonly SqliteConnection _connection;
    private bool _disposed;

    private Database(SqliteConnection connection) => _connection = connection;

    /// <summary>Opens the file and creates the tables if they do not exist.</summary>
    public static Database Open(string path)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Pooling = false,
                DefaultTimeout = 2,
            }.ToString()
        );
        try
        {
            connection.Open();
            var database = new Database(connection);
            database.Run(session => Schema.Validate(session, path));
            DataFile.RestrictToOwner(path);
            Durability.Require(connection);
            database.Run(Schema.CreateTables);
            return database;
        }
        catch (SqliteException cause)
        {
            connection.Dispose();
            throw new EmulatorStartException(GetErrorMessage(cause, path), cause);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Runs an operation in one transaction, which is rolled back if the operation throws.</summary>
    public T Run<T>(Func<Session, T> work)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(NodeDataEmulator));
            using var transaction = _connection.BeginTransaction(deferred: true);
            var session = new Session(_connection, transaction);
            var result = work(session);
            transaction.Commit();
            session.RunCommitActions();
            return result;
        }
    }

    /// <inheritdoc cref="Run{T}(Func{Session, T})"/>
    public void Run(Action<Session> work) =>
        Run(session =>
        {
            work(session);
            return true;
        });

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _connection.Dispose();
        }
    }

    private static string GetErrorMessage(SqliteException cause, string path) =>
        cause.SqliteErrorCode switch
        {
            5 or 6 =>
                $"The data file {path} is in use by another emulator. Stop that emulator, or specify another file (--data, EmulatorOptions.DataPath).",
            26 => $"The file {path} is not a data file of the emulator. Specify another file (--data, EmulatorOptions.DataPath).",
            _ => $"The data file {path} cannot be used: {cause.Message} Specify another file (--data, EmulatorOptions.DataPath).",
        };
}
