using System.Text;
using NodeData.Emulator;
using NodeData.Sdk.Tests.Doubles;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Webhooks.Rotation;

/// <summary>A webhook secret replaced while events come in, against the emulator over real sockets.</summary>
public sealed class SecretRotationTests
{
    private static readonly TimeSpan Overlap = TimeSpan.FromHours(6);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_event_is_handled_once_before_while_and_after_the_secret_is_replaced()
    {
        await using var shop = await Shop.OpenAsync();

        await shop.EmitAsync();
        var begun = await shop.Node.StartWebhookSecretRotationAsync(shop.Old.Id, shop.Plan, Token);
        await shop.EmitAsync();
        var early = await shop.Node.CompleteWebhookSecretRotationAsync(shop.Old.Id, Token);
        var again = await shop.Node.StartWebhookSecretRotationAsync(shop.Old.Id, shop.Plan, Token);
        shop.Emulator.Clock.Advance(Overlap);
        // What was answered 409 comes again by then.
        await shop.Emulator.Deliveries.WaitForIdleAsync(Token);
        var done = await shop.Node.CompleteWebhookSecretRotationAsync(shop.Old.Id, Token);
        await shop.EmitAsync();

        Assert.Equal(begun, early);
        Assert.Equal(begun.NewEndpointId, again.NewEndpointId);
        Assert.True(done is { IsCompleted: true, IsVerified: true });
        Assert.Equal(3, shop.Handled.Count);
        Assert.Equal(3, shop.Handled.Distinct().Count());
        // 409 where the same event came by both endpoints at the same moment.
        Assert.True(shop.Statuses.Count >= 4);
        Assert.All(shop.Statuses, status => Assert.True(status is 200 or 409));
        var left = Assert.Single(shop.Node.Webhooks.List(Token));
        Assert.Equal((begun.NewEndpointId, "orders"), (left.Id, left.Description));
        Assert.Equal(shop.Old.Endpoint.Url, left.Url);
        Assert.Equal(shop.Old.Endpoint.Events, left.Events);
    }

    [Fact]
    public async Task In_one_call_it_waits_through_the_overlap()
    {
        await using var shop = await Shop.OpenAsync();

        var done = await shop.Node.RotateWebhookSecretAsync(shop.Old.Id, shop.Plan, Token);
        await shop.EmitAsync();

        Assert.True(done is { IsCompleted: true, IsVerified: false });
        Assert.Equal(Overlap.TotalHours, shop.Clock.Waits.Sum(wait => wait.TotalHours), tolerance: 0.1);
        Assert.Single(shop.Handled);
        Assert.Single(shop.Node.Webhooks.List(Token));
    }

