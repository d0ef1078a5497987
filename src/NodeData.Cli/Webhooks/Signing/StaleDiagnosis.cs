using System.Globalization;
using NodeData.Sdk;

namespace NodeData.Cli.Webhooks.Signing;

/// <summary>Why a signature's time is too far from now.</summary>
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
            return new("t is no time of these days: it looks like milliseconds.", "Whoever signs writes whole seconds since 1970.");
        }

        var where = string.Create(
            CultureInfo.InvariantCulture,
            $"{Math.Abs(distance.TotalSeconds):0} s {(distance > TimeSpan.Zero ? "ago" : "ahead")}"
        );
        if (!SignatureCheck.IsGenuine(body, header, secrets, time))
        {
            return new(
                $"It was signed {where}, and the signature does not match either.",
                "Give --at the time at which it came to learn why the signature does not match."
            );
        }

        return distance > TimeSpan.Zero
            ? new(
                $"The signature is genuine and was made {where}: an old delivery, one that lay in a queue, or a clock of this machine that is fast.",
                "For a delivery of before give --at the time at which it came, or a wider --tolerance. Else set the clock."
            )
            : new($"The signature is genuine and was made {where}: a clock of this machine that is slow.", "Set the clock (NTP).");
    }
}
