using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Webhooks.Receiving;

/// <summary>Tests of the log messages about rejected deliveries.</summary>
public sealed class RejectionLogTests
{
    private static readonly byte[] Body = Encoding.UTF8.GetBytes(
        """{"id":"ev_1","type":"payout.paid","data":{"amount":"a secret of the buyer"}}"""
    );

    [Fact]
    public async Task A_stale_signature_logs_the_clock_skew_and_a_remedy()
    {
        using var receiver = CreateReceiver();
        using var signer = new WebhookSigner(WebhookSecret.Parse(TestReceiver.Secret));

        await receiver.DeliverAsync(Body, signer.Sign(Body, receiver.Clock.GetUtcNow() - TimeSpan.FromSeconds(4711)));

        var line = Assert.Single(receiver.LogRecords);
        Assert.Equal(LogLevel.Warning, line.Level);
        Assert.Contains("stale_signature. It was signed 4711 s ago by this machine's clock", line.Message, StringComparison.Ordinal);
        Assert.Contains("correct the clock", line.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signature_from_the_future_logs_how_far_ahead_it_is()
    {
        using var receiver = CreateReceiver();
        using var signer = new WebhookSigner(WebhookSecret.Parse(TestReceiver.Secret));

        await receiver.DeliverAsync(Body, signer.Sign(Body, receiver.Clock.GetUtcNow() + TimeSpan.FromSeconds(600)));
        receiver.Clock.Advance(TimeSpan.FromSeconds(10));
        await receiver.DeliverAsync(Body, $"t=999999999999999999,v1={new string('0', 64)}");

        Assert.Contains("600 s ahead", receiver.LogRecords[0].Message, StringComparison.Ordinal);
        Assert.Contains("thousands of years ahead", receiver.LogRecords[1].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "It has no nd-signature header")]
    [InlineData("v1=abc", "does not have the form t=…,v1=…")]
    public async Task A_malformed_signature_logs_what_is_wrong_with_the_header(string? signature, string expected)
    {
        using var receiver = CreateReceiver();

        await receiver.DeliverAsync(Body, signature);

        Assert.Contains(expected, Assert.Single(receiver.LogRecords).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_body_logs_that_it_may_have_been_read_before()
    {
        using var receiver = CreateReceiver();

        await receiver.DeliverAsync([], CreateForgedSignature(receiver));

        Assert.Contains("other code reads the body before", Assert.Single(receiver.LogRecords).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rejections_are_logged_once_per_code_and_ten_seconds_with_the_suppressed_count()
    {
        using var receiver = CreateReceiver();
        for (var forged = 0; forged < 5_000; forged++)
        {
            await receiver.DeliverAsync(Body, CreateForgedSignature(receiver));
            await receiver.DeliverAsync(Body, null);
        }

        Assert.Equal(2, receiver.LogRecords.Count);
        receiver.Clock.Advance(TimeSpan.FromSeconds(10));
        await receiver.DeliverAsync(Body, CreateForgedSignature(receiver));

        Assert.Equal(3, receiver.LogRecords.Count);
        Assert.Contains("4999 more with this code", receiver.LogRecords[2].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_header_and_secret_are_never_logged()
    {
        using var receiver = CreateReceiver();
        await receiver.DeliverAsync(Body, CreateForgedSignature(receiver));
        await receiver.DeliverAsync(Body, "t=1,v1=whsec_test_shown");

        var logged = string.Join('\n', receiver.LogRecords.Select(FormatRecord));
        Assert.DoesNotContain("buyer", logged, StringComparison.Ordinal);
        Assert.DoesNotContain("ev_1", logged, StringComparison.Ordinal);
        Assert.DoesNotContain("whsec_test_", logged, StringComparison.Ordinal);
    }

    private static string FormatRecord(FakeLogRecord line) =>
        line.Message + string.Join(' ', line.StructuredState!.Select(pair => $"{pair.Key}={pair.Value}"));

    private static string CreateForgedSignature(TestReceiver receiver) =>
        $"t={receiver.Clock.GetUtcNow().ToUnixTimeSeconds()},v1={new string('0', 64)}";

    private static TestReceiver CreateReceiver() => new(on => on.Any((_, _) => throw new InvalidOperationException()));
}
