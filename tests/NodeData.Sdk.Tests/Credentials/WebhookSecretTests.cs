using System.Text.Json;
using NodeData.Sdk.Tests.Vectors;

namespace NodeData.Sdk.Tests.Credentials;

public sealed class WebhookSecretTests
{
    private const string Text = "whsec_live_0123456789abcdefghij";

    // The text that the message must contain for each reason in the vectors.
    private static readonly Dictionary<string, string> ExpectedMessages = new()
    {
        ["empty"] = "is empty",
        ["blank"] = "is blank",
        ["nothing after the prefix"] = "nothing after its prefix",
        ["fewer than 16 characters after the prefix"] = "fewer than 16 characters",
        ["placeholder"] = "placeholder",
        ["an API key, not a webhook secret: say so"] = "API key",
        ["no prefix"] = "an unknown prefix",
        ["upper-case prefix"] = "upper case",
        ["line break: loaders trim, the parser does not"] = "line break around it",
        ["non-ASCII"] = "outside ASCII",
    };

    public static TheoryData<string, string?> Valid { get; } =
    [
        .. VectorFile
            .Rows("webhook-secrets.json", "valid")
            .Select(row => (row.GetProperty("secret").GetString()!, row.GetProperty("mode").GetString())),
    ];

    public static TheoryData<string, string> Invalid { get; } =
    [
        .. VectorFile
            .Rows("webhook-secrets.json", "invalid")
            .Select(row => (row.GetProperty("secret").GetString()!, row.GetProperty("why").GetString()!)),
    ];

    [Theory]
    [MemberData(nameof(Valid))]
    public void A_valid_secret_is_parsed_with_its_mode(string text, string? mode)
    {
        var secret = WebhookSecret.Parse(text);

        Assert.Equal(mode, secret.Mode?.ToString().ToLowerInvariant());
        Assert.Equal(text, secret.Reveal());
    }

    [Theory]
    [MemberData(nameof(Invalid))]
    public void An_invalid_secret_is_rejected_with_the_reason_and_without_the_text(string text, string why)
    {
        Assert.False(WebhookSecret.TryParse(text, out _));

        var error = Assert.Throws<NodeDataConfigurationException>(() => WebhookSecret.Parse(text));
        Assert.Contains(ExpectedMessages[why], error.Message, StringComparison.Ordinal);
        if (text.Length > "whsec_test_".Length)
        {
            Assert.DoesNotContain(text, error.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Null_is_not_a_secret()
    {
        Assert.False(WebhookSecret.TryParse(null, out _));
        Assert.Throws<NodeDataConfigurationException>(() => WebhookSecret.Parse(null));
    }

    [Theory]
    [InlineData("whsec_", 15, false)]
    [InlineData("whsec_", 16, true)]
    [InlineData("whsec_", 200, true)]
    [InlineData("whsec_", 201, false)]
    [InlineData("whsec_test_", 15, false)]
    [InlineData("whsec_live_", 16, true)]
    [InlineData("whsec_live_", 200, true)]
    [InlineData("whsec_test_", 201, false)]
    public void The_part_after_the_prefix_has_16_to_200_characters(string prefix, int length, bool valid) =>
        Assert.Equal(valid, WebhookSecret.TryParse(prefix + new string('x', length), out _));

    [Theory]
    [InlineData("whsec_live_0123456789abcdef123", "whsec_live_…")]
    [InlineData("whsec_test_0123456789abcdef1234", "whsec_test_…1234")]
    [InlineData("whsec_0123456789abcdef1234", "whsec_…1234")]
    public void A_secret_shows_its_last_characters_only_if_it_is_long_enough(string text, string hint)
    {
        var secret = WebhookSecret.Parse(text);

        Assert.Equal(hint, secret.Hint);
        Assert.Equal(hint, secret.ToString());
        Assert.Equal(hint, JsonSerializer.Deserialize<string>(JsonSerializer.Serialize(secret)));
    }

    [Fact]
    public void A_secret_can_be_deserialized_but_its_mask_cannot()
    {
        Assert.Equal(Text, JsonSerializer.Deserialize<WebhookSecret>($"\"{Text}\"")!.Reveal());
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<WebhookSecret>("\"whsec_live_…ghij\""));
    }

    [Fact]
    public void Secrets_with_the_same_text_are_equal()
    {
        var secret = WebhookSecret.Parse(Text);

        Assert.Equal(secret, WebhookSecret.Parse(Text));
        Assert.Equal(secret.GetHashCode(), WebhookSecret.Parse(Text).GetHashCode());
        Assert.NotEqual(secret, WebhookSecret.Parse(Text + "k"));
        Assert.NotEqual(secret, WebhookSecret.Parse(Text.Replace("live", "test", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_string_converts_to_a_secret_and_an_invalid_one_throws()
    {
        WebhookSecret secret = Text;

        Assert.Equal(Text, secret.Reveal());
        Assert.Throws<NodeDataConfigurationException>(() => (WebhookSecret)"whsec_short");
    }

    [Fact]
    public void A_reference_created_from_a_secret_is_masked()
    {
        SecretReference reference = WebhookSecret.Parse(Text);

        Assert.Equal("whsec_live_…ghij", reference.ToString());
        Assert.Null(reference.Scheme);
    }
}
