using Microsoft.Extensions.DependencyInjection;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Webhooks.Receiving;

/// <summary>Tests of the kinds of handlers and of their names.</summary>
public sealed class HandlersTests
{
    [Fact]
    public async Task A_handler_class_is_resolved_in_a_new_scope_for_each_event()
    {
        var entries = new List<string>();
        using var receiver = new TestReceiver(
            on => on.PayoutPaid<Bookkeeper>(),
            register: services => services.AddSingleton(entries).AddScoped<Ledger>().AddScoped<Bookkeeper>()
        );

        await receiver.DeliverAsync();
        await receiver.DeliverAsync(TestReceiver.CreatePayoutPaid("ev_2"));

        Assert.Equal(["ev_1", "disposed", "ev_2", "disposed"], entries);
    }

    [Fact]
    public async Task A_class_is_named_by_its_full_name_and_a_lambda_by_its_event()
    {
        var keys = new List<string>();
        using var receiver = new TestReceiver(
            on =>
                on.PayoutPaid<KeyRecorder>().PayoutPaid((e, _) => Note(keys, e.IdempotencyKey)).Any((e, _) => Note(keys, e.IdempotencyKey)),
            register: services => services.AddSingleton(keys).AddScoped<KeyRecorder>()
        );

        await receiver.DeliverAsync();

        Assert.Equal(
            [$"orders:ev_1:{Uri.EscapeDataString(typeof(KeyRecorder).FullName!)}", "orders:ev_1:payout.paid", "orders:ev_1:any"],
            keys
        );
    }

    [Fact]
    public async Task A_lambda_can_use_scoped_services()
    {
        var entries = new List<string>();
        using var receiver = new TestReceiver(
            on => on.Any((e, _) => Note(entries, e.Services.GetRequiredService<Ledger>().GetType().Name)),
            register: services => services.AddSingleton(entries).AddScoped<Ledger>()
        );

        await receiver.DeliverAsync();

        Assert.Equal(["Ledger", "disposed"], entries);
    }

    [Fact]
    public async Task A_class_that_cannot_be_constructed_fails_the_event()
    {
        using var receiver = new TestReceiver(on => on.PayoutPaid<KeyRecorder>(), register: services => services.AddScoped<KeyRecorder>());

        Assert.Equal(WebhookOutcome.Failed, (await receiver.DeliverAsync()).Outcome);
    }

    [Fact]
    public async Task A_disposed_container_fails_the_event_and_releases_the_claim()
    {
        using var receiver = new TestReceiver(on => on.PayoutPaid((_, _) => Task.CompletedTask));
        receiver.DisposeServices();

        Assert.Equal(WebhookOutcome.Failed, (await receiver.DeliverAsync()).Outcome);
        Assert.True((await receiver.Store.ClaimAsync(TestReceiver.CreateClaim(), TestContext.Current.CancellationToken)).IsClaimed);
    }

    [Fact]
    public async Task A_service_that_throws_on_disposal_does_not_fail_the_event()
    {
        using var receiver = new TestReceiver(
            on => on.Any((e, _) => Note([], e.Services.GetRequiredService<ThrowingOnDispose>())),
            register: services => services.AddScoped<ThrowingOnDispose>()
        );

        Assert.Equal(WebhookOutcome.Handled, (await receiver.DeliverAsync()).Outcome);
        Assert.Contains(receiver.LogRecords, line => line.Id.Id == 114);
    }

    [Fact]
    public void A_duplicate_handler_name_is_rejected_with_a_remedy()
    {
        var exception = Assert.Throws<NodeDataConfigurationException>(() =>
            new WebhookHandlers().PayoutPaid((_, _) => Task.CompletedTask).PayoutPaid((_, _) => Task.CompletedTask)
        );

        Assert.Contains("payout.paid", exception.Message, StringComparison.Ordinal);
        Assert.Contains("name:", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unregistered_class_is_rejected_at_startup_with_a_remedy()
    {
        var exception = Assert.Throws<NodeDataConfigurationException>(() => new TestReceiver(on => on.PayoutPaid<Bookkeeper>()));

        Assert.Contains("builder.Services.AddScoped<Bookkeeper>()", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_receiver_without_a_handler_is_rejected() =>
        Assert.Contains(
            "has no handler",
            Assert.Throws<NodeDataConfigurationException>(() => new TestReceiver(_ => { })).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_blank_name_and_an_empty_type_are_rejected()
    {
        var handlers = new WebhookHandlers();

        Assert.Throws<ArgumentException>("name", () => handlers.Any((_, _) => Task.CompletedTask, name: " "));
        Assert.Throws<ArgumentException>("type", () => handlers.On(default, (_, _) => Task.CompletedTask));
    }

    [Fact]
    public async Task A_context_can_be_constructed_for_a_test()
    {
        var entries = new List<string>();
        var context = new WebhookContext<PayoutPaidEvent>(new PayoutPaidEvent { Id = "ev_1" }, idempotencyKey: "key", attempt: 3);

        await new Bookkeeper(new Ledger(entries)).HandleAsync(context, CancellationToken.None);

        Assert.Equal(["ev_1"], entries);
        Assert.Equal(3, context.Attempt);
        Assert.Null(context.Services.GetService(typeof(Ledger)));
    }

    private static Task Note<T>(List<T> seen, T value)
    {
        seen.Add(value);
        return Task.CompletedTask;
    }

    internal sealed class Ledger(List<string> entries) : IDisposable
    {
        public void Write(string entry) => entries.Add(entry);

        public void Dispose() => entries.Add("disposed");
    }

    internal sealed class ThrowingOnDispose : IDisposable
    {
        public void Dispose() => throw new InvalidOperationException("Dispose throws.");
    }

    internal sealed class Bookkeeper(Ledger ledger) : IWebhookHandler<PayoutPaidEvent>
    {
        public Task HandleAsync(WebhookContext<PayoutPaidEvent> context, CancellationToken cancellationToken)
        {
            ledger.Write(context.Event.Id!);
            return Task.CompletedTask;
        }
    }

    internal sealed class KeyRecorder(List<string> keys) : IWebhookHandler<PayoutPaidEvent>
    {
        public Task HandleAsync(WebhookContext<PayoutPaidEvent> context, CancellationToken cancellationToken) =>
            Note(keys, context.IdempotencyKey);
    }
}
