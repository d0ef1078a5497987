using System.Globalization;

namespace NodeData.Emulator.Answers;

/// <summary>Times on the wire: ISO 8601, UTC, with Z, with milliseconds where there are any (contract, "Account"). Inside, milliseconds since 1970.</summary>
internal static class Moment
{
    public static string ToWire(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);

    public static string? ToWire(long? milliseconds) => milliseconds is { } known ? ToWire(known) : null;

    /// <summary>Reads a time that says its distance from UTC; null where the text is none.</summary>
    public static long? FromWire(string text)
    {
        var saysItsOffset = text.EndsWith('Z') || (text.Length > 6 && text[^6] is '+' or '-' && text[^3] is ':');
        return
            saysItsOffset
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
