using System.Globalization;

namespace NodeData.Emulator.Responses;

/// <summary>
/// Formats and parses times of the wire format: ISO 8601, UTC, with Z, with non-zero milliseconds (contract, "Account"). Stored times are Unix
/// timestamps in milliseconds.
/// </summary>
internal static class WireTime
{
    public static string Format(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);

    public static string? Format(long? milliseconds) => milliseconds is { } known ? Format(known) : null;

    /// <summary>Parses a time that has a UTC offset; returns null if the text is not one.</summary>
    public static long? TryParse(string text)
    {
        var hasOffset = text.EndsWith('Z') || (text.Length > 6 && text[^6] is '+' or '-' && text[^3] is ':');
        return
            hasOffset
            && DateTimeOffset.TryParseExact(
                text,
                "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var time
            )
            ? time.ToUnixTimeMilliseconds()
            : null;
    }
}
