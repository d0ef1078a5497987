using System.Data.Common;
using System.Globalization;

namespace NodeData.Sdk.Webhooks.Receiving.Database;

/// <summary>A claim record: one row of the table. Times are Unix times in milliseconds.</summary>
internal sealed record ClaimRow(string? OwnerId, int Attempts, bool IsCompleted, long LeaseUntil, long ExpiresAt)
{
    public bool IsExpired(long now) => ExpiresAt <= now;

    public bool IsHeld(long now) => OwnerId is not null && !IsCompleted && LeaseUntil > now;

    // ADO.NET providers return different integer types.
    public static ClaimRow Read(DbDataReader reader) =>
        new(
            reader.IsDBNull(0) ? null : reader.GetString(0),
            (int)ReadInt64(reader, 1),
            ReadInt64(reader, 2) != 0,
            ReadInt64(reader, 3),
            ReadInt64(reader, 4)
        );

    private static long ReadInt64(DbDataReader reader, int column) =>
        Convert.ToInt64(reader.GetValue(column), CultureInfo.InvariantCulture);
}
