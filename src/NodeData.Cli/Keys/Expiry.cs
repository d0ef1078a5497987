using System.Globalization;
using System.Text.RegularExpressions;
using NodeData.Cli.Failures;

namespace NodeData.Cli.Keys;

/// <summary>The expiration of a key, as set with <c>--expires</c>: <c>90d</c>, <c>12h</c>, <c>30m</c>, an ISO date or time, <c>never</c>.</summary>
internal sealed partial record Expiry
{
    /// <summary>The default: keys should be rotated every 90 days (docs/rotation.md).</summary>
    public static readonly TimeSpan Default = TimeSpan.FromDays(90);

    private static readonly string[] Formats =
    [
        "yyyy-MM-dd",
        "yyyy-MM-dd'T'HH:mmK",
        "yyyy-MM-dd'T'HH:mm:ssK",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
    ];

    private Expiry(DateTimeOffset? expiresAt) => ExpiresAt = expiresAt;

    /// <summary>The time at which the key expires; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; }

    /// <summary>Parses the value of <c>--expires</c>.</summary>
    /// <param name="text">The value; null for the default.</param>
    /// <param name="now">The time that a duration is relative to.</param>
    /// <exception cref="CommandFailedException">The value is not a valid time, or is in the past.</exception>
    public static Expiry Parse(string? text, DateTimeOffset now)
    {
        if (text is null)
        {
            return new Expiry(now + Default);
        }

        if (text == "never")
        {
            return new Expiry(expiresAt: null);
        }

        var expiresAt = ParseDateTime(text) ?? ParseRelative(text, now);
        return expiresAt > now
            ? new Expiry(expiresAt)
            : throw CommandFailedException.Usage($"--expires {text} is in the past: the key would never be valid.");
    }

    /// <summary>Parses a duration such as <c>24h</c>; null if the text is not one.</summary>
    public static TimeSpan? ParseDuration(string text)
    {
        if (
            Length().Match(text) is not { Success: true } match
            || !long.TryParse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out var count)
        )
        {
            return null;
        }

        var unit = match.Groups[2].Value switch
        {
            "d" => TimeSpan.TicksPerDay,
            "h" => TimeSpan.TicksPerHour,
            "m" => TimeSpan.TicksPerMinute,
            _ => TimeSpan.TicksPerSecond,
        };
        return count <= TimeSpan.MaxValue.Ticks / unit ? TimeSpan.FromTicks(count * unit) : null;
    }

    private static DateTimeOffset? ParseDateTime(string text) =>
        DateTimeOffset.TryParseExact(
            text,
            Formats,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var result
        )
            ? result
            : null;

    private static DateTimeOffset ParseRelative(string text, DateTimeOffset now)
    {
        var duration =
            ParseDuration(text)
            ?? throw CommandFailedException.Usage(
                $"--expires {text} is not a valid time. Use a duration (90d, 12h, 30m), a date (2027-01-31, which is midnight UTC), a time (2027-01-31T12:00Z), or never."
            );
        return duration < DateTimeOffset.MaxValue - now
            ? now + duration
            : throw CommandFailedException.Usage(
                $"--expires {text} is later than the last supported date. For a key that does not expire, use never."
            );
    }

    [GeneratedRegex("^([0-9]{1,12})([dhms])$")]
    private static partial Regex Length();
}
