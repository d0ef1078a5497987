using System.Text;
using NodeData.Emulator;
using NodeData.Sdk.Tests.Doubles;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Webhooks.Rotation;

/// <summary>Tests of the rotation of a webhook secret while events are delivered, against the emulator over real sockets.</summary>
public sealed class SecretRotationTests
{
    private static readonly TimeSpan Overlap = TimeSpan.FromHours(6);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_event_is_handled_once_before_during_and_after_the_rotation()
    {
        await using var fixture = await WebhookRotationFixture.CreateAsync();

        await fixture.EmitAsync();
        var started = await fixture.Node.StartWebhookSecretRotationAsync(fixture.OldEndpoint.Id, fixture.Options, Token);
        await fixture.EmitAsync();
        var early = await fixture.Node.CompleteWebhookSecretRotationAsync(fixture.OldEndpoint.Id, Token);
        var again = await fixture.Node.StartWebhookSecretRotationAsync(fixture.OldEndpoint.Id, fixture.Options, Token);
        fixture.Emulator.Clock.Advance(Overlap);
        // By then the attempts that returned 409 have been retried.
        await fixture.Emulator.Deliveries.WaitForIdleAsync(Token);
        var done = await fixture.Node.CompleteWebhookSecretRotationAsync(fixture.OldEndpoint.Id, Token);
        await fixture.EmitAsync();

        Assert.Equal(started, early);
        Assert.Equal(started.NewEndpointId, again.NewEndpointId);
        Assert.True(done is { IsCompleted: true, IsVerified: true });
        Assert.Equal(3, fixture.Handled.Count);
        Assert.Equal(3, fixture.Handled.Distinct().Count());
        // 409 if the same event arrived through both endpoints concurrently.
        Assert.True(fixture.Statuses.Count >= 4);
        Assert.All(fixture.Statuses, status => Assert.True(status is 200 or 409));
        var remaining = Assert.Single(fixture.Node.Webhooks.List(Token));
        Assert.Equal((started.NewEndpointId, "orders"), (remaining.Id, remaining.Description));
        Assert.Equal(fixture.OldEndpoint.Endpoint.Url, remaining.Url);
        Assert.Equal(fixture.OldEndpoint.Endpoint.Events, remaining.Events);
    }

    [Fact]
    public async Task Rotating_in_one_call_waits_for_the_overlap()
    {
        await using var fixture = await WebhookRotationFixture.CreateAsync();

        var done = await fixture.Node.RotateWebhookSecretAsync(fixture.OldEndpoint.Id, fixture.Options, Token);
        await fixture.EmitAsync();

        Assert.True(done is { IsCompleted: true, IsVerified: false });
        Assert.Equal(Overlap.TotalHours, fixture.Clock.Delays.Sum(wait => wait.TotalHours), tolerance: 0.1);
        Assert.Single(fixture.Handled);
        Assert.Single(fixture.Node.Webhooks.List(Token));
    }

    [Fact]
    public async Task The_new_endpoint_of_an_unfinished_rotation_is_not_rotated()
    {
        await using var fixture = await WebhookRotationFixture.CreateAsync();
        var started = await fixture.Node.StartWebhookSecretRotationAsync(fixture.OldEndpoint.Id, fixture.Options, Token);

        var rejection = await Assert.ThrowsAsync<NodeDataException>(() =>
            fixture.Node.StartWebhookSecretRotationAsync(started.NewEndpointId, fixture.Options, Token)
        );

        Assert.Contains($"{started.NewEndpointId} replaces {fixture.OldEndpoint.Id}", rejection.Message, StringComparison.Ordinal);
        Assert.Equal(2, fixture.Node.Webhooks.List(Token).Count());
        fixture.Emulator.Clock.Advance(Overlap);
        Assert.True((await fixture.Node.CompleteWebhookSecretRotationAsync(fixture.OldEndpoint.Id, Token)).IsCompleted);
        await fixture.Node.RotateWebhookSecretAsync(started.NewEndpointId, fixture.Options, Token);
        Assert.NotEqual(started.NewEndpointId, Assert.Single(fixture.Node.Webhooks.List(Token)).Id);
    }

