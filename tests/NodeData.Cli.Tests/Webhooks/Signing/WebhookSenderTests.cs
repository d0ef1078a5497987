using NodeData.Cli.Webhooks.Signing;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Cli.Tests.Webhooks.Signing;

public sealed class WebhookSenderTests
{
    [Fact]
    public async Task A_connection_reset_after_connecting_is_reported_as_a_closed_connection()
    {
        using var connection = new ResetConnection();
        using var sender = new WebhookSender(TimeProvider.System, connection.OpenAsync);

        var result = await sender.SendAsync(new Uri("http://127.0.0.1/hook"), [], [], TestContext.Current.CancellationToken);

        Assert.Equal("the connection was closed before a response was received", result.Error);
    }
}
