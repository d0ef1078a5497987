using System.Data.Common;
using System.Globalization;

namespace NodeData.Sdk.Webhooks.Receiving.Database;

/// <summary>What a row says. Times are milliseconds since 1970, UTC.</summary>
internal sealed record DeliveryRow(string? Owner, int Attempts, bool IsCompleted, long LeaseUntil, long ExpiresAt)
{
    public bool IsExpired(long now) => ExpiresAt <= now;

    public bool IsHeld(long now) => Owner is not null && !IsCompleted && LeaseUntil > now;

    // Drivers differ in which integers they give.
    public static DeliveryRow Read(DbDataReader reader) =>
        new(
            reader.IsDBNull(0) ? null : reader.GetString(0),
            (int)Number(reader, 1),
            Number(reader, 2) != 0,
            Number(reader, 3),
            Number(reader, 4)
        );

    private static long Number(DbDataReader reader, int column) => Convert.ToInt64(reader.GetValue(column), CultureInfo.InvariantCulture);
}
