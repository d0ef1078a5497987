using NodeData.Sdk.Webhooks;
using static NodeData.Sdk.Tests.Webhooks.Signing.SignatureTestData;

namespace NodeData.Sdk.Tests.Webhooks.Signing;

public sealed class VerifierSecretsTests
{
    [Fact]
    public void A_verifier_requires_a_secret()
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
    public void An_empty_or_too_short_secret_is_rejected(string? text) =>
        Assert.Throws<NodeDataConfigurationException>(() => new WebhookVerifier(text));

    [Fact]
    public void Secrets_of_both_modes_are_allowed_when_no_mode_is_required()
    {
        using var verifier = CreateVerifier(Secret, LiveSecret);

        Assert.True(verifier.Verify(Body, CreateHeader(Secret)).IsValid);
        Assert.True(verifier.Verify(Body, CreateHeader(LiveSecret)).IsValid);
    }

    [Fact]
    public void A_secret_of_the_wrong_mode_is_rejected_without_repeating_it()
    {
        var options = new WebhookVerifierOptions { RequiredMode = KeyMode.Live };

        var exception = Assert.Throws<NodeDataConfigurationException>(() => new WebhookVerifier([LiveSecret, Secret], options));

        Assert.Contains("Live", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Test", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, exception.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(KeyMode.Test, Secret)]
    [InlineData(KeyMode.Live, LiveSecret)]
    public void A_secret_without_a_mode_is_allowed_with_either_mode(KeyMode mode, string secretOfMode)
    {
        var options = CreateOptions(SignedAt);
        options.RequiredMode = mode;
        using var verifier = new WebhookVerifier([SecretWithoutMode, secretOfMode], options);

        Assert.True(verifier.Verify(Body, CreateHeader(SecretWithoutMode)).IsValid);
        Assert.True(verifier.Verify(Body, CreateHeader(secretOfMode)).IsValid);
    }

    [Fact]
    public void Invalid_options_are_rejected()
    {
        Assert.Throws<NodeDataConfigurationException>(() => new WebhookVerifier(Secret, new WebhookVerifierOptions { RequiredMode = 0 }));
        Assert.Throws<NodeDataConfigurationException>(() =>
            new WebhookVerifier(Secret, new WebhookVerifierOptions { TimeProvider = null! })
        );
    }

    [Fact]
    public void A_secret_without_its_prefix_never_matches()
    {
        using var verifier = CreateVerifier(SecretWithoutMode);

        Assert.False(verifier.Verify(Body, CreateHeader(SecretWithoutMode["whsec_".Length..])).IsValid);
    }
}
