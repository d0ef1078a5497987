using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Webhooks.Receiving;

/// <summary>What the operator is told of refused deliveries.</summary>
public sealed class RefusalLogTests
{
    private static readonly byte[] Body = Encoding.UTF8.GetBytes(
        """{"id":"ev_1","type":"payout.paid","data":{"amount":"a secret of the buyer"}}"""
    );

    [Fact]
    public async Task A_stale_one_tells_the_skew_and_points_at_the_clock()
    {
        using var inbox = Silent();
        using var signer = new WebhookSigner(WebhookSecret.Parse(Inbox.Secret));

        await inbox.DeliverAsync(Body, signer.Sign(Body, inbox.Clock.GetUtcNow() - TimeSpan.FromSeconds(4711)));

        var line = Assert.Single(inbox.Lines);
        Assert.Equal(LogLevel.Warning, line.Level);
        Assert.Contains("stale_signature. It was signed 4711 s ago by this machine's clock", line.Message, StringComparison.Ordinal);
        Assert.Contains("set the clock", line.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_from_the_future_says_so()
    {
        using var inbox = Silent();
        using var signer = new WebhookSigner(WebhookSecret.Parse(Inbox.Secret));

        await inbox.DeliverAsync(Body, signer.Sign(Body, inbox.Clock.GetUtcNow() + TimeSpan.FromSeconds(600)));
        inbox.Clock.Advance(TimeSpan.FromSeconds(10));
        await inbox.DeliverAsync(Body, $"t=999999999999999999,v1={new string('0', 64)}");

        Assert.Contains("600 s ahead", inbox.Lines[0].Message, StringComparison.Ordinal);
        Assert.Contains("thousands of years ahead", inbox.Lines[1].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "It has no nd-signature header")]
    [InlineData("v1=abc", "is not of the form t=…,v1=…")]
    public async Task A_malformed_one_tells_what_is_wrong_with_the_header(string? signature, string told)
    {
        using var inbox = Silent();

        await inbox.DeliverAsync(Body, signature);

        Assert.Contains(told, Assert.Single(inbox.Lines).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_body_points_at_what_reads_it_first()
    {
        using var inbox = Silent();

        await inbox.DeliverAsync([], Forged(inbox));

        Assert.Contains("something reads the body before", Assert.Single(inbox.Lines).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flood_is_one_line_for_each_code_and_ten_seconds_with_the_number_of_the_others()
    {
        using var inbox = Silent();
        for (var forged = 0; forged < 5_000; forged++)
        {
            await inbox.DeliverAsync(Body, Forged(inbox));
            await inbox.DeliverAsync(Body, null);
        }

        Assert.Equal(2, inbox.Lines.Count);
        inbox.Clock.Advance(TimeSpan.FromSeconds(10));
        await inbox.DeliverAsync(Body, Forged(inbox));

        Assert.Equal(3, inbox.Lines.Count);
        Assert.Contains("4999 more with this code", inbox.Lines[2].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_of_the_body_the_header_or_the_secret_is_told()
    {
        using var inbox = Silent();
        await inbox.DeliverAsync(Body, Forged(inbox));
        await inbox.DeliverAsync(Body, "t=1,v1=whsec_test_shown");

        var told = string.Join('\n', inbox.Lines.Select(LineWithState));
        Assert.DoesNotContain("buyer", told, StringComparison.Ordinal);
        Assert.DoesNotContain("ev_1", told, StringComparison.Ordinal);
        Assert.DoesNotContain("whsec_test_", told, StringComparison.Ordinal);
    }

    private static string LineWithState(FakeLogRecord line) =>
        line.Message + string.Join(' ', line.StructuredState!.Select(pair => $"{pair.Key}={pair.Value}"));

    private static string Forged(Inbox inbox) => $"t={inbox.Clock.GetUtcNow().ToUnixTimeSeconds()},v1={new string('0', 64)}";

    private static Inbox Silent() => new(on => on.Any((_, _) => throw new InvalidOperationException()));
}
