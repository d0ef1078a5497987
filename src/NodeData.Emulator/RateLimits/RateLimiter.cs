using NodeData.Emulator.Responses;

namespace NodeData.Emulator.RateLimits;

/// <summary>
/// Counts requests per key and class in fixed one-minute windows. A window starts with its first request, on the emulator's clock. The counts are kept in
/// memory: a restart resets them.
/// </summary>
internal sealed class RateLimiter(bool enabled)
{
    private const long WindowMilliseconds = 60_000;

    private readonly Dictionary<(string KeyId, RequestClass Class), (long Start, int Count)> _windows = [];

    /// <summary>Counts a request and returns the rate limit headers of its response; none if limits are not enforced.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Count(string keyId, string method, long now)
    {
        if (!enabled)
        {
            return [];
        }

        var requestClass = RequestClasses.FromMethod(method);
        lock (_windows)
        {
            var window = _windows.GetValueOrDefault((keyId, requestClass));
            if (now - window.Start is < 0 or >= WindowMilliseconds)
            {
                window = (now, 0);
            }

            window.Count++;
            _windows[(keyId, requestClass)] = window;
            var headers = CreateHeaders(window.Start + WindowMilliseconds, Math.Max(0, requestClass.GetLimit() - window.Count));
            return window.Count <= requestClass.GetLimit()
                ? headers
                : throw ApiErrorException
                    .RateLimited(requestClass.ToText(), SecondsUntil(window.Start + WindowMilliseconds, now))
                    .WithHeaders(headers);
        }
    }

    public void Clear()
    {
        lock (_windows)
        {
            _windows.Clear();
        }
    }

    private static KeyValuePair<string, string>[] CreateHeaders(long end, int remaining) =>
        [Header.Create("X-RateLimit-Remaining", remaining), Header.Create("X-RateLimit-Reset", SecondsUntil(end, 0))];

    private static long SecondsUntil(long end, long now) => (end - now + 999) / 1_000;
}
