using NodeData.Cli.Tests.Doubles;
using NodeData.Sdk.Tests.Doubles;
using NodeData.Sdk.Webhooks;

namespace NodeData.Cli.Tests.Webhooks.Signing;

public sealed class SendTests : IDisposable
{
    private const string Secret = "whsec_test_0123456789abcdef0123456789abcdef";

    private readonly Tool _tool = new() { Variables = { ["NODE_DATA_WEBHOOK_SECRET"] = Secret } };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Types => [.. WebhookEventType.Known.Select(type => type.Value), "robot.moved"];

    public void Dispose() => _tool.Dispose();

    [Theory]
    [MemberData(nameof(Types))]
    public async Task A_sample_of_each_type_arrives_signed_and_can_be_parsed(string type)
    {
        await using var receiver = await Receiver.StartAsync();

        var result = (await _tool.RunAsync("webhooks", "send", receiver.Url, "--event", type, "--id", "ev_mine")).RequireExitCode(0);

        var delivery = await receiver.NextAsync();
        Assert.True(delivery.IsSignedWith(Secret));
        var sent = WebhookEvent.Parse(delivery.Body);
        Assert.Equal((type, "ev_mine"), (sent.Type.Value, sent.Id));
        Assert.NotNull(sent.CreatedAt);
        Assert.NotNull(sent.DataJson);
        Assert.Empty(sent.AdditionalMembers);
        Assert.Contains("status\t200", result.Lines);
        Assert.DoesNotContain(Secret, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_custom_body_arrives_byte_for_byte()
    {
        await using var receiver = await Receiver.StartAsync();
        byte[] body = [0xEF, 0xBB, 0xBF, (byte)'{', 0xFF, 0x00, (byte)'}', (byte)'\r', (byte)'\n'];
        await File.WriteAllBytesAsync(_tool.GetPath("body"), body, Token);

        (await _tool.RunAsync("webhooks", "send", receiver.Url, "--payload", "body")).RequireExitCode(0);

        var delivery = await receiver.NextAsync();
        Assert.Equal(body, delivery.Body);
        Assert.True(delivery.IsSignedWith(Secret));
    }

    [Theory]
    [InlineData(302, "redirect")]
    [InlineData(401, "its secret differs from whsec_test_…cdef")]
    [InlineData(404, "path")]
    [InlineData(500, "retries the delivery")]
    public async Task An_unsuccessful_response_is_explained(int status, string explanation)
    {
        await using var receiver = await Receiver.StartAsync(status);

        var response = (await _tool.RunAsync("webhooks", "send", receiver.Url, "--json")).RequireExitCode(1).Json;

        Assert.Equal(status, response.GetProperty("status").GetInt32());
        Assert.Equal("listing.purchased", response.GetProperty("type").GetString());
        Assert.Contains(explanation, response.GetProperty("explanation").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unreachable_receiver_is_reported()
    {
        using var unusedPort = new ReservedPort();

        var result = await _tool.RunAsync("webhooks", "send", $"http://127.0.0.1:{unusedPort.Port}/");

        Assert.Contains("status\tthe connection could not be established", result.RequireExitCode(3).Lines);
    }

    [Theory]
    [InlineData("The receiver's URL uses http for an address that is not loopback", "http://shop.example/hook")]
    [InlineData("is not an absolute http or https URL", "shop")]
    [InlineData("user name", "https://me:pass@shop.example/")]
    [InlineData("event type", "http://127.0.0.1:9/", "--event", "two words")]
    [InlineData("the body determines both", "http://127.0.0.1:9/", "--event", "payout.paid", "--payload", "body")]
    public async Task An_invalid_command_line_is_reported(string expected, params string[] arguments) =>
        (await _tool.RunAsync(["webhooks", "send", .. arguments])).RequireExitCode(2).RequireError(expected);
}
