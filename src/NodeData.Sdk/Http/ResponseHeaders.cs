using System.Globalization;
using NodeData.Sdk.Credentials;

namespace NodeData.Sdk.Http;

/// <summary>
/// Reads the response headers that the client uses (contract, "Rate limits" and "Errors"). A header that cannot be parsed is treated as missing.
/// </summary>
internal static class ResponseHeaders
{
    private const long MinUnixTimeSeconds = 1_000_000_000;

    public static string? GetRequestId(HttpResponseMessage response) =>
        GetFirst(response, "x-request-id") is { } id ? SecretText.Mask(id) : null;

    public static RateLimit? GetRateLimit(HttpResponseMessage response, DateTimeOffset now)
    {
        if (!long.TryParse(GetFirst(response, "X-RateLimit-Remaining"), NumberStyles.None, CultureInfo.InvariantCulture, out var remaining))
        {
            return null;
        }

        return new RateLimit(remaining, ParseReset(GetFirst(response, "X-RateLimit-Reset"), now));
    }

    /// <summary>
    /// Reads <c>Retry-After</c>, which is a number of seconds or a date (RFC 9110, section 10.2.3). A date is relative to the response's <c>Date</c>, so that a
    /// clock that is wrong by minutes does not matter.
    /// </summary>
    public static TimeSpan? GetRetryAfter(HttpResponseMessage response, DateTimeOffset now)
    {
        var header = GetFirst(response, "Retry-After");
        if (double.TryParse(header, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
        {
            return seconds <= int.MaxValue ? TimeSpan.FromSeconds(seconds) : TimeSpan.FromSeconds(int.MaxValue);
        }

        if (HttpDate.Parse(header, now) is not { } date)
        {
            return null;
        }

        var sentAt = HttpDate.Parse(GetFirst(response, "Date"), now) ?? now;
        return date > sentAt ? date - sentAt : TimeSpan.Zero;
    }

    private static DateTimeOffset? ParseReset(string? header, DateTimeOffset now)
    {
        if (
            !long.TryParse(header, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds()
        )
        {
            return null;
        }

        return seconds < MinUnixTimeSeconds ? now.AddSeconds(seconds) : DateTimeOffset.FromUnixTimeSeconds(seconds);
    }

    private static string? GetFirst(HttpResponseMessage response, string name)
    {
        if (!response.Headers.NonValidated.TryGetValues(name, out var values))
        {
            return null;
        }

        foreach (var value in values)
        {
            return value.Trim();
        }

        return null;
    }
}
