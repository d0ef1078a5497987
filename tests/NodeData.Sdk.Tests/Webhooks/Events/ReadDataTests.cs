using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Webhooks.Events;

public sealed partial class ReadDataTests
{
    private const string Key = "nd_live_abcdefghijklmnop1234";

    [Fact]
    public void The_callers_own_type_sees_the_data_as_it_came()
    {
        var read = Read($$"""{"type":"key.created","data":{"secret":"{{Key}}","amount_cents":9007199254740993 } }""");

        var own = read.ReadData(OwnJson.Default.OwnData)!;

        Assert.Equal(Key, own.Secret);
        Assert.Equal(9007199254740993, own.AmountCents);
    }

    [Fact]
    public void What_is_shown_of_the_data_has_its_secrets_masked()
    {
        var read = Read($$"""{"type":"key.created","data":{"secret":"{{Key}}","note":"of {{Key}}"},"key":"{{Key}}"}""");

        Assert.Equal("nd_live_…1234", read.DataJson?.GetProperty("secret").GetString());
        Assert.Equal("of nd_live_…1234", read.DataJson?.GetProperty("note").GetString());
        Assert.Equal("nd_live_…1234", read.AdditionalMembers["key"].GetString());
        Assert.DoesNotContain("abcdefgh", JsonSerializer.Serialize(read), StringComparison.Ordinal);
    }

    [Fact]
    public void Neither_type_nor_id_brings_a_secret_into_a_log() =>
        Assert.Equal("nd_live_…1234 whsec_live_…", Read($$"""{"type":"{{Key}}","id":"whsec_live_0123456789abcdef"}""").ToString());

    [Fact]
    public void Where_there_is_no_data_there_is_nothing_to_read()
    {
        Assert.Null(Read("""{"type":"x"}""").ReadData(OwnJson.Default.OwnData));
        Assert.Null(Read("""{"type":"x","data":null}""").ReadData(OwnJson.Default.OwnData));
    }

    [Fact]
    public void Data_of_another_shape_is_told_with_the_callers_type()
    {
        var read = Read($$"""{"type":"x","data":{"amount_cents":"{{Key}}" } }""");

        var refusal = Assert.Throws<WebhookPayloadException>(() => read.ReadData(OwnJson.Default.OwnData));
        Assert.Contains(nameof(OwnData), refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, refusal.ToString(), StringComparison.Ordinal);
    }

    private static WebhookEvent Read(string body) => WebhookEvent.Parse(Encoding.UTF8.GetBytes(body));

    internal sealed record OwnData(string? Secret, long? AmountCents);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
    [JsonSerializable(typeof(OwnData))]
    internal sealed partial class OwnJson : JsonSerializerContext;
}
