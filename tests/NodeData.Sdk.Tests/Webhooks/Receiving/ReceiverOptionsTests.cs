using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Webhooks.Receiving;

/// <summary>Tests of the validation of a receiver's options.</summary>
public sealed class ReceiverOptionsTests
{
    private static readonly WebhookSecret Test = WebhookSecret.Parse("whsec_test_0123456789abcdef0123456789abcdef");
    private static readonly WebhookSecret Live = WebhookSecret.Parse("whsec_live_0123456789abcdef0123456789abcdef");
    private static readonly WebhookSecret WithoutMode = WebhookSecret.Parse("whsec_0123456789abcdef0123456789abcdef");

    [Fact]
    public void The_defaults_are_valid() => CreateReceiver([Test]).Dispose();

    [Fact]
    public void Secrets_of_one_mode_can_be_combined_with_one_without_a_mode()
    {
        CreateReceiver([Test, WithoutMode]).Dispose();
        CreateReceiver([Live, WithoutMode]).Dispose();
    }

    [Fact]
    public void Secrets_of_both_modes_are_rejected() =>
        Assert.Contains(
            "have both modes",
            Assert.Throws<NodeDataConfigurationException>(() => CreateReceiver([Test, Live])).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_secret_of_the_wrong_mode_is_rejected() =>
        Assert.Throws<NodeDataConfigurationException>(() => CreateReceiver([Test], options => options.RequiredMode = KeyMode.Live));

    [Fact]
    public void A_missing_secret_is_rejected() => Assert.Throws<NodeDataConfigurationException>(() => CreateReceiver([]));

    [Fact]
    public void A_blank_name_is_rejected() =>
        Assert.Throws<ArgumentException>(() => new WebhookReceiver(" ", [Test], new WebhookHandlers().Any((_, _) => Task.CompletedTask)));

    [Fact]
    public void All_invalid_options_are_reported_together()
    {
        var exception = Assert.Throws<NodeDataConfigurationException>(() =>
            CreateReceiver(
                [Test],
                options =>
                {
                    options.Timeout = TimeSpan.Zero;
                    options.Lease = TimeSpan.FromMilliseconds(99);
                    options.Retention = TimeSpan.FromMilliseconds(98);
                    options.MaxAttempts = 0;
                    options.MaxBodyBytes = 0;
                }
            )
        );

        Assert.All(
            new[] { "Timeout", "Lease", "Retention", "MaxAttempts", "MaxBodyBytes" },
            option => Assert.Contains($"WebhookReceiverOptions.{option} is ", exception.Message, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void The_capacity_of_the_in_memory_store_is_at_least_one() =>
        Assert.Throws<NodeDataConfigurationException>(() =>
            new InMemoryWebhookClaimStore(new InMemoryWebhookClaimStoreOptions { Capacity = 0 })
        );

    private static WebhookReceiver CreateReceiver(WebhookSecret[] secrets, Action<WebhookReceiverOptions>? configure = null)
    {
        var options = new WebhookReceiverOptions();
        configure?.Invoke(options);
        return new WebhookReceiver("orders", secrets, new WebhookHandlers().Any((_, _) => Task.CompletedTask), options);
    }
}
