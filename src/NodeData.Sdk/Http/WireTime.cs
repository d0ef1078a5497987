using System.Globalization;

namespace NodeData.Sdk.Http;

/// <summary>Formats timestamps for requests: ISO 8601, UTC, with milliseconds (contract, "Account").</summary>
internal static class WireTime
{
    public static string Format(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
