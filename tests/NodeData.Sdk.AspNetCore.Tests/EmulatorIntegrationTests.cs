using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using NodeData.Emulator;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.AspNetCore.Tests;

/// <summary>End-to-end tests: the emulator delivers events over real sockets to an application that uses the same clock.</summary>
public sealed class EmulatorIntegrationTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<string> _handled = [];
    private NodeDataEmulator _emulator = null!;
    private WebApplication _application = null!;
    private string _endpointId = null!;
    private IConfigurationRoot _configuration = null!;
    private Func<int, bool> _shouldFail = _ => false;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        // The address is known once the application has started. The endpoint is created then, and its secret is added by a configuration reload.
        _application = TestServer.Build();
        _configuration = (IConfigurationRoot)_application.Configuration;
        _application.MapNodeDataWebhooks(
            TestServer.Path,
            on =>
                on.Any(
                    (e, _) =>
                    {
                        if (_shouldFail(e.Attempt))
                        {
                            throw new InvalidOperationException("The handler fails.");
                        }

                        _handled.Enqueue(e.Event.Id!);
                        return Task.CompletedTask;
                    }
                ),
            options =>
            {
                options.TimeProvider = _emulator.Clock;
                TestServer.UseLongTimeout(options);
            }
        );
        await _application.StartAsync(Token);
        using var node = new NodeClient(
            new NodeClientOptions
            {
                ApiKey = _emulator.TestKey,
                BaseAddress = _emulator.BaseAddress,
                TimeProvider = _emulator.Clock,
            }
        );
        var url = new Uri(new Uri(_application.Urls.First()), TestServer.Path);
        var endpoint = await node.Webhooks.CreateAsync(new CreateWebhookEndpointOptions(url), Token);
        _endpointId = endpoint.Id;
        _configuration["NodeData:WebhookSecrets"] = endpoint.Secret.Reveal();
        _configuration.Reload();
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        await _emulator.DisposeAsync();
    }

    [Fact]
    public async Task An_event_is_delivered_and_handled()
    {
        var sent = await EmitAsync();

        var delivery = await WaitAsync(sent, EmulatorDeliveryStatus.Succeeded);

        Assert.Equal(1, delivery.Attempts);
        Assert.Equal([sent.Id], _handled);
    }

    [Fact]
    public async Task A_failed_event_is_retried_on_the_schedule_of_the_service()
    {
        _shouldFail = attempt => attempt < 3;
        var sent = await EmitAsync();
        var id = Assert.Single(sent.DeliveryIds);

        var first = await _emulator.Deliveries.WaitForAsync(delivery => delivery.Id == id && delivery.Attempts == 1, Token);
        _emulator.Clock.Advance(first.NextAttemptAt!.Value - _emulator.Clock.GetUtcNow());
        var second = await _emulator.Deliveries.WaitForAsync(delivery => delivery.Id == id && delivery.Attempts == 2, Token);
        _emulator.Clock.Advance(second.NextAttemptAt!.Value - _emulator.Clock.GetUtcNow());
        var last = await WaitAsync(sent, EmulatorDeliveryStatus.Succeeded);

        Assert.Equal(3, last.Attempts);
        Assert.Equal([sent.Id], _handled);
    }

    [Fact]
    public async Task A_secret_is_rotated_without_losing_an_event()
    {
        var before = await EmitAsync();
        await WaitAsync(before, EmulatorDeliveryStatus.Succeeded);

        var secret = await _emulator.RotateWebhookSecretAsync(_endpointId, TimeSpan.FromHours(1), Token);
        var during = await EmitAsync();
        await WaitAsync(during, EmulatorDeliveryStatus.Succeeded);
        _configuration["NodeData:WebhookSecrets"] = $"{secret.Reveal()},{_configuration["NodeData:WebhookSecrets"]}";
        _configuration.Reload();
        _emulator.Clock.Advance(TimeSpan.FromHours(2));
        var after = await EmitAsync();
        await WaitAsync(after, EmulatorDeliveryStatus.Succeeded);

        Assert.Equal([before.Id, during.Id, after.Id], _handled);
    }

    [Fact]
    public async Task An_event_delivered_twice_concurrently_is_handled_once()
    {
        _emulator.Deliveries.Faults.Enqueue(EmulatorDeliveryFault.Duplicate());

        await WaitAsync(await EmitAsync(), EmulatorDeliveryStatus.Succeeded);
        await _emulator.Deliveries.WaitForIdleAsync(Token);

        Assert.Single(_handled);
    }

    [Theory]
    [InlineData("stale")]
    [InlineData("wrong signature")]
    [InlineData("dropped")]
    [InlineData("truncated")]
    public async Task An_invalid_attempt_is_not_handled_and_its_retry_is(string fault)
    {
        _emulator.Deliveries.Faults.Enqueue(
            fault switch
            {
                "stale" => EmulatorDeliveryFault.UseStaleTimestamp(),
                "wrong signature" => EmulatorDeliveryFault.UseInvalidSignature(),
                "dropped" => EmulatorDeliveryFault.Drop(),
                _ => EmulatorDeliveryFault.Truncate(),
            }
        );

        var sent = await EmitAsync();
        await _emulator.Deliveries.WaitForIdleAsync(Token);
        Assert.Empty(_handled);

        await AdvanceToNextAttemptAsync(sent);
        var delivery = await WaitAsync(sent, EmulatorDeliveryStatus.Succeeded);

        Assert.Equal([sent.Id], _handled);
        Assert.Equal(2, delivery.Attempts);
    }

    [Fact]
    public async Task Delayed_and_reordered_events_are_each_handled_once()
    {
        _emulator.Deliveries.Faults.Enqueue(EmulatorDeliveryFault.Reorder());
        _emulator.Deliveries.Faults.Enqueue(EmulatorDeliveryFault.Delay(TimeSpan.FromMinutes(2)));

        EmittedEvent[] sent = [await EmitAsync(), await EmitAsync(), await EmitAsync()];
        await _emulator.Deliveries.WaitForIdleAsync(Token);
        Assert.Equal(2, _handled.Count);
        _emulator.Clock.Advance(TimeSpan.FromMinutes(2));
        foreach (var one in sent)
        {
            await WaitAsync(one, EmulatorDeliveryStatus.Succeeded);
        }

        Assert.Equal(sent.Select(one => one.Id).Order(), _handled.Order());
    }

    [Fact]
    public async Task A_redelivery_after_76_hours_with_a_new_signature_is_not_handled_again()
    {
        var sent = await EmitAsync();
        await WaitAsync(sent, EmulatorDeliveryStatus.Succeeded);
        _emulator.Clock.Advance(TimeSpan.FromHours(76));

        await _emulator.Deliveries.RedeliverAsync(sent.DeliveryIds.Single(), Token);
        var delivery = await _emulator.Deliveries.WaitForAsync(one => one.Id == sent.DeliveryIds.Single() && one.Attempts == 2, Token);

        Assert.Equal(200, delivery.LastStatus);
        Assert.Equal([sent.Id], _handled);
    }

    private async Task AdvanceToNextAttemptAsync(EmittedEvent sent)
    {
        var waiting = await WaitAsync(sent, EmulatorDeliveryStatus.Pending);
        _emulator.Clock.Advance(waiting.NextAttemptAt!.Value - _emulator.Clock.GetUtcNow());
    }

    private Task<EmittedEvent> EmitAsync() =>
        _emulator.EmitAsync(WebhookEventType.PayoutPaid, new JsonObject { ["amount_cents"] = 4410 }, cancellationToken: Token);

    private Task<EmulatorDelivery> WaitAsync(EmittedEvent sent, EmulatorDeliveryStatus status) =>
        _emulator.Deliveries.WaitForAsync(sent.DeliveryIds.Single(), status, Token);
}
