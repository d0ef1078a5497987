using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace NodeData.Sdk.Webhooks;

/// <summary>
/// Represents the result of verifying a webhook request: valid, or rejected with an error code. <c>default</c> is rejected. Do not disclose the code to the
/// sender: the response to every rejected request should be the same.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public readonly struct WebhookVerification
{
    private const long MaxUnixSeconds = 253_402_300_799;

    private readonly WebhookErrorCode _code;
    private readonly long _unixSeconds;

    private WebhookVerification(WebhookSecret? matched, WebhookErrorCode code, long unixSeconds, int comparisons)
    {
        MatchedSecret = matched;
        _code = code;
        _unixSeconds = unixSeconds;
        Comparisons = comparisons;
    }

    /// <summary>Gets a value that indicates whether the request was signed with one of the secrets, within the tolerance.</summary>
    [MemberNotNullWhen(true, nameof(MatchedSecret), nameof(Timestamp))]
    [MemberNotNullWhen(false, nameof(ErrorCode))]
    public bool IsValid => MatchedSecret is not null;

    /// <summary>
    /// Gets the reason for the rejection: <see cref="WebhookErrorCode.MalformedSignature"/>, <see cref="WebhookErrorCode.StaleSignature"/> or
    /// <see cref="WebhookErrorCode.InvalidSignature"/>, the first that applies; null if the request is valid.
    /// </summary>
    public WebhookErrorCode? ErrorCode =>
        IsValid ? null
        : _code == default ? WebhookErrorCode.InvalidSignature
        : _code;

    /// <summary>
    /// Gets the time in the header, to the second. It can be trusted only if the request is valid. Null if the header is malformed, or if its number of up to
    /// 18 digits is a time after the year 9999.
    /// </summary>
    public DateTimeOffset? Timestamp => _unixSeconds is > 0 and <= MaxUnixSeconds ? DateTimeOffset.FromUnixTimeSeconds(_unixSeconds) : null;

    /// <summary>
    /// Gets the secret that the request was signed with; if several match, the secret of the first matching signature in the header; null if the request was
    /// rejected. During a rotation, use it to find out when the old secret is no longer used.
    /// </summary>
    public WebhookSecret? MatchedSecret { get; }

    /// <summary>Gets the number of comparisons of a signature with a secret's MAC, for tests, which verify that it does not depend on the outcome.</summary>
    internal int Comparisons { get; }

    /// <summary>Returns <c>valid</c>, or the error code.</summary>
    /// <returns>The result as a string.</returns>
    public override string ToString() => ErrorCode?.Value ?? "valid";

    internal static WebhookVerification Valid(WebhookSecret secret, long unixSeconds, int comparisons) =>
        new(secret, default, unixSeconds, comparisons);

    internal static WebhookVerification Rejected(WebhookErrorCode code, long unixSeconds = 0, int comparisons = 0) =>
        new(null, code, unixSeconds, comparisons);
}
