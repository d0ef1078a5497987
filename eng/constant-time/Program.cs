using System.Diagnostics;
using System.Globalization;
using System.Text;
using ConstantTime;
using NodeData.Sdk;
using NodeData.Sdk.Webhooks;

// Tests whether the duration of a verification reveals how much of a wrong signature is correct, or which of several secrets matched (method: "dudect"; two
// groups of inputs in random order, Welch's t over a million samples, for all of them and for the fastest 99, 95 and 80 percent).
const double Limit = 4.5;
const string Hex = "0123456789abcdef";
var samples = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
var body = Encoding.UTF8.GetBytes(new string('x', 512));
var secrets = Enumerable.Range(0, 3).Select(i => WebhookSecret.Parse($"whsec_test_{i}123456789abcdef0123456789abcdef")).ToArray();
var moment = DateTimeOffset.FromUnixTimeSeconds(1_765_372_000);
using var verifier = new WebhookVerifier(secrets, new WebhookVerifierOptions { TimeProvider = new StoppedClock(moment) });
var headers = secrets
    .Select(secret =>
    {
        using var signer = new WebhookSigner(secret);
        return signer.Sign(body, moment);
    })
    .ToArray();
var random = new Random(1);

Func<byte, string> wrongDigits = group => CreateWrongHeader(headers[0], from: group == 0 ? 0 : 63);
var worst = Math.Max(
    Measure("all of a signature wrong / only its last digit wrong", wrongDigits, Verify),
    Measure("the first of three secrets matches / the last one matches", group => new string(headers[group == 0 ? 0 : 2].AsSpan()), Verify)
);
var control = Measure("control: the same with a comparison that stops at the first difference", wrongDigits, VerifyAndStopEarly);
if (control < Limit)
{
    Console.WriteLine("FAILED: the measurement does not detect the deliberate leak of the control. Use a machine with less load.");
    return 1;
}

Console.WriteLine(worst < Limit ? $"Passed: no |t| of {Limit} or more." : $"FAILED: |t| of {Limit} or more.");
return worst < Limit ? 0 : 1;

bool Verify(string header) => verifier.Verify(body, header).IsValid;

bool VerifyAndStopEarly(string header)
{
    var valid = Verify(header);
    for (var i = header.Length - 64; i < header.Length; i++)
    {
        if (header[i] != headers[0][i])
        {
            return false;
        }
    }

    return valid;
}

double Measure(string name, Func<byte, string> getHeader, Func<string, bool> verify)
{
    var times = new long[samples];
    var groups = new byte[samples];
    var batch = new string[1000];
    random.NextBytes(groups);
    for (var i = 0; i < samples; i++)
    {
        groups[i] &= 1;
    }

    for (var warmUp = 0; warmUp < 20_000; warmUp++)
    {
        verify(getHeader((byte)(warmUp & 1)));
    }

    for (var start = 0; start < samples; start += batch.Length)
    {
        var size = Math.Min(batch.Length, samples - start);
        for (var i = 0; i < size; i++)
        {
            batch[i] = getHeader(groups[start + i]);
        }

        for (var i = 0; i < size; i++)
        {
            var before = Stopwatch.GetTimestamp();
            verify(batch[i]);
            times[start + i] = Stopwatch.GetTimestamp() - before;
        }
    }

    var values = SampleShares.Values.Select(keep => WelchTest.Compute(times, groups, keep)).ToArray();
    Console.WriteLine(
        $"{name}: t = {string.Join(", ", values.Select(t => t.ToString("F2", CultureInfo.InvariantCulture)))} ({samples} samples)"
    );
    return values.Max(Math.Abs);
}

// Replaces the digits of the correct signature, starting at `from`, with wrong ones. Both groups draw the same number of random numbers and allocate one string
// each; otherwise the measurement would reflect differences in memory layout.
string CreateWrongHeader(string header, int from)
{
    Span<char> text = stackalloc char[128];
    text = text[..header.Length];
    header.CopyTo(text);
    var first = header.Length - 64;
    for (var i = 0; i < 64; i++)
    {
        var other = random.Next(1, 16);
        var right = Hex.IndexOf(text[first + i], StringComparison.Ordinal);
        text[first + i] = i < from ? text[first + i] : Hex[(right + other) % 16];
    }

    return new string(text);
}

internal static class SampleShares
{
    public static readonly double[] Values = [1, 0.99, 0.95, 0.8];
}

internal sealed class StoppedClock(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
