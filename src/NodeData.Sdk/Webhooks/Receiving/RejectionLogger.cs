using Microsoft.Extensions.Logging;
using NodeData.Sdk.Diagnostics;

namespace NodeData.Sdk.Webhooks.Receiving;

/// <summary>
/// Logs rejected requests with details that must not be disclosed to the sender: at most one message per error code in ten seconds, without any part of the
/// body.
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
                ? $"Its {WebhookVerifier.HeaderName} header does not have the form t=…,v1=…."
                : $"It has no {WebhookVerifier.HeaderName} header: the sender is not Node Data, or a proxy removes the header.";
        }

        if (verification.ErrorCode == WebhookErrorCode.StaleSignature)
        {
            return $"It was signed {FormatSkew(verification.Timestamp)} by this machine's clock; the tolerance is {_tolerance.TotalSeconds:0} s. If genuine "
                + "requests are rejected, correct the clock; otherwise old requests are being replayed.";
        }

        return bodyLength == 0
            ? "Its body is empty. If genuine requests are rejected, other code reads the body before the receiver does."
            : "It was not signed with any of the configured secrets, or its body was modified in transit. If genuine requests are rejected, compare the "
                + "configured secret with the endpoint's, and pass the bytes of the body exactly as received.";
    }

    private string FormatSkew(DateTimeOffset? signedAt)
    {
        if (signedAt is not { } timestamp)
        {
            return "thousands of years ahead";
        }

        var seconds = (long)(_time.GetUtcNow() - timestamp).TotalSeconds;
        return seconds >= 0 ? $"{seconds} s ago" : $"{-seconds} s ahead";
    }

    /// <summary>Allows one message per window, and counts the suppressed messages.</summary>
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
