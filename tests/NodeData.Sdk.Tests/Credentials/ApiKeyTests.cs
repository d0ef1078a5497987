using System.Text.Json;
using NodeData.Sdk.Tests.Vectors;

namespace NodeData.Sdk.Tests.Credentials;

public sealed class ApiKeyTests
{
    // The text that the message must contain for each reason in the vectors.
    private static readonly Dictionary<string, string> ExpectedMessages = new()
    {
        ["empty"] = "is empty",
        ["blank"] = "is blank",
        ["nothing after the prefix"] = "nothing after its prefix",
        ["no separator"] = "without its separator",
        ["unknown mode"] = "unknown mode",
        ["upper-case prefix"] = "upper case",
        ["mixed case"] = "upper case",
        ["other separator"] = "an unknown prefix",
        ["another service's key"] = "an unknown prefix",
        ["a webhook secret, not a key: say so"] = "webhook secret",
        ["scheme included: say so"] = "'Bearer'",
        ["placeholder from the documentation: say so"] = "placeholder",
        ["space inside"] = "white space",
        ["line break: loaders trim, the parser does not"] = "line break around it",
        ["leading space: loaders trim, the parser does not"] = "white space",
        ["header injection"] = "a line break",
        ["NUL"] = "control character",
        ["non-ASCII"] = "outside ASCII",
        ["Cyrillic a"] = "outside ASCII",
        ["quoted"] = "quotes",
        ["256 characters"] = "longer than 255",
        ["zero-width space"] = "invisible",
        ["character outside the set"] = "that is not allowed",
    };

    public static TheoryData<string, string> Valid { get; } =
    [
        .. VectorFile
            .Rows("api-keys.json", "valid")
            .Select(row => (row.GetProperty("key").GetString()!, row.GetProperty("mode").GetString()!)),
    ];

    public static TheoryData<string, string> Invalid { get; } =
    [
        .. VectorFile
            .Rows("api-keys.json", "invalid")
            .Select(row => (row.GetProperty("key").GetString()!, row.GetProperty("why").GetString()!)),
    ];

    [Theory]
    [MemberData(nameof(Valid))]
    public void A_valid_key_is_parsed_with_its_mode(string text, string mode)
    {
        var key = ApiKey.Parse(text);

        Assert.Equal(mode, key.Mode.ToString().ToLowerInvariant());
        Assert.Equal(text, key.Reveal());
    }

    [Theory]
    [MemberData(nameof(Invalid))]
    public void An_invalid_key_is_rejected_with_the_reason_and_without_the_text(string text, string why)
    {
        Assert.False(ApiKey.TryParse(text, out _));

        var error = Assert.Throws<NodeDataConfigurationException>(() => ApiKey.Parse(text));
        Assert.Contains(ExpectedMessages[why], error.Message, StringComparison.Ordinal);
        if (text.Length > "nd_test_".Length)
        {
            Assert.DoesNotContain(text, error.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Null_is_not_a_key()
    {
        Assert.False(ApiKey.TryParse(null, out _));
        Assert.Throws<NodeDataConfigurationException>(() => ApiKey.Parse(null));
    }

    [Theory]
    [InlineData("nd_live_oldkey1234", "nd_live_…")]
    [InlineData("nd_test_abcdefghijklmnop123", "nd_test_…")]
    [InlineData("nd_live_abcdefghijklmnop1234", "nd_live_…1234")]
    public void A_key_shows_its_last_characters_only_if_it_is_long_enough(string text, string hint)
    {
        var key = ApiKey.Parse(text);

        Assert.Equal(hint, key.Hint);
        Assert.Equal(hint, key.ToString());
        Assert.Equal($"\"{hint}\"", JsonSerializer.Serialize(key, Relaxed));
    }

    [Fact]
    public void A_key_can_be_deserialized_but_its_mask_cannot()
    {
        Assert.Equal("nd_test_abc123", JsonSerializer.Deserialize<ApiKey>("\"nd_test_abc123\"")!.Reveal());
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<ApiKey>("\"nd_test_…\""));
    }

    [Fact]
    public void Keys_with_the_same_text_are_equal()
    {
        var key = ApiKey.Parse("nd_test_abc123");

        Assert.Equal(key, ApiKey.Parse("nd_test_abc123"));
        Assert.Equal(key.GetHashCode(), ApiKey.Parse("nd_test_abc123").GetHashCode());
        Assert.NotEqual(key, ApiKey.Parse("nd_test_abc124"));
        Assert.NotEqual(key, ApiKey.Parse("nd_live_abc123"));
    }

    private static JsonSerializerOptions Relaxed { get; } =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
