using System.Text;
using Microsoft.Extensions.Time.Testing;
using NodeData.Sdk.Tests.Webhooks.Signing;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Webhooks.Fuzzing;

/// <summary>
/// Passes one input, a header line and a body, to everything that outside input reaches. Throws if anything throws or differs from the contract.
/// </summary>
internal static class FuzzTarget
{
    private const string Timestamp = "1765372000";

    private static readonly string[] Secrets = ["whsec_test_0123456789abcdef0123456789abcdef", "whsec_fedcba9876543210fedcba9876543210"];

    private static readonly WebhookVerifier Verifier = new(
        Secrets.Select(WebhookSecret.Parse),
        new WebhookVerifierOptions { TimeProvider = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1_765_372_100)) }
    );

    public static void Run(ReadOnlySpan<byte> input)
    {
        var lineEnd = input.IndexOf((byte)'\n');
        var line = lineEnd < 0 ? input : input[..lineEnd];
        var body = lineEnd < 0 ? [] : input[(lineEnd + 1)..].ToArray();

        // A mutation cannot find a valid HMAC, so the inputs contain placeholders for it.
        var header = Encoding
            .UTF8.GetString(line)
            .Replace("{tag}", ReferenceVerifier.ComputeSignature(Secrets[0], Timestamp, body), StringComparison.Ordinal)
            .Replace("{old}", ReferenceVerifier.ComputeSignature(Secrets[1], Timestamp, body), StringComparison.Ordinal);
        Verify(header, body);
        Parse(body);
        ParseSecret(header);
    }

    private static void Verify(string header, byte[] body)
    {
        var expected = ReferenceVerifier.Verify(Secrets, body, header, 1_765_372_100, 300);
        var whole = Verifier.Verify(body, header);
        Require(whole.ToString() == expected, "The verifier differs from the reference implementation.");
        Require(Verifier.Verify(BodySegment.Split(body, 5), header).ToString() == expected, "A segmented body has another result.");
        Require(!whole.IsValid || whole.Timestamp is not null, "A valid result has no timestamp.");
        Verifier.Verify(header, header);
    }

    private static void Parse(byte[] body)
    {
        if (!WebhookEvent.TryParse(body, out var parsed))
        {
            return;
        }

        _ = parsed.ToString();
        _ = parsed.DataJson?.GetRawText();
        _ = (parsed as ListingPurchasedEvent)?.Data?.AdditionalMembers.Count;
        foreach (var (name, value) in parsed.AdditionalMembers)
        {
            Require(name is not null && value.GetRawText().Length > 0, "An additional member cannot be read.");
        }

        Require(WebhookEvent.Parse(BodySegment.Split(body, 3)).ToString() == parsed.ToString(), "A segmented body is parsed differently.");
    }

    private static void ParseSecret(string text)
    {
        if (!WebhookSecret.TryParse(text, out var secret))
        {
            try
            {
                WebhookSecret.Parse(text);
                Require(false, "Parse accepted a text that TryParse rejected.");
            }
            catch (NodeDataConfigurationException exception)
            {
                Require(
                    text.Length < 40 || !exception.Message.Contains(text, StringComparison.Ordinal),
                    "The error message repeats the text."
                );
                return;
            }
        }

        Require(!secret!.ToString().Contains(text, StringComparison.Ordinal), "ToString returns the secret.");
    }

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new InvalidOperationException(message);
        }
    }
}
