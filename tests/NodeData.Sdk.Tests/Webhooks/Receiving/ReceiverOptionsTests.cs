using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Webhooks.Receiving;

/// <summary>What a receiver cannot be made with.</summary>
public sealed class ReceiverOptionsTests
{
    private static readonly WebhookSecret Test = WebhookSecret.Parse("whsec_test_0123456789abcdef0123456789abcdef");
    private static readonly WebhookSecret Live = WebhookSecret.Parse("whsec_live_0123456789abcdef0123456789abcdef");
    private static readonly WebhookSecret WithoutMode = WebhookSecret.Parse("whsec_0123456789abcdef0123456789abcdef");

    [Fact]
    public void The_defaults_can_be_used() => Make([Test]).Dispose();

    [Fact]
    public void Secrets_of_one_mode_go_together_also_with_one_that_names_none()
    {
        Make([Test, WithoutMode]).Dispose();
        Make([Live, WithoutMode]).Dispose();
    }

    [Fact]
    public void Both_modes_together_are_refused() =>
        Assert.Contains(
            "of both modes",
            Assert.Throws<NodeDataConfigurationException>(() => Make([Test, Live])).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_mode_other_than_the_required_one_is_refused() =>
        Assert.Throws<NodeDataConfigurationException>(() => Make([Test], options => options.RequiredMode = KeyMode.Live));

    [Fact]
    public void No_secret_is_refused() => Assert.Throws<NodeDataConfigurationException>(() => Make([]));

    [Fact]
    public void A_blank_name_is_refused() =>
        Assert.Throws<ArgumentException>(() => new WebhookReceiver(" ", [Test], new WebhookHandlers().Any((_, _) => Task.CompletedTask)));

    [Fact]
    public void Every_mistake_is_told_at_once()
    {
        var refusal = Assert.Throws<NodeDataConfigurationException>(() =>
            Make(
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
            option => Assert.Contains($"WebhookReceiverOptions.{option} is ", refusal.Message, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_full_log_in_memory_needs_room_for_one() =>
        Assert.Throws<NodeDataConfigurationException>(() =>
            new InMemoryWebhookClaimStore(new InMemoryWebhookClaimStoreOptions { Capacity = 0 })
        );

    private static WebhookReceiver Make(WebhookSecret[] secrets, Action<WebhookReceiverOptions>? configure = null)
    {
        var options = new WebhookReceiverOptions();
        configure?.Invoke(options);
        return new WebhookReceiver("orders", secrets, new WebhookHandlers().Any((_, _) => Task.CompletedTask), options);
    }
}