    [Fact]
    public async Task A_failed_deployment_deletes_the_new_endpoint()
    {
        await using var fixture = await WebhookRotationFixture.CreateAsync();
        CreatedWebhookEndpoint? created = null;
        var options = fixture.Options with
        {
            Deploy = (endpoint, _) =>
            {
                created = endpoint;
                throw new InvalidOperationException($"PUT {endpoint.Reveal()} failed");
            },
        };

        var exception = await Assert.ThrowsAsync<NodeDataException>(() =>
            fixture.Node.RotateWebhookSecretAsync(fixture.OldEndpoint.Id, options, Token)
        );

        Assert.Contains(
            "InvalidOperationException. The old endpoint was not changed. The new endpoint was deleted.",
            exception.Message,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(created!.Reveal(), exception.ToString(), StringComparison.Ordinal);
        Assert.Equal([fixture.OldEndpoint.Id], fixture.Node.Webhooks.List(Token).Select(endpoint => endpoint.Id));
    }

    [Fact]
    public async Task An_orphaned_endpoint_is_replaced_and_a_failed_completion_can_be_retried()
    {
        await using var fixture = await WebhookRotationFixture.CreateAsync();
        var orphan = await fixture.Node.Webhooks.CreateAsync(
            new CreateWebhookEndpointOptions(fixture.OldEndpoint.Endpoint.Url!)
            {
                Description = $"orders [replaces {fixture.OldEndpoint.Id}]",
            },
            Token
        );

        var started = await fixture.Node.StartWebhookSecretRotationAsync(fixture.OldEndpoint.Id, fixture.Options, Token);
        Assert.DoesNotContain(fixture.Node.Webhooks.List(Token), endpoint => endpoint.Id == orphan.Id);
        fixture.Emulator.Clock.Advance(Overlap);
        fixture.Emulator.Faults.Enqueue($"/webhook_endpoints/{started.NewEndpointId}", EmulatorFault.RespondWith(500), 10, "PATCH");
        await Assert.ThrowsAsync<NodeDataServerException>(() =>
            fixture.Node.CompleteWebhookSecretRotationAsync(fixture.OldEndpoint.Id, Token)
        );
        fixture.Emulator.Faults.Clear();
        var done = await fixture.Node.CompleteWebhookSecretRotationAsync(fixture.OldEndpoint.Id, Token);

        Assert.True(done.IsCompleted);
        Assert.Equal("orders", Assert.Single(fixture.Node.Webhooks.List(Token)).Description);
    }

    [Fact]
    public async Task Failing_deliveries_keep_the_old_endpoint_and_rolling_back_deletes_the_new_one()
    {
        await using var fixture = await WebhookRotationFixture.CreateAsync();
        await fixture.Node.StartWebhookSecretRotationAsync(
            fixture.OldEndpoint.Id,
            fixture.Options with
            {
                Deploy = (_, _) => Task.CompletedTask,
            },
            Token
        );
        await fixture.EmitAsync();
        fixture.Emulator.Clock.Advance(Overlap);

        var exception = await Assert.ThrowsAsync<NodeDataException>(() =>
            fixture.Node.CompleteWebhookSecretRotationAsync(fixture.OldEndpoint.Id, Token)
        );
        await fixture.Node.RollBackWebhookSecretRotationAsync(fixture.OldEndpoint.Id, Token);

        Assert.StartsWith("None of the latest ", exception.Message, StringComparison.Ordinal);
        Assert.Contains("succeeded (last status: 401)", exception.Message, StringComparison.Ordinal);
        Assert.Single(fixture.Handled);
        Assert.Equal([fixture.OldEndpoint.Id], fixture.Node.Webhooks.List(Token).Select(endpoint => endpoint.Id));
        var notFound = await Assert.ThrowsAsync<NodeDataException>(() =>
            fixture.Node.CompleteWebhookSecretRotationAsync(fixture.OldEndpoint.Id, Token)
        );
        Assert.Contains("Start the rotation", notFound.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disabled_endpoint_and_a_negative_overlap_are_rejected()
    {
        await using var fixture = await WebhookRotationFixture.CreateAsync();
        await fixture.Node.Webhooks.UpdateAsync(fixture.OldEndpoint.Id, new UpdateWebhookEndpointOptions { IsEnabled = false }, Token);

        await Assert.ThrowsAsync<NodeDataException>(() =>
            fixture.Node.StartWebhookSecretRotationAsync(fixture.OldEndpoint.Id, fixture.Options, Token)
        );
        await Assert.ThrowsAsync<NodeDataException>(() => fixture.Node.RollBackWebhookSecretRotationAsync(fixture.OldEndpoint.Id, Token));
        Assert.Throws<ArgumentOutOfRangeException>(() => fixture.Options with { Overlap = TimeSpan.FromTicks(-1) });
        Assert.Single(fixture.Node.Webhooks.List(Token));
    }

    /// <summary>A receiver with the secrets that were deployed to it, and the endpoint that delivers to it.</summary>
    private sealed class WebhookRotationFixture : IAsyncDisposable
    {
        private readonly WebhookHandlers _handlers = new();
        private readonly InMemoryWebhookClaimStore _store;
        private readonly ScriptedServer _server;
        private readonly List<WebhookSecret> _secrets = [];
        private WebhookReceiver? _receiver;

        private WebhookRotationFixture(NodeDataEmulator emulator)
        {
            Emulator = emulator;
            Clock = new EmulatorAutoAdvanceClock(emulator.Clock);
            Node = emulator.CreateClient(configure: options => (options.TimeProvider, options.Jitter) = (Clock, () => 0));
            _store = new InMemoryWebhookClaimStore(new InMemoryWebhookClaimStoreOptions { TimeProvider = emulator.Clock });
            _handlers.PayoutPaid((context, _) => Note(context.Event.Id!));
            _server = new ScriptedServer(ReceiveAsync);
        }

        public NodeDataEmulator Emulator { get; }

        public EmulatorAutoAdvanceClock Clock { get; }

        public NodeClient Node { get; }

        public CreatedWebhookEndpoint OldEndpoint { get; private set; } = null!;

        public List<string> Handled { get; } = [];

        public List<int> Statuses { get; } = [];

        public WebhookSecretRotationOptions Options =>
            new()
            {
                Overlap = Overlap,
                Deploy = (endpoint, _) =>
                {
                    AddSecret(endpoint.Secret);
                    return Task.CompletedTask;
                },
            };

        public static async Task<WebhookRotationFixture> CreateAsync()
        {
            var fixture = new WebhookRotationFixture(await NodeDataEmulator.StartAsync(cancellationToken: Token));
            var endpoint = new CreateWebhookEndpointOptions(fixture._server.BaseAddress)
            {
                Events = [WebhookEventType.PayoutPaid],
                Description = "orders",
            };
            fixture.OldEndpoint = await fixture.Node.Webhooks.CreateAsync(endpoint, Token);
            fixture.AddSecret(fixture.OldEndpoint.Secret);
            return fixture;
        }

        public async Task EmitAsync()
        {
            await Emulator.EmitAsync(WebhookEventType.PayoutPaid, cancellationToken: Token);
            await Emulator.Deliveries.WaitForIdleAsync(Token);
        }

        public async ValueTask DisposeAsync()
        {
            Node.Dispose();
            await Emulator.DisposeAsync();
            await _server.DisposeAsync();
            _receiver?.Dispose();
        }

        private void AddSecret(WebhookSecret secret)
        {
            _secrets.Add(secret);
            var options = new WebhookReceiverOptions { ClaimStore = _store, TimeProvider = Emulator.Clock };
            _receiver = new WebhookReceiver("orders", [.. _secrets], _handlers, options);
        }

        private async Task ReceiveAsync(ReceivedRequest request)
        {
            var parts = request.Text.Split("\r\n\r\n", 2);
            var header = parts[0]
                .Split("\r\n")
                .Single(line => line.StartsWith($"{WebhookVerifier.HeaderName}:", StringComparison.OrdinalIgnoreCase));
            var signature = header[(WebhookVerifier.HeaderName.Length + 1)..].Trim();
            var result = await _receiver!.ReceiveAsync(Encoding.Latin1.GetBytes(parts[1]), signature, request.Stopping);
            lock (Statuses)
            {
                Statuses.Add(result.StatusCode);
            }

            await request.RespondAsync(result.StatusCode, "");
        }

        private Task Note(string id)
        {
            lock (Handled)
            {
                Handled.Add(id);
            }

            return Task.CompletedTask;
        }
    }
}
