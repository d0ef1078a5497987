using System.Buffers;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using NodeData.Sdk.Tests.Doubles;
using NodeData.Sdk.Webhooks;
using static NodeData.Sdk.Tests.Webhooks.Signing.Delivery;

namespace NodeData.Sdk.Tests.Webhooks;

/// <summary><c>node.Webhooks.Verify</c>: the configured secrets, and no network.</summary>
public sealed class WebhooksVerifyTests
{
    private static readonly Uri Nowhere = new("http://127.0.0.1:9/v1");

    [Fact]
    public void A_delivery_is_verified_with_any_of_the_configured_secrets_whatever_it_comes_in()
    {
        using var node = Node(OtherSecret, Secret);

        Assert.True(node.Webhooks.Verify(Body, Header()).IsValid);
        Assert.True(node.Webhooks.Verify(new ReadOnlySequence<byte>(Body), Header()).IsValid);
        Assert.True(node.Webhooks.Verify(Encoding.UTF8.GetString(Body), Header(OtherSecret)).IsValid);
        Assert.Equal(Secret, node.Webhooks.Verify(Body, Header()).MatchedSecret!.Reveal());
        Assert.True(node.With(new NodeRequestOptions()).Webhooks.Verify(Body, Header()).IsValid);
    }

    [Fact]
    public void A_forged_stale_or_malformed_one_is_refused_with_its_code()
    {
        using var node = Node(Secret);

        Assert.Equal(WebhookErrorCode.InvalidSignature, node.Webhooks.Verify(Body, Header(SecretWithoutMode)).ErrorCode);
        Assert.Equal(WebhookErrorCode.StaleSignature, node.Webhooks.Verify(Body, Header(unixSeconds: UnixSeconds - 301)).ErrorCode);
        Assert.Equal(WebhookErrorCode.MalformedSignature, node.Webhooks.Verify(Body, null).ErrorCode);
    }

    [Fact]
    public void Without_a_secret_the_cure_is_told()
    {
        using var node = Node();

        var error = Assert.Throws<NodeDataConfigurationException>(() => node.Webhooks.Verify(Body, Header()));

        Assert.Contains(
            "There is no webhook secret. Set the environment variable NODE_DATA_WEBHOOK_SECRET",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_key_that_comes_later_is_held_against_the_secrets()
    {
        await using var server = new ScriptedServer(request => request.AnswerAsync(200, Clients.Me));
        using var node = new NodeClient(
            new ApiKeyCredential(ApiKey.Parse(Clients.LiveKey)),
            new NodeClientOptions
            {
                BaseAddress = server.BaseAddress,
                WebhookSecrets = [Secret],
                TimeProvider = new FakeTimeProvider(Moment),
            }
        );
        Assert.True(node.Webhooks.Verify(Body, Header()).IsValid);

        await node.GetMe(Door.Async);

        var error = Assert.Throws<NodeDataConfigurationException>(() => node.Webhooks.Verify(Body, Header()));
        Assert.Contains("the client's key is a live key", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_disposed_client_verifies_nothing_and_a_disposed_view_takes_nothing_away()
    {
        var node = Node(Secret);
        node.With(new NodeRequestOptions()).Dispose();
        Assert.True(node.Webhooks.Verify(Body, Header()).IsValid);

        node.Dispose();

        Assert.Throws<ObjectDisposedException>(() => node.Webhooks.Verify(Body, Header()));
    }

    private static NodeClient Node(params string[] secrets) =>
        Clients.Of(
            Nowhere,
            new FakeTimeProvider(Moment),
            configure: options => options.WebhookSecrets = [.. secrets.Select(secret => new SecretReference(secret))]
        );
}
