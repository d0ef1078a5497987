using System.Text;
using Microsoft.Extensions.DependencyInjection;
using NodeData.Sdk.Tests.Doubles;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Webhooks.Receiving;

/// <summary>Tests of receivers that are registered in a host without a web server.</summary>
public sealed class ReceiverRegistrationTests
{
    private const string Setting = "NodeData:WebhookSecrets";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Receivers_are_keyed_by_name_and_the_first_is_also_unkeyed()
    {
        using var host = CreateHost(TestReceiver.Secret, services => services.AddReceiver("orders").AddReceiver("payouts"));

        var orders = host.Services.GetRequiredKeyedService<WebhookReceiver>("orders");
        var payouts = host.Services.GetRequiredKeyedService<WebhookReceiver>("payouts");

        Assert.Equal(("orders", "payouts"), (orders.Name, payouts.Name));
        Assert.Same(orders, host.Services.GetRequiredService<WebhookReceiver>());
        Assert.Equal(WebhookOutcome.Handled, (await DeliverAsync(orders, TestReceiver.Secret)).Outcome);
    }

    [Fact]
    public async Task An_invalid_registration_fails_at_startup()
    {
        using var host = CreateHost(secrets: null, services => services.AddReceiver("orders"));

        var exception = await Assert.ThrowsAnyAsync<Exception>(() => host.Host.StartAsync(Token));

        Assert.Contains("NODE_DATA_WEBHOOK_SECRET", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_application_that_only_receives_needs_no_API_key()
    {
        using var host = CreateHost(TestReceiver.Secret, services => services.AddReceiver("orders"));

        await host.Host.StartAsync(Token);
    }

    [Fact]
    public async Task Secrets_follow_the_configuration_and_an_invalid_change_keeps_the_last_valid_ones()
    {
        const string next = "whsec_test_fedcba9876543210fedcba9876543210";
        using var host = CreateHost(TestReceiver.Secret, services => services.AddReceiver("orders"));
        var receiver = host.Services.GetRequiredService<WebhookReceiver>();

        host.SetSetting(Setting, "whsec_live_fedcba9876543210,whsec_test_fedcba9876543210");
        Assert.Equal(200, (await DeliverAsync(receiver, TestReceiver.Secret, "ev_1")).StatusCode);
        host.SetSetting(Setting, next);
        Assert.Equal(401, (await DeliverAsync(receiver, TestReceiver.Secret, "ev_2")).StatusCode);
        Assert.Equal(200, (await DeliverAsync(receiver, next, "ev_3")).StatusCode);
    }

    [Fact]
    public void Secrets_in_code_override_the_configuration()
    {
        using var host = CreateHost(
            "nonsense",
            services => services.AddReceiver("orders", options => options.WebhookSecrets = [TestReceiver.Secret])
        );

        Assert.Equal("orders", host.Services.GetRequiredService<WebhookReceiver>().Name);
    }

    [Fact]
    public void Secrets_must_have_the_mode_of_a_registered_client()
    {
        using var host = CreateHost(
            secrets: null,
            services =>
            {
                services.AddNodeData(options => options.ApiKey = "nd_live_0123456789abcdef0123");
                services.AddReceiver("orders", options => options.WebhookSecrets = [TestReceiver.Secret]);
            }
        );

        Assert.Throws<NodeDataConfigurationException>(() => host.Services.GetRequiredService<WebhookReceiver>());
    }

    [Fact]
    public void A_duplicate_name_is_rejected() =>
        Assert.Throws<ArgumentException>("name", () => new ServiceCollection().AddReceiver("orders").AddReceiver("orders"));

    [Fact]
    public void Secrets_in_both_the_argument_and_the_options_are_rejected() =>
        Assert.Throws<ArgumentException>(
            "options",
            () =>
                new WebhookReceiver(
                    "orders",
                    [TestReceiver.Secret],
                    new WebhookHandlers().Any((_, _) => Task.CompletedTask),
                    new WebhookReceiverOptions { WebhookSecrets = [TestReceiver.Secret] }
                )
        );

    private static TestHost CreateHost(string? secrets, Action<IServiceCollection> register) =>
        new(secrets is null ? [] : new() { [Setting] = secrets }, register);

    private static async Task<WebhookResult> DeliverAsync(WebhookReceiver receiver, string secret, string id = "ev_1")
    {
        using var signer = new WebhookSigner(secret);
        var body = Encoding.UTF8.GetBytes(TestReceiver.CreatePayoutPaid(id));
        return await receiver.ReceiveAsync(body, signer.Sign(body, TimeProvider.System.GetUtcNow()), Token);
    }
}

internal static class ReceiverRegistrations
{
    public static IServiceCollection AddReceiver(
        this IServiceCollection services,
        string name,
        Action<WebhookReceiverOptions>? configure = null
    ) => services.AddNodeDataWebhookReceiver(name, on => on.Any((_, _) => Task.CompletedTask), configure);
}
