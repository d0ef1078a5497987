using System.Globalization;

namespace NodeData.Sdk.Http;

/// <summary>Reads the three date forms of HTTP (RFC 9110, section 5.6.7).</summary>
internal static class HttpDate
{
    private const int MaxYearsAhead = 50;

    private static readonly string[] FourDigitYears =
    [
        "ddd, dd MMM yyyy HH:mm:ss 'GMT'",
        "ddd MMM d HH:mm:ss yyyy",
        "ddd MMM  d HH:mm:ss yyyy",
    ];

    /// <summary>Reads a date; null if the text is not one.</summary>
    /// <param name="text">The text of the header.</param>
    /// <param name="now">The current time, for the century of a year of two digits.</param>
    public static DateTimeOffset? Parse(string? text, DateTimeOffset now)
    {
        const DateTimeStyles Styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (DateTimeOffset.TryParseExact(text, FourDigitYears, CultureInfo.InvariantCulture, Styles, out var date))
        {
            return date;
        }

        // The day of the week is not read: it depends on the century.
        var dayEnd = text?.IndexOf(", ", StringComparison.Ordinal) ?? -1;
        return
            dayEnd > 0
            && DateTimeOffset.TryParseExact(
                text![(dayEnd + 2)..],
                "dd-MMM-yy HH:mm:ss 'GMT'",
                CultureInfo.InvariantCulture,
                Styles,
                out var shortDate
            )
            ? InCentury(shortDate, now)
            : null;
    }

    // A year that appears to be more than 50 years ahead is the most recent one in the past with the same last two digits.
    private static DateTimeOffset InCentury(DateTimeOffset date, DateTimeOffset now)
    {
        var inThisCentury = date.AddYears((now.Year / 100 * 100) + (date.Year % 100) - date.Year);
        return inThisCentury > now.AddYears(MaxYearsAhead) ? inThisCentury.AddYears(-100) : inThisCentury;
    }
}
