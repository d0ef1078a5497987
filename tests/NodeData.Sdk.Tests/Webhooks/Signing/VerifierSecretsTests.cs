using NodeData.Sdk.Webhooks;
using static NodeData.Sdk.Tests.Webhooks.Signing.Delivery;

namespace NodeData.Sdk.Tests.Webhooks.Signing;

public sealed class VerifierSecretsTests
{
    [Fact]
    public void No_secret_is_an_error_when_the_verifier_is_made()
    {
        Assert.Throws<NodeDataConfigurationException>(() => new WebhookVerifier([]));
        Assert.Throws<NodeDataConfigurationException>(() => new WebhookVerifier([Secret, null!]));
        Assert.Throws<ArgumentNullException>(() => new WebhookVerifier((IEnumerable<WebhookSecret>)null!));
        Assert.Throws<ArgumentNullException>(() => new WebhookVerifier((WebhookSecret)null!));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("whsec_")]
    [InlineData("whsec_live_short")]
    [InlineData("nd_live_abcdefghijklmnop1234")]
    public void An_empty_or_too_short_secret_is_an_error_when_the_verifier_is_made(string? text) =>
        Assert.Throws<NodeDataConfigurationException>(() => new WebhookVerifier(text));

    [Fact]
    public void Secrets_of_both_modes_go_together_where_no_mode_is_required()
    {
        using var verifier = Verifier(Secret, LiveSecret);

        Assert.True(verifier.Verify(Body, Header(Secret)).IsValid);
        Assert.True(verifier.Verify(Body, Header(LiveSecret)).IsValid);
    }

    [Fact]
    public void A_secret_of_another_mode_than_the_required_one_is_refused_and_not_repeated()
    {
        var options = new WebhookVerifierOptions { RequiredMode = KeyMode.Live };

        var refusal = Assert.Throws<NodeDataConfigurationException>(() => new WebhookVerifier([LiveSecret, Secret], options));

        Assert.Contains("Live", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Test", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, refusal.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(KeyMode.Test, Secret)]
    [InlineData(KeyMode.Live, LiveSecret)]
    public void A_secret_without_a_mode_goes_with_either(KeyMode mode, string secretOfMode)
    {
        var options = At(Moment);
        options.RequiredMode = mode;
        using var verifier = new WebhookVerifier([SecretWithoutMode, secretOfMode], options);

        Assert.True(verifier.Verify(Body, Header(SecretWithoutMode)).IsValid);
        Assert.True(verifier.Verify(Body, Header(secretOfMode)).IsValid);
    }

    [Fact]
    public void Options_that_mean_nothing_are_refused()
    {
        Assert.Throws<NodeDataConfigurationException>(() => new WebhookVerifier(Secret, new WebhookVerifierOptions { RequiredMode = 0 }));
        Assert.Throws<NodeDataConfigurationException>(() =>
            new WebhookVerifier(Secret, new WebhookVerifierOptions { TimeProvider = null! })
        );
    }

    [Fact]
    public void A_secret_never_matches_by_its_text_without_the_prefix()
    {
        using var verifier = Verifier(SecretWithoutMode);

        Assert.False(verifier.Verify(Body, Header(SecretWithoutMode["whsec_".Length..])).IsValid);
    }
}
