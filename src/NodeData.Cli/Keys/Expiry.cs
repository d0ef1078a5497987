using System.Globalization;
using System.Text.RegularExpressions;
using NodeData.Cli.Failures;

namespace NodeData.Cli.Keys;

/// <summary>How long a key is to be accepted, as <c>--expires</c> says it: <c>90d</c>, <c>12h</c>, <c>30m</c>, an ISO date or time, <c>never</c>.</summary>
internal sealed partial record Expiry
{
    /// <summary>What holds where nothing is said: keys are to be rotated every 90 days (docs/rotation.md).</summary>
    public static readonly TimeSpan Default = TimeSpan.FromDays(90);

    private static readonly string[] Formats =
    [
        "yyyy-MM-dd",
        "yyyy-MM-dd'T'HH:mmK",
        "yyyy-MM-dd'T'HH:mm:ssK",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
    ];

    private Expiry(DateTimeOffset? expiresAt) => ExpiresAt = expiresAt;

    /// <summary>When it ends; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; }

    /// <param name="text">What was written; null for the default.</param>
    /// <param name="now">The moment that a length of time counts from.</param>
    /// <exception cref="CommandFailedException">It is no time, or past.</exception>
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
            : throw CommandFailedException.Usage($"--expires {text} is past: the key would never be accepted.");
    }

    /// <summary>A length of time such as <c>24h</c>; null where the text is none.</summary>
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
                $"--expires {text} is no time. Write a length (90d, 12h, 30m), a date (2027-01-31, which is midnight UTC), a time (2027-01-31T12:00Z), or never."
            );
        return duration < DateTimeOffset.MaxValue - now
            ? now + duration
            : throw CommandFailedException.Usage($"--expires {text} leads beyond the calendar. For a key without an end write never.");
    }

    [GeneratedRegex("^([0-9]{1,12})([dhms])$")]
    private static partial Regex Length();
}
