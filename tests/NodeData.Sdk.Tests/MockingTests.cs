using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests;

/// <summary>What docs/testing.md shows: clients without a network, and models made by hand.</summary>
public sealed class MockingTests
{
    [Fact]
    public async Task A_client_can_be_stood_in_for()
    {
        using NodeClient node = new NodeOfATest();

        Assert.Equal("ci", (await node.Keys.GetAsync("key_1", TestContext.Current.CancellationToken)).Name);
        Assert.Equal(
            WebhookDeliveryStatus.Failed,
            Assert.Single(node.Webhooks.Deliveries("we_1", cancellationToken: TestContext.Current.CancellationToken)).Status
        );
    }

    [Fact]
    public async Task Every_model_can_be_made()
    {
        var issued = new IssuedKey(new ApiKeyInfo("key_1") { Name = "ci" }, ApiKey.Parse("nd_test_abc123"));
        var account = new Account("usr_1")
        {
            Key = new AccountKey { Mode = KeyMode.Test, Scopes = [Scope.ModelsRead] },
        };
        var created = new CreatedWebhookEndpoint(
            new WebhookEndpoint("we_1") { Events = [WebhookEventType.PayoutPaid] },
            "whsec_test_0123456789abcdef"
        );
        var refused = new PermissionDeniedException("No.") { Code = "scope_required", RequestId = "req_1" };

        Assert.Equal("ci", issued.Name);
        Assert.Equal([WebhookEventType.PayoutPaid], created.Endpoint.Events);
        Assert.True(account.Key.Scopes.Allows(Scope.ModelsRead));
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, refused.Status);
        await foreach (var info in new AsyncPagedList<ApiKeyInfo>([new Page<ApiKeyInfo>([issued.Info])]))
        {
            Assert.Same(issued.Info, info);
        }
    }

    private sealed class KeysOfATest : KeysClient
    {
        public override Task<ApiKeyInfo> GetAsync(string id, CancellationToken cancellationToken = default) =>
            Task.FromResult(new ApiKeyInfo(id) { Name = "ci", Status = KeyStatus.Active });
    }

    private sealed class NodeOfATest : NodeClient
    {
        public override KeysClient Keys { get; } = new KeysOfATest();

        public override WebhooksClient Webhooks { get; } = new WebhooksOfATest();
    }

    private sealed class WebhooksOfATest : WebhooksClient
    {
        public override IReadOnlyList<WebhookDelivery> Deliveries(
            string id,
            int? limit = null,
            CancellationToken cancellationToken = default
        ) => [new WebhookDelivery("wd_1") { Status = WebhookDeliveryStatus.Failed }];
    }
}
