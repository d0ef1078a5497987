using NodeData.Emulator.Idempotency;
using NodeData.Emulator.Keys;
using NodeData.Emulator.Me;
using NodeData.Emulator.Webhooks;
using NodeData.Emulator.Webhooks.Delivering;

namespace NodeData.Emulator.Storage;

/// <summary>The tables, each defined by its feature, and the identifiers that mark a file as a data file of the emulator.</summary>
internal static class Schema
{
    private const int Version = 3;

    // "NDem"; distinguishes the file from databases of other programs.
    private const int ApplicationId = 0x4E44656D;

    private static readonly string[] Tables =
    [
        AccountRecord.Table,
        KeyRecords.Table,
        IdempotencyKeys.Table,
        WebhookEndpointRecords.Table,
        WebhookSecrets.Table,
        EventRecords.Table,
        DeliveryRecords.Table,
        AttemptRecords.Table,
    ];

    /// <summary>Creates the tables if the database is empty.</summary>
    public static void CreateTables(Session session)
    {
        if (!IsEmpty(session))
        {
            return;
        }

        foreach (var table in Tables)
        {
            session.Execute(table);
        }

        session.Execute($"PRAGMA application_id = {ApplicationId}");
        session.Execute($"PRAGMA user_version = {Version}");
    }

    /// <summary>Deletes all rows of all tables.</summary>
    public static void DeleteAll(Session session) =>
        session.Execute(
            """
            DELETE FROM webhook_attempts;
            DELETE FROM webhook_deliveries;
            DELETE FROM webhook_events;
            DELETE FROM webhook_secrets;
            DELETE FROM webhook_endpoints;
            DELETE FROM idempotent_responses;
            DELETE FROM keys;
            DELETE FROM account
            """
        );

    /// <summary>Rejects a file that is not a data file of this version, before anything in it is changed.</summary>
    public static void Validate(Session session, string path)
    {
        if (IsEmpty(session))
        {
            return;
        }

        if (session.ExecuteScalar("PRAGMA application_id") is not (long)ApplicationId)
        {
            throw new EmulatorStartException(
                $"The file {path} is another program's database. Specify another file (--data, EmulatorOptions.DataPath)."
            );
        }

        if (session.ExecuteScalar("PRAGMA user_version") is not (long)Version)
        {
            throw new EmulatorStartException(
                $"The data file {path} was written by another version of the emulator. Specify another file (--data, EmulatorOptions.DataPath)."
            );
        }
    }

    private static bool IsEmpty(Session session) => session.ExecuteScalar("SELECT count(*) FROM sqlite_schema") is 0L;
}
