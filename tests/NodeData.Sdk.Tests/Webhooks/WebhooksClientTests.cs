using NodeData.Emulator;
using NodeData.Sdk.Tests.Doubles;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Webhooks;

/// <summary>Tests of the lifetime of a webhook endpoint, against the emulator over real sockets.</summary>
public sealed class WebhooksClientTests
{
    private const string Url = "https://shop.example/hook";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [SyncAndAsync]
    public async Task An_endpoint_is_created_updated_listed_and_deleted(CallStyle callStyle)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var node = emulator.CreateClient(emulator.LiveKey);

        var created = await node.CreateEndpoint(
            callStyle,
            new CreateWebhookEndpointOptions(Url) { Events = [WebhookEventType.PayoutPaid, "robot.moved"], Description = "payouts" }
        );
        var other = await node.CreateEndpoint(callStyle, new CreateWebhookEndpointOptions("https://shop.example/other"));

        Assert.StartsWith("we_", created.Id, StringComparison.Ordinal);
        Assert.Equal(KeyMode.Live, created.Secret.Mode);
        Assert.Equal(["robot.moved"], created.DroppedEventTypes);
        Assert.Empty(other.DroppedEventTypes);
        Assert.Empty(created.Endpoint.AdditionalMembers);

        var got = await node.GetEndpoint(callStyle, created.Id);
        Assert.Equal(new Uri(Url), got.Url);
        Assert.Equal([WebhookEventType.PayoutPaid], got.Events);
        Assert.Equal("payouts", got.Description);
        Assert.True(got.IsEnabled);
        Assert.NotNull(got.CreatedAt);
        Assert.Empty(got.AdditionalMembers);

        var changed = await node.UpdateEndpoint(callStyle, created.Id, new UpdateWebhookEndpointOptions { IsEnabled = false, Events = [] });
        Assert.False(changed.IsEnabled);
        Assert.Empty(changed.Events!);
        Assert.Equal(("payouts", new Uri(Url)), (changed.Description, changed.Url));

        Assert.Equal([other.Id, created.Id], (await node.ListEndpoints(callStyle)).Select(endpoint => endpoint.Id));
        Assert.Empty(await node.GetDeliveries(callStyle, created.Id));
        await node.DeleteEndpoint(callStyle, created.Id);
        Assert.Equal([other.Id], (await node.ListEndpoints(callStyle)).Select(endpoint => endpoint.Id));

        var error = await Assert.ThrowsAsync<NodeDataNotFoundException>(() => node.DeleteEndpoint(callStyle, created.Id));
        Assert.StartsWith("req_", error.RequestId, StringComparison.Ordinal);
    }

    [Theory]
    [SyncAndAsync]
    public async Task The_event_types_of_the_service_are_all_known(CallStyle callStyle)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var node = emulator.CreateClient();

        Assert.Equal(WebhookEventType.Known, await node.GetEventTypes(callStyle));
    }

    [Theory]
    [SyncAndAsync]
    public async Task A_key_without_the_scope_is_denied_and_one_with_it_is_allowed(CallStyle callStyle)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var admin = emulator.CreateClient();
        var reader = await admin.CreateKey(callStyle, new CreateApiKeyOptions("reader") { Scopes = [ApiKeyScope.ModelsRead] });
        var hooks = await admin.CreateKey(callStyle, new CreateApiKeyOptions("hooks") { Scopes = [ApiKeyScope.WebhooksWrite] });
        using var restricted = emulator.CreateClient(reader.Secret);
        using var allowed = emulator.CreateClient(hooks.Secret);

        var error = await Assert.ThrowsAsync<NodeDataPermissionException>(() =>
            restricted.CreateEndpoint(callStyle, new CreateWebhookEndpointOptions(Url))
        );
        Assert.Equal("scope_required", error.Code);
        await allowed.CreateEndpoint(callStyle, new CreateWebhookEndpointOptions(Url));
    }

    [Theory]
    [SyncAndAsync]
    public async Task Test_and_live_endpoints_are_isolated(CallStyle callStyle)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var test = emulator.CreateClient(emulator.TestKey);
        using var live = emulator.CreateClient(emulator.LiveKey);
        var created = await live.CreateEndpoint(callStyle, new CreateWebhookEndpointOptions(Url));

        await Assert.ThrowsAsync<NodeDataNotFoundException>(() => test.GetEndpoint(callStyle, created.Id));
        await Assert.ThrowsAsync<NodeDataNotFoundException>(() => test.DeleteEndpoint(callStyle, created.Id));
        await Assert.ThrowsAsync<NodeDataNotFoundException>(() => test.GetDeliveries(callStyle, created.Id));
        Assert.Empty(await test.ListEndpoints(callStyle));
    }

    [Theory]
    [SyncAndAsync]
    public async Task Create_with_an_idempotency_key_returns_the_same_secret_after_a_dropped_response(CallStyle callStyle)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var node = emulator.CreateClient();
        emulator.Faults.Enqueue("*", EmulatorFault.DropResponse());
        var endpoint = new CreateWebhookEndpointOptions(Url) { IdempotencyKey = "once" };

        var created = await node.CreateEndpoint(callStyle, endpoint);
        var again = await node.CreateEndpoint(callStyle, endpoint);

        Assert.Equal((created.Id, created.Reveal()), (again.Id, again.Reveal()));
        Assert.Single(await node.ListEndpoints(callStyle));
    }

    [Theory]
    [SyncAndAsync]
    public async Task Create_without_an_idempotency_key_is_never_retried(CallStyle callStyle)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var node = emulator.CreateClient();
        emulator.Faults.Enqueue("*", EmulatorFault.DropResponse());

        var error = await Assert.ThrowsAsync<NodeDataConnectionException>(() =>
            node.CreateEndpoint(callStyle, new CreateWebhookEndpointOptions(Url))
        );

        Assert.True(error.RequestMayHaveBeenProcessed);
        Assert.Single(emulator.Requests, request => request.Method == "POST");
    }

    [Theory]
    [SyncAndAsync]
    public async Task Delete_succeeds_when_it_is_retried_after_a_dropped_response(CallStyle callStyle)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var node = emulator.CreateClient();
        var created = await node.CreateEndpoint(callStyle, new CreateWebhookEndpointOptions(Url));
        emulator.Faults.Enqueue("*", EmulatorFault.DropResponse());

        await node.DeleteEndpoint(callStyle, created.Id);

        Assert.Equal(2, emulator.Requests.Count(request => request.Method == "DELETE"));
        Assert.Empty(await node.ListEndpoints(callStyle));
    }

    [Theory]
    [SyncAndAsync]
    public async Task Delete_of_an_unknown_endpoint_fails_when_no_response_was_dropped(CallStyle callStyle)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var node = emulator.CreateClient();
        emulator.Faults.Enqueue("*", EmulatorFault.RespondWith(429));

        await Assert.ThrowsAsync<NodeDataNotFoundException>(() => node.DeleteEndpoint(callStyle, "we_unknown"));

        Assert.Equal(2, emulator.Requests.Count(request => request.Method == "DELETE"));
    }

    [Theory]
    [SyncAndAsync]
    public async Task A_validation_error_names_the_field(CallStyle callStyle)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var node = emulator.CreateClient();

        var error = await Assert.ThrowsAsync<NodeDataBadRequestException>(() =>
            node.CreateEndpoint(callStyle, new CreateWebhookEndpointOptions(Url) { Description = new string('x', 5000) })
        );

        Assert.Equal(("validation_failed", "description"), (error.Code, error.Field));
    }
}
