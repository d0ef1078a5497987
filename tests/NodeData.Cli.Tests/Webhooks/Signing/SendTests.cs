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
    public async Task A_sample_of_each_type_arrives_signed_and_can_be_read(string type)
    {
        await using var receiver = await Receiver.StartAsync();

        var result = (await _tool.RunAsync("webhooks", "send", receiver.Url, "--event", type, "--id", "ev_mine")).Requires(0);

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
    public async Task A_body_of_ones_own_arrives_byte_for_byte()
    {
        await using var receiver = await Receiver.StartAsync();
        byte[] body = [0xEF, 0xBB, 0xBF, (byte)'{', 0xFF, 0x00, (byte)'}', (byte)'\r', (byte)'\n'];
        await File.WriteAllBytesAsync(_tool.PathOf("body"), body, Token);

        (await _tool.RunAsync("webhooks", "send", receiver.Url, "--payload", "body")).Requires(0);

        var delivery = await receiver.NextAsync();
        Assert.Equal(body, delivery.Body);
        Assert.True(delivery.IsSignedWith(Secret));
    }

    [Theory]
    [InlineData(302, "redirect")]
    [InlineData(401, "another one than whsec_test_…cdef")]
    [InlineData(404, "path")]
    [InlineData(500, "delivers it again")]
    public async Task An_answer_that_is_no_success_is_explained(int status, string meaning)
    {
        await using var receiver = await Receiver.StartAsync(status);

        var answer = (await _tool.RunAsync("webhooks", "send", receiver.Url, "--json")).Requires(1).Json;

        Assert.Equal(status, answer.GetProperty("status").GetInt32());
        Assert.Equal("listing.purchased", answer.GetProperty("type").GetString());
        Assert.Contains(meaning, answer.GetProperty("meaning").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nobody_answers_it_says_so()
    {
        using var nobody = new HeldPort();

        var result = await _tool.RunAsync("webhooks", "send", $"http://127.0.0.1:{nobody.Port}/");

        Assert.Contains("status\tnobody answers at this address", result.Requires(3).Lines);
    }

    [Theory]
    [InlineData("plain-http", "http://shop.example/hook")]
    [InlineData("no absolute address", "shop")]
    [InlineData("user name", "https://me:pass@shop.example/")]
    [InlineData("event type", "http://127.0.0.1:9/", "--event", "two words")]
    [InlineData("the body says", "http://127.0.0.1:9/", "--event", "payout.paid", "--payload", "body")]
    public async Task What_is_wrong_with_the_command_line_is_said(string says, params string[] arguments) =>
        (await _tool.RunAsync(["webhooks", "send", .. arguments])).Requires(2).Says(says);
}
