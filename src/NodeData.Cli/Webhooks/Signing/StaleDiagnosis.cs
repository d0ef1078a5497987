using System.Globalization;
using NodeData.Sdk;

namespace NodeData.Cli.Webhooks.Signing;

/// <summary>Finds out why a signature's timestamp is too far from now.</summary>
internal static class StaleDiagnosis
{
    public static Diagnosis Diagnose(
        ReadOnlySpan<byte> body,
        string header,
        IReadOnlyList<WebhookSecret> secrets,
        DateTimeOffset? signedAt,
        TimeSpan? skew
    )
    {
        if (signedAt is not { } time || skew is not { } distance || time.Year > 9000)
        {
            return new("t is not a plausible time: it looks like milliseconds.", "The signer must write a Unix timestamp in seconds.");
        }

        var where = string.Create(
            CultureInfo.InvariantCulture,
            $"{Math.Abs(distance.TotalSeconds):0} s {(distance > TimeSpan.Zero ? "ago" : "ahead")}"
        );
        if (!SignatureCheck.IsGenuine(body, header, secrets, time))
        {
            return new(
                $"It was signed {where}, and the signature does not match either.",
                "Pass the time of receipt with --at to find out why the signature does not match."
            );
        }

        return distance > TimeSpan.Zero
            ? new(
                $"The signature is genuine and was made {where}: the delivery is old or was queued, or this machine's clock is fast.",
                "For an old delivery, pass the time of receipt with --at, or a larger --tolerance. Otherwise, set the clock."
            )
            : new($"The signature is genuine and was made {where}: this machine's clock is slow.", "Set the clock (NTP).");
    }
}
