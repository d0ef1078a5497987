using System.Text;
using Microsoft.Extensions.DependencyInjection;
using NodeData.Sdk.Tests.Doubles;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Webhooks.Receiving;

/// <summary>Receivers registered in a host, without a web server.</summary>
public sealed class ReceiverRegistrationTests
{
    private const string Setting = "NodeData:WebhookSecrets";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_receiver_is_had_by_its_name_and_the_first_also_without()
    {
        using var host = HostWith(Inbox.Secret, services => services.Add("orders").Add("payouts"));

        var orders = host.Services.GetRequiredKeyedService<WebhookReceiver>("orders");
        var payouts = host.Services.GetRequiredKeyedService<WebhookReceiver>("payouts");

        Assert.Equal(("orders", "payouts"), (orders.Name, payouts.Name));
        Assert.Same(orders, host.Services.GetRequiredService<WebhookReceiver>());
        Assert.Equal(WebhookOutcome.Handled, (await DeliverAsync(orders, Inbox.Secret)).Outcome);
    }

    [Fact]
    public async Task A_mistake_shows_when_the_host_starts()
    {
        using var host = HostWith(secrets: null, services => services.Add("orders"));

        var refusal = await Assert.ThrowsAnyAsync<Exception>(() => host.Host.StartAsync(Token));

        Assert.Contains("NODE_DATA_WEBHOOK_SECRET", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_only_receives_needs_no_api_key()
    {
        using var host = HostWith(Inbox.Secret, services => services.Add("orders"));

        await host.Host.StartAsync(Token);
    }

    [Fact]
    public async Task Secrets_follow_the_configuration_and_a_bad_change_leaves_the_last_good_ones()
    {
        const string next = "whsec_test_fedcba9876543210fedcba9876543210";
        using var host = HostWith(Inbox.Secret, services => services.Add("orders"));
        var receiver = host.Services.GetRequiredService<WebhookReceiver>();

        host.Change(Setting, "whsec_live_fedcba9876543210,whsec_test_fedcba9876543210");
        Assert.Equal(200, (await DeliverAsync(receiver, Inbox.Secret, "ev_1")).StatusCode);
        host.Change(Setting, next);
        Assert.Equal(401, (await DeliverAsync(receiver, Inbox.Secret, "ev_2")).StatusCode);
        Assert.Equal(200, (await DeliverAsync(receiver, next, "ev_3")).StatusCode);
    }

    [Fact]
    public void Secrets_in_the_code_beat_the_configuration()
    {
        using var host = HostWith("nonsense", services => services.Add("orders", options => options.WebhookSecrets = [Inbox.Secret]));

        Assert.Equal("orders", host.Services.GetRequiredService<WebhookReceiver>().Name);
    }

    [Fact]
    public void Where_the_client_is_registered_its_mode_must_be_that_of_the_secrets()
    {
        using var host = HostWith(
            secrets: null,
            services =>
            {
                services.AddNodeData(options => options.ApiKey = "nd_live_0123456789abcdef0123");
                services.Add("orders", options => options.WebhookSecrets = [Inbox.Secret]);
            }
        );

        Assert.Throws<NodeDataConfigurationException>(() => host.Services.GetRequiredService<WebhookReceiver>());
    }

    [Fact]
    public void A_name_that_is_taken_is_refused() =>
        Assert.Throws<ArgumentException>("name", () => new ServiceCollection().Add("orders").Add("orders"));

    [Fact]
    public void Secrets_given_twice_are_refused() =>
        Assert.Throws<ArgumentException>(
            "options",
            () =>
                new WebhookReceiver(
                    "orders",
                    [Inbox.Secret],
                    new WebhookHandlers().Any((_, _) => Task.CompletedTask),
                    new WebhookReceiverOptions { WebhookSecrets = [Inbox.Secret] }
                )
        );

    private static Hosts HostWith(string? secrets, Action<IServiceCollection> register) =>
        new(secrets is null ? [] : new() { [Setting] = secrets }, register);

    private static async Task<WebhookResult> DeliverAsync(WebhookReceiver receiver, string secret, string id = "ev_1")
    {
        using var signer = new WebhookSigner(secret);
        var body = Encoding.UTF8.GetBytes(Inbox.PayoutPaid(id));
        return await receiver.ReceiveAsync(body, signer.Sign(body, TimeProvider.System.GetUtcNow()), Token);
    }
}

internal static class ReceiverRegistrations
{
    public static IServiceCollection Add(this IServiceCollection services, string name, Action<WebhookReceiverOptions>? configure = null) =>
        services.AddNodeDataWebhookReceiver(name, on => on.Any((_, _) => Task.CompletedTask), configure);
}
