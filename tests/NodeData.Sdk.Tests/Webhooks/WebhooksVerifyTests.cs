using System.Buffers;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using NodeData.Sdk.Tests.Doubles;
using NodeData.Sdk.Webhooks;
using static NodeData.Sdk.Tests.Webhooks.Signing.SignatureTestData;

namespace NodeData.Sdk.Tests.Webhooks;

/// <summary>Tests of <c>node.Webhooks.Verify</c>, which uses the configured secrets and no network.</summary>
public sealed class WebhooksVerifyTests
{
    private static readonly Uri UnreachableAddress = new("http://127.0.0.1:9/v1");

    [Fact]
    public void Any_configured_secret_verifies_a_body_of_every_type()
    {
        using var node = CreateClient(OtherSecret, Secret);

        Assert.True(node.Webhooks.Verify(Body, CreateHeader()).IsValid);
        Assert.True(node.Webhooks.Verify(new ReadOnlySequence<byte>(Body), CreateHeader()).IsValid);
        Assert.True(node.Webhooks.Verify(Encoding.UTF8.GetString(Body), CreateHeader(OtherSecret)).IsValid);
        Assert.Equal(Secret, node.Webhooks.Verify(Body, CreateHeader()).MatchedSecret!.Reveal());
        Assert.True(node.WithOptions(new NodeRequestOptions()).Webhooks.Verify(Body, CreateHeader()).IsValid);
    }

    [Fact]
    public void Forged_stale_and_malformed_signatures_have_their_error_codes()
    {
        using var node = CreateClient(Secret);

        Assert.Equal(WebhookErrorCode.InvalidSignature, node.Webhooks.Verify(Body, CreateHeader(SecretWithoutMode)).ErrorCode);
        Assert.Equal(WebhookErrorCode.StaleSignature, node.Webhooks.Verify(Body, CreateHeader(unixSeconds: UnixSeconds - 301)).ErrorCode);
        Assert.Equal(WebhookErrorCode.MalformedSignature, node.Webhooks.Verify(Body, null).ErrorCode);
    }

    [Fact]
    public void A_missing_secret_is_reported_with_a_remedy()
    {
        using var node = CreateClient();

        var error = Assert.Throws<NodeDataConfigurationException>(() => node.Webhooks.Verify(Body, CreateHeader()));

        Assert.Contains(
            "There is no webhook secret. Set the environment variable NODE_DATA_WEBHOOK_SECRET",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_mode_of_a_key_read_later_is_compared_with_the_secrets()
    {
        await using var server = new ScriptedServer(request => request.RespondAsync(200, TestClients.AccountJson));
        using var node = new NodeClient(
            new ApiKeyCredential(ApiKey.Parse(TestClients.LiveKey)),
            new NodeClientOptions
            {
                BaseAddress = server.BaseAddress,
                WebhookSecrets = [Secret],
                TimeProvider = new FakeTimeProvider(SignedAt),
            }
        );
        Assert.True(node.Webhooks.Verify(Body, CreateHeader()).IsValid);

        await node.GetMe(CallStyle.Async);

        var error = Assert.Throws<NodeDataConfigurationException>(() => node.Webhooks.Verify(Body, CreateHeader()));
        Assert.Contains("the client's key is a live key", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_disposed_client_throws_and_a_disposed_view_has_no_effect()
    {
        var node = CreateClient(Secret);
        node.WithOptions(new NodeRequestOptions()).Dispose();
        Assert.True(node.Webhooks.Verify(Body, CreateHeader()).IsValid);

        node.Dispose();

        Assert.Throws<ObjectDisposedException>(() => node.Webhooks.Verify(Body, CreateHeader()));
    }

    private static NodeClient CreateClient(params string[] secrets) =>
        TestClients.Create(
            UnreachableAddress,
            new FakeTimeProvider(SignedAt),
            configure: options => options.WebhookSecrets = [.. secrets.Select(secret => new SecretReference(secret))]
        );
}
