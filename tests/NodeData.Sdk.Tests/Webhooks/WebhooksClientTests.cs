using NodeData.Emulator;
using NodeData.Sdk.Tests.Doubles;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Webhooks;

/// <summary>The life of a webhook endpoint, against the emulator over real sockets.</summary>
public sealed class WebhooksClientTests
{
    private const string Url = "https://shop.example/hook";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [ThroughBothDoors]
    public async Task An_endpoint_is_made_changed_listed_and_deleted(Door door)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var node = emulator.Client(emulator.LiveKey);

        var created = await node.CreateEndpoint(
            door,
            new CreateWebhookEndpointOptions(Url) { Events = [WebhookEventType.PayoutPaid, "robot.moved"], Description = "payouts" }
        );
        var other = await node.CreateEndpoint(door, new CreateWebhookEndpointOptions("https://shop.example/other"));

        Assert.StartsWith("we_", created.Id, StringComparison.Ordinal);
        Assert.Equal(KeyMode.Live, created.Secret.Mode);
        Assert.Equal(["robot.moved"], created.DroppedEventTypes);
        Assert.Empty(other.DroppedEventTypes);
        Assert.Empty(created.Endpoint.AdditionalMembers);

        var got = await node.GetEndpoint(door, created.Id);
        Assert.Equal(new Uri(Url), got.Url);
        Assert.Equal([WebhookEventType.PayoutPaid], got.Events);
        Assert.Equal("payouts", got.Description);
        Assert.True(got.IsEnabled);
        Assert.NotNull(got.CreatedAt);
        Assert.Empty(got.AdditionalMembers);

        var changed = await node.UpdateEndpoint(door, created.Id, new UpdateWebhookEndpointOptions { IsEnabled = false, Events = [] });
        Assert.False(changed.IsEnabled);
        Assert.Empty(changed.Events!);
        Assert.Equal(("payouts", new Uri(Url)), (changed.Description, changed.Url));

        Assert.Equal([other.Id, created.Id], (await node.ListEndpoints(door)).Select(endpoint => endpoint.Id));
        Assert.Empty(await node.GetDeliveries(door, created.Id));
        await node.DeleteEndpoint(door, created.Id);
        Assert.Equal([other.Id], (await node.ListEndpoints(door)).Select(endpoint => endpoint.Id));

        var error = await Assert.ThrowsAsync<NodeDataNotFoundException>(() => node.DeleteEndpoint(door, created.Id));
        Assert.StartsWith("req_", error.RequestId, StringComparison.Ordinal);
    }

    [Theory]
    [ThroughBothDoors]
    public async Task The_event_types_of_the_service_are_the_ones_known(Door door)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var node = emulator.Client();

        Assert.Equal(WebhookEventType.Known, await node.GetEventTypes(door));
    }

    [Theory]
    [ThroughBothDoors]
    public async Task A_key_without_the_scope_is_refused_and_one_with_it_is_not(Door door)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var admin = emulator.Client();
        var reader = await admin.CreateKey(door, new CreateApiKeyOptions("reader") { Scopes = [ApiKeyScope.ModelsRead] });
        var hooks = await admin.CreateKey(door, new CreateApiKeyOptions("hooks") { Scopes = [ApiKeyScope.WebhooksWrite] });
        using var restricted = emulator.Client(reader.Secret);
        using var allowed = emulator.Client(hooks.Secret);

        var error = await Assert.ThrowsAsync<NodeDataPermissionException>(() =>
            restricted.CreateEndpoint(door, new CreateWebhookEndpointOptions(Url))
        );
        Assert.Equal("scope_required", error.Code);
        await allowed.CreateEndpoint(door, new CreateWebhookEndpointOptions(Url));
    }

    [Theory]
    [ThroughBothDoors]
    public async Task Test_and_live_never_meet(Door door)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var test = emulator.Client(emulator.TestKey);
        using var live = emulator.Client(emulator.LiveKey);
        var created = await live.CreateEndpoint(door, new CreateWebhookEndpointOptions(Url));

        await Assert.ThrowsAsync<NodeDataNotFoundException>(() => test.GetEndpoint(door, created.Id));
        await Assert.ThrowsAsync<NodeDataNotFoundException>(() => test.DeleteEndpoint(door, created.Id));
        await Assert.ThrowsAsync<NodeDataNotFoundException>(() => test.GetDeliveries(door, created.Id));
        Assert.Empty(await test.ListEndpoints(door));
    }

    [Theory]
    [ThroughBothDoors]
    public async Task A_lost_answer_to_a_creation_gives_the_same_secret_under_its_idempotency_key(Door door)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var node = emulator.Client();
        emulator.Faults.Enqueue("*", EmulatorFault.DropResponse());
        var endpoint = new CreateWebhookEndpointOptions(Url) { IdempotencyKey = "once" };

        var created = await node.CreateEndpoint(door, endpoint);
        var again = await node.CreateEndpoint(door, endpoint);

        Assert.Equal((created.Id, created.Reveal()), (again.Id, again.Reveal()));
        Assert.Single(await node.ListEndpoints(door));
    }

    [Theory]
    [ThroughBothDoors]
    public async Task Without_an_idempotency_key_a_creation_is_never_sent_twice(Door door)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var node = emulator.Client();
        emulator.Faults.Enqueue("*", EmulatorFault.DropResponse());

        var error = await Assert.ThrowsAsync<NodeDataConnectionException>(() =>
            node.CreateEndpoint(door, new CreateWebhookEndpointOptions(Url))
        );

        Assert.True(error.RequestMayHaveBeenProcessed);
        Assert.Single(emulator.Requests, request => request.Method == "POST");
    }

    [Theory]
    [ThroughBothDoors]
    public async Task A_deletion_whose_answer_is_lost_is_repeated_and_has_done_its_work(Door door)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var node = emulator.Client();
        var created = await node.CreateEndpoint(door, new CreateWebhookEndpointOptions(Url));
        emulator.Faults.Enqueue("*", EmulatorFault.DropResponse());

        await node.DeleteEndpoint(door, created.Id);

        Assert.Equal(2, emulator.Requests.Count(request => request.Method == "DELETE"));
        Assert.Empty(await node.ListEndpoints(door));
    }

    [Theory]
    [ThroughBothDoors]
    public async Task A_deletion_that_found_nothing_before_any_answer_was_lost_says_so(Door door)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var node = emulator.Client();
        emulator.Faults.Enqueue("*", EmulatorFault.RespondWith(429));

        await Assert.ThrowsAsync<NodeDataNotFoundException>(() => node.DeleteEndpoint(door, "we_unknown"));

        Assert.Equal(2, emulator.Requests.Count(request => request.Method == "DELETE"));
    }

    [Theory]
    [ThroughBothDoors]
    public async Task What_the_service_finds_wrong_names_the_field(Door door)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var node = emulator.Client();

        var error = await Assert.ThrowsAsync<NodeDataBadRequestException>(() =>
            node.CreateEndpoint(door, new CreateWebhookEndpointOptions(Url) { Description = new string('x', 5000) })
        );

        Assert.Equal(("validation_failed", "description"), (error.Code, error.Field));
    }
}
