namespace NodeData.Sdk.Webhooks.Receiving.Database;

/// <summary>
/// The SQL statements. Each transition is one conditional statement whose number of matched rows shows whether it took effect. They use only SQL that
/// PostgreSQL, SQL Server, MySQL and SQLite support. IDs and owner IDs are lower-case digests of equal length, so that no collation treats two different ones
/// as equal.
/// </summary>
internal sealed class ClaimStatements(string table)
{
    private const string IsHeldByOwner = "id = @id AND owner_id = @owner AND completed = 0 AND lease_until > @now";

    public string Probe { get; } = $"SELECT id FROM {table} WHERE 1 = 0";

    public string Create { get; } =
        $"CREATE TABLE {table} ("
        + "id VARCHAR(71) NOT NULL PRIMARY KEY, "
        + "claim_key VARCHAR(255) NOT NULL, "
        + "owner_id VARCHAR(71) NULL, "
        + "attempts INTEGER NOT NULL, "
        + "completed SMALLINT NOT NULL, "
        + "lease_until BIGINT NOT NULL, "
        + "expires_at BIGINT NOT NULL)";

    public string CreateIndex { get; } = $"CREATE INDEX {TableNames.WithoutSchema(table)}_expires ON {table} (expires_at)";

    public string Find { get; } = $"SELECT owner_id, attempts, completed, lease_until, expires_at FROM {table} WHERE id = @id";

    public string Insert { get; } =
        $"INSERT INTO {table} (id, claim_key, owner_id, attempts, completed, lease_until, expires_at) "
        + "VALUES (@id, @claim_key, @owner, 1, 0, @lease, @expires)";

    /// <summary>Acquires a claim that no owner holds, if its record has not changed since it was read.</summary>
    public string Acquire { get; } =
        $"UPDATE {table} SET owner_id = @owner, attempts = @attempts, completed = 0, lease_until = @lease, expires_at = @expires "
        + "WHERE id = @id AND attempts = @seen_attempts AND completed = @seen_completed AND expires_at = @seen_expires "
        + "AND (owner_id IS NULL OR completed = 1 OR lease_until <= @now)";

    public string Renew { get; } = $"UPDATE {table} SET lease_until = @lease, expires_at = @expires WHERE {IsHeldByOwner}";

    public string Complete { get; } = $"UPDATE {table} SET completed = 1, expires_at = @expires WHERE {IsHeldByOwner}";

    public string Release { get; } = $"UPDATE {table} SET owner_id = NULL, expires_at = @expires WHERE {IsHeldByOwner}";

    public string EarliestExpiration { get; } = $"SELECT MIN(expires_at) FROM {table}";

    public string RemoveExpired { get; } = $"DELETE FROM {table} WHERE expires_at <= @until";
}
