using Microsoft.Extensions.Logging;
using NodeData.Sdk.Diagnostics;

namespace NodeData.Sdk.Webhooks.Receiving;

/// <summary>
/// Tells the operator of refused deliveries what the sender must not learn: one line for each code and ten seconds, however many come, and nothing of the body.
/// </summary>
internal sealed class RejectionLogger(string receiver, WebhookReceiverOptions options, ILogger logger)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _time = options.TimeProvider;
    private readonly TimeSpan _tolerance = options.Tolerance;
    private readonly Throttle _malformed = new();
    private readonly Throttle _stale = new();
    private readonly Throttle _invalid = new();

    public void Log(WebhookVerification verification, bool hasHeader, int bodyLength)
    {
        if (!logger.IsEnabled(LogLevel.Warning) || !GetThrottle(verification.ErrorCode!.Value).TryAcquire(_time, out var suppressed))
        {
            return;
        }

        logger.WebhookRejected(receiver, verification.ErrorCode.Value, GetReason(verification, hasHeader, bodyLength), suppressed);
    }

    private Throttle GetThrottle(WebhookErrorCode code) =>
        code == WebhookErrorCode.MalformedSignature ? _malformed
        : code == WebhookErrorCode.StaleSignature ? _stale
        : _invalid;

    private string GetReason(WebhookVerification verification, bool hasHeader, int bodyLength)
    {
        if (verification.ErrorCode == WebhookErrorCode.MalformedSignature)
        {
            return hasHeader
                ? $"Its {WebhookVerifier.HeaderName} header is not of the form t=…,v1=…."
                : $"It has no {WebhookVerifier.HeaderName} header: it does not come from Node Data, or something in between removes headers.";
        }

        if (verification.ErrorCode == WebhookErrorCode.StaleSignature)
        {
            return $"It was signed {FormatSkew(verification.Timestamp)} by this machine's clock, and {_tolerance.TotalSeconds:0} s are tolerated. If real deliveries are "
                + "refused, set the clock; else somebody repeats old ones.";
        }

        return bodyLength == 0
            ? "Its body was empty when it came here: if real deliveries are refused, something reads the body before the receiver does."
            : "It was signed with none of the configured secrets, or its body was changed on the way. If real deliveries are refused, compare the endpoint's "
                + "secret, and hand over the bytes as they came.";
    }

    private string FormatSkew(DateTimeOffset? signedAt)
    {
        if (signedAt is not { } then)
        {
            return "thousands of years ahead";
        }

        var seconds = (long)(_time.GetUtcNow() - then).TotalSeconds;
        return seconds >= 0 ? $"{seconds} s ago" : $"{-seconds} s ahead";
    }

    /// <summary>Lets one through in each window, and counts the others.</summary>
    private sealed class Throttle
    {
        private long _until = long.MinValue;
        private int _suppressed;

        public bool TryAcquire(TimeProvider time, out int suppressed)
        {
            var (now, until) = (time.GetTimestamp(), Interlocked.Read(ref _until));
            var next = now + (long)(Window.TotalSeconds * time.TimestampFrequency);
            if (now < until || Interlocked.CompareExchange(ref _until, next, until) != until)
            {
                Interlocked.Increment(ref _suppressed);
                suppressed = 0;
                return false;
            }

            suppressed = Interlocked.Exchange(ref _suppressed, 0);
            return true;
        }
    }
}
