using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests;

/// <summary>Tests what docs/testing.md shows: mocked clients, and models created in code.</summary>
public sealed class MockingTests
{
    [Fact]
    public async Task A_client_can_be_mocked()
    {
        using NodeClient node = new FakeNodeClient();

        Assert.Equal("ci", (await node.Keys.GetAsync("key_1", TestContext.Current.CancellationToken)).Name);
        Assert.Equal(
            WebhookDeliveryStatus.Failed,
            Assert.Single(node.Webhooks.ListDeliveries("we_1", cancellationToken: TestContext.Current.CancellationToken)).Status
        );
    }

    [Fact]
    public async Task Every_model_can_be_constructed()
    {
        var issued = new CreatedApiKey(new ApiKeyInfo("key_1") { Name = "ci" }, ApiKey.Parse("nd_test_abc123"));
        var account = new NodeAccount("usr_1")
        {
            Key = new NodeAccountKey { Mode = KeyMode.Test, Scopes = [ApiKeyScope.ModelsRead] },
        };
        var created = new CreatedWebhookEndpoint(
            new WebhookEndpoint("we_1") { Events = [WebhookEventType.PayoutPaid] },
            "whsec_test_0123456789abcdef"
        );
        var denied = new NodeDataPermissionException("No.") { Code = "scope_required", RequestId = "req_1" };

        Assert.Equal("ci", issued.Name);
        Assert.Equal([WebhookEventType.PayoutPaid], created.Endpoint.Events);
        Assert.True(account.Key.Scopes.Allows(ApiKeyScope.ModelsRead));
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, denied.Status);
        await foreach (var info in new NodeAsyncPagedList<ApiKeyInfo>([new NodePage<ApiKeyInfo>([issued.Info])]))
        {
            Assert.Same(issued.Info, info);
        }
    }

    private sealed class FakeKeysClient : KeysClient
    {
        public override Task<ApiKeyInfo> GetAsync(string id, CancellationToken cancellationToken = default) =>
            Task.FromResult(new ApiKeyInfo(id) { Name = "ci", Status = ApiKeyStatus.Active });
    }

    private sealed class FakeNodeClient : NodeClient
    {
        public override KeysClient Keys { get; } = new FakeKeysClient();

        public override WebhooksClient Webhooks { get; } = new FakeWebhooksClient();
    }

    private sealed class FakeWebhooksClient : WebhooksClient
    {
        public override IReadOnlyList<WebhookDelivery> ListDeliveries(
            string id,
            int? limit = null,
            CancellationToken cancellationToken = default
        ) => [new WebhookDelivery("wd_1") { Status = WebhookDeliveryStatus.Failed }];
    }
}
