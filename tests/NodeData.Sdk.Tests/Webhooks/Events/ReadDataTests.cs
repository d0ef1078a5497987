using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Webhooks.Events;

public sealed partial class ReadDataTests
{
    private const string Key = "nd_live_abcdefghijklmnop1234";

    [Fact]
    public void A_type_of_the_caller_receives_the_unmasked_data()
    {
        var read = Read($$"""{"type":"key.created","data":{"secret":"{{Key}}","amount_cents":9007199254740993 } }""");

        var data = read.ReadData(OwnJson.Default.OwnData)!;

        Assert.Equal(Key, data.Secret);
        Assert.Equal(9007199254740993, data.AmountCents);
    }

    [Fact]
    public void Secrets_are_masked_in_the_data_that_is_displayed()
    {
        var read = Read($$"""{"type":"key.created","data":{"secret":"{{Key}}","note":"of {{Key}}"},"key":"{{Key}}"}""");

        Assert.Equal("nd_live_…1234", read.DataJson?.GetProperty("secret").GetString());
        Assert.Equal("of nd_live_…1234", read.DataJson?.GetProperty("note").GetString());
        Assert.Equal("nd_live_…1234", read.AdditionalMembers["key"].GetString());
        Assert.DoesNotContain("abcdefgh", JsonSerializer.Serialize(read), StringComparison.Ordinal);
    }

    [Fact]
    public void Secrets_in_the_type_and_the_id_are_masked_in_ToString() =>
        Assert.Equal("nd_live_…1234 whsec_live_…", Read($$"""{"type":"{{Key}}","id":"whsec_live_0123456789abcdef"}""").ToString());

    [Fact]
    public void Missing_data_is_read_as_null()
    {
        Assert.Null(Read("""{"type":"x"}""").ReadData(OwnJson.Default.OwnData));
        Assert.Null(Read("""{"type":"x","data":null}""").ReadData(OwnJson.Default.OwnData));
    }

    [Fact]
    public void Data_of_a_different_shape_is_reported_with_the_type_of_the_caller()
    {
        var read = Read($$"""{"type":"x","data":{"amount_cents":"{{Key}}" } }""");

        var exception = Assert.Throws<WebhookPayloadException>(() => read.ReadData(OwnJson.Default.OwnData));
        Assert.Contains(nameof(OwnData), exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, exception.ToString(), StringComparison.Ordinal);
    }

    private static WebhookEvent Read(string body) => WebhookEvent.Parse(Encoding.UTF8.GetBytes(body));

    internal sealed record OwnData(string? Secret, long? AmountCents);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
    [JsonSerializable(typeof(OwnData))]
    internal sealed partial class OwnJson : JsonSerializerContext;
}