    [Fact]
    public async Task Where_the_secret_cannot_be_deployed_nothing_is_left_behind()
    {
        await using var shop = await Shop.OpenAsync();
        CreatedWebhookEndpoint? made = null;
        var plan = shop.Plan with
        {
            Deploy = (endpoint, _) =>
            {
                made = endpoint;
                throw new InvalidOperationException($"PUT {endpoint.Reveal()} failed");
            },
        };

        var failure = await Assert.ThrowsAsync<NodeDataException>(() => shop.Node.RotateWebhookSecretAsync(shop.Old.Id, plan, Token));

        Assert.Contains(
            "InvalidOperationException. The old endpoint is as it was. The new one was deleted.",
            failure.Message,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(made!.Reveal(), failure.ToString(), StringComparison.Ordinal);
        Assert.Equal([shop.Old.Id], shop.Node.Webhooks.List(Token).Select(endpoint => endpoint.Id));
    }

    [Fact]
    public async Task What_an_interrupted_run_left_is_replaced_and_after_a_lost_answer_it_goes_on()
    {
        await using var shop = await Shop.OpenAsync();
        var orphan = await shop.Node.Webhooks.CreateAsync(
            new CreateWebhookEndpointOptions(shop.Old.Endpoint.Url!) { Description = $"orders [replaces {shop.Old.Id}]" },
            Token
        );

        var begun = await shop.Node.StartWebhookSecretRotationAsync(shop.Old.Id, shop.Plan, Token);
        Assert.DoesNotContain(shop.Node.Webhooks.List(Token), endpoint => endpoint.Id == orphan.Id);
        shop.Emulator.Clock.Advance(Overlap);
        shop.Emulator.Faults.Enqueue($"/webhook_endpoints/{begun.NewEndpointId}", EmulatorFault.RespondWith(500), 10, "PATCH");
        await Assert.ThrowsAsync<NodeDataServerException>(() => shop.Node.CompleteWebhookSecretRotationAsync(shop.Old.Id, Token));
        shop.Emulator.Faults.Clear();
        var done = await shop.Node.CompleteWebhookSecretRotationAsync(shop.Old.Id, Token);

        Assert.True(done.IsCompleted);
        Assert.Equal("orders", Assert.Single(shop.Node.Webhooks.List(Token)).Description);
    }

    [Fact]
    public async Task The_old_endpoint_stays_where_deliveries_to_the_new_one_fail_and_an_abort_goes_back()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.Node.StartWebhookSecretRotationAsync(shop.Old.Id, shop.Plan with { Deploy = (_, _) => Task.CompletedTask }, Token);
        await shop.EmitAsync();
        shop.Emulator.Clock.Advance(Overlap);

        var refusal = await Assert.ThrowsAsync<NodeDataException>(() => shop.Node.CompleteWebhookSecretRotationAsync(shop.Old.Id, Token));
        await shop.Node.RollBackWebhookSecretRotationAsync(shop.Old.Id, Token);

        Assert.Contains("none succeeded (the last one was answered 401)", refusal.Message, StringComparison.Ordinal);
        Assert.Single(shop.Handled);
        Assert.Equal([shop.Old.Id], shop.Node.Webhooks.List(Token).Select(endpoint => endpoint.Id));
        var none = await Assert.ThrowsAsync<NodeDataException>(() => shop.Node.CompleteWebhookSecretRotationAsync(shop.Old.Id, Token));
        Assert.Contains("Begin the rotation", none.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disabled_endpoint_is_refused_and_an_overlap_below_zero()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.Node.Webhooks.UpdateAsync(shop.Old.Id, new UpdateWebhookEndpointOptions { IsEnabled = false }, Token);

        await Assert.ThrowsAsync<NodeDataException>(() => shop.Node.StartWebhookSecretRotationAsync(shop.Old.Id, shop.Plan, Token));
        await Assert.ThrowsAsync<NodeDataException>(() => shop.Node.RollBackWebhookSecretRotationAsync(shop.Old.Id, Token));
        Assert.Throws<ArgumentOutOfRangeException>(() => shop.Plan with { Overlap = TimeSpan.FromTicks(-1) });
        Assert.Single(shop.Node.Webhooks.List(Token));
    }

    /// <summary>A receiver with the secrets that it was given, and the endpoint that it is delivered to.</summary>
    private sealed class Shop : IAsyncDisposable
    {
        private readonly WebhookHandlers _handlers = new();
        private readonly InMemoryWebhookClaimStore _log;
        private readonly ScriptedServer _server;
        private readonly List<WebhookSecret> _secrets = [];
        private WebhookReceiver? _receiver;

        private Shop(NodeDataEmulator emulator)
        {
            Emulator = emulator;
            Clock = new PassingClock(emulator.Clock);
            Node = emulator.Client(configure: options => (options.TimeProvider, options.Jitter) = (Clock, () => 0));
            _log = new InMemoryWebhookClaimStore(new InMemoryWebhookClaimStoreOptions { TimeProvider = emulator.Clock });
            _handlers.PayoutPaid((context, _) => Note(context.Event.Id!));
            _server = new ScriptedServer(ReceiveAsync);
        }

        public NodeDataEmulator Emulator { get; }

        public PassingClock Clock { get; }

        public NodeClient Node { get; }

        public CreatedWebhookEndpoint Old { get; private set; } = null!;

        public List<string> Handled { get; } = [];

        public List<int> Statuses { get; } = [];

        public WebhookSecretRotationOptions Plan =>
            new()
            {
                Overlap = Overlap,
                Deploy = (endpoint, _) =>
                {
                    Take(endpoint.Secret);
                    return Task.CompletedTask;
                },
            };

        public static async Task<Shop> OpenAsync()
        {
            var shop = new Shop(await NodeDataEmulator.StartAsync(cancellationToken: Token));
            var endpoint = new CreateWebhookEndpointOptions(shop._server.BaseAddress)
            {
                Events = [WebhookEventType.PayoutPaid],
                Description = "orders",
            };
            shop.Old = await shop.Node.Webhooks.CreateAsync(endpoint, Token);
            shop.Take(shop.Old.Secret);
            return shop;
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

        private void Take(WebhookSecret secret)
        {
            _secrets.Add(secret);
            var options = new WebhookReceiverOptions { ClaimStore = _log, TimeProvider = Emulator.Clock };
            _receiver = new WebhookReceiver("orders", [.. _secrets], _handlers, options);
        }

        private async Task ReceiveAsync(ServedRequest request)
        {
            var parts = request.Text.Split("\r\n\r\n", 2);
            var header = parts[0]
                .Split("\r\n")
                .Single(line => line.StartsWith($"{WebhookVerifier.HeaderName}:", StringComparison.OrdinalIgnoreCase));
            var signature = header[(WebhookVerifier.HeaderName.Length + 1)..].Trim();
            var receipt = await _receiver!.ReceiveAsync(Encoding.Latin1.GetBytes(parts[1]), signature, request.Stopping);
            lock (Statuses)
            {
                Statuses.Add(receipt.StatusCode);
            }

            await request.AnswerAsync(receipt.StatusCode, "");
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
