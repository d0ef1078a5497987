using NodeData.Cli.Tests.Doubles;
using NodeData.Emulator;
using NodeData.Sdk;
using NodeData.Sdk.Webhooks;

namespace NodeData.Cli.Tests.Webhooks.Listening;

public sealed class InTerminalTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task R_resends_the_last_event_with_a_new_signature_and_q_stops()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        await using var application = await Receiver.StartAsync();
        using var tool = Tool.For(emulator);
        await using var terminal = ToolSession.StartInTerminal(
            tool,
            "webhooks",
            "listen",
            "--forward-to",
            application.Url,
            "--secret-to",
            "file:secret"
        );
        await terminal.WaitForAsync("Press r to resend the last event");
        await terminal.TypeAsync("r");
        await terminal.WaitForAsync("There is no delivery to resend yet");

        var emitted = await emulator.EmitAsync(WebhookEventType.PayoutPaid, cancellationToken: Token);
        var first = await application.NextAsync();
        await terminal.WaitForAsync($"{emitted.Id}  \e[32m200");
        await terminal.TypeAsync("r");
        var second = await application.NextAsync();
        await terminal.WaitForAsync("resent");

        var secret = (await File.ReadAllTextAsync(tool.GetPath("secret"), Token)).Trim();
        Assert.Equal(first.Body, second.Body);
        Assert.True(second.IsSignedWith(secret));
        await terminal.TypeAsync("q");
        Assert.Equal(0, await terminal.WaitForExitAsync());
        Assert.Contains("was deleted.", terminal.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, terminal.Output, StringComparison.Ordinal);
        using var node = new NodeClient(new NodeClientOptions { ApiKey = emulator.TestKey, BaseAddress = emulator.BaseAddress });
        Assert.Empty(await node.Webhooks.ListAsync(Token).ToListAsync(Token));
    }

    [Fact]
    public async Task Control_c_deletes_the_endpoint_and_a_lost_connection_is_red()
    {
        var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        await using (var terminal = ToolSession.StartInTerminal(tool, "webhooks", "listen", "--forward-to", "http://127.0.0.1:9/"))
        {
            await terminal.WaitForAsync("Press r to resend the last event");
            Assert.Matches("secret\\s+whsec_test_[A-Za-z0-9]{32}", terminal.Output);
            await terminal.TypeAsync("\u0003");
            Assert.Equal(130, await terminal.WaitForExitAsync());
            Assert.Contains("was deleted.", terminal.Output, StringComparison.Ordinal);
        }

        await using var other = ToolSession.StartInTerminal(tool, "webhooks", "listen", "--forward-to", "http://127.0.0.1:9/");
        await other.WaitForAsync("Press r to resend the last event");
        await emulator.DisposeAsync();
        await other.WaitForAsync("Connection lost since");
        Assert.Matches("\e\\[(31|91)mConnection lost since", other.Output);
    }
}
