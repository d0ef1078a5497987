using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace NodeData.Sdk.Webhooks;

/// <summary>
/// What became of verifying one delivery: it is valid, or refused with a code. <c>default</c> is a refusal. Tell the sender nothing of the code: each refusal
/// should look the same from outside.
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

    /// <summary>Whether the delivery was signed, within the tolerance, with one of the secrets.</summary>
    [MemberNotNullWhen(true, nameof(MatchedSecret), nameof(Timestamp))]
    [MemberNotNullWhen(false, nameof(ErrorCode))]
    public bool IsValid => MatchedSecret is not null;

    /// <summary>
    /// Why it was refused: <see cref="WebhookErrorCode.MalformedSignature"/>, <see cref="WebhookErrorCode.StaleSignature"/> or
    /// <see cref="WebhookErrorCode.InvalidSignature"/>, the first of them that applies; null where it is valid.
    /// </summary>
    public WebhookErrorCode? ErrorCode =>
        IsValid ? null
        : _code == default ? WebhookErrorCode.InvalidSignature
        : _code;

    /// <summary>
    /// The time that the header claims, to the second; it can be trusted only where the delivery is valid. Null where the header is malformed, and where its
    /// number of up to 18 digits is beyond the year 9999.
    /// </summary>
    public DateTimeOffset? Timestamp => _unixSeconds is > 0 and <= MaxUnixSeconds ? DateTimeOffset.FromUnixTimeSeconds(_unixSeconds) : null;

    /// <summary>
    /// The secret that the delivery was signed with; where several match, that of the header's first signature that does; null where it was refused. While a
    /// secret is being replaced, it tells when the old one has fallen silent.
    /// </summary>
    public WebhookSecret? MatchedSecret { get; }

    /// <summary>How many signatures were compared with how many secrets; it must not depend on the outcome, and the tests see to it.</summary>
    internal int Comparisons { get; }

    /// <summary><c>valid</c>, or the code.</summary>
    public override string ToString() => ErrorCode?.Value ?? "valid";

    internal static WebhookVerification Valid(WebhookSecret secret, long unixSeconds, int comparisons) =>
        new(secret, default, unixSeconds, comparisons);

    internal static WebhookVerification Rejected(WebhookErrorCode code, long unixSeconds = 0, int comparisons = 0) =>
        new(null, code, unixSeconds, comparisons);
}
