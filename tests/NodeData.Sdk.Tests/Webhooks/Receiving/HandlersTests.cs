using Microsoft.Extensions.DependencyInjection;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Webhooks.Receiving;

/// <summary>What handlers may be, and what they are called.</summary>
public sealed class HandlersTests
{
    [Fact]
    public async Task A_class_comes_from_the_container_in_a_scope_of_its_own_each_time()
    {
        var log = new List<string>();
        using var inbox = new Inbox(
            on => on.PayoutPaid<Bookkeeper>(),
            register: services => services.AddSingleton(log).AddScoped<Ledger>().AddScoped<Bookkeeper>()
        );

        await inbox.DeliverAsync();
        await inbox.DeliverAsync(Inbox.PayoutPaid("ev_2"));

        Assert.Equal(["ev_1", "closed", "ev_2", "closed"], log);
    }

    [Fact]
    public async Task A_class_is_called_by_its_full_name_and_a_lambda_by_its_event()
    {
        var keys = new List<string>();
        using var inbox = new Inbox(
            on => on.PayoutPaid<KeyNoter>().PayoutPaid((e, _) => Note(keys, e.IdempotencyKey)).Any((e, _) => Note(keys, e.IdempotencyKey)),
            register: services => services.AddSingleton(keys).AddScoped<KeyNoter>()
        );

        await inbox.DeliverAsync();

        Assert.Equal(
            [$"orders:ev_1:{Uri.EscapeDataString(typeof(KeyNoter).FullName!)}", "orders:ev_1:payout.paid", "orders:ev_1:any"],
            keys
        );
    }

    [Fact]
    public async Task A_lambda_reaches_the_services_of_its_scope()
    {
        var log = new List<string>();
        using var inbox = new Inbox(
            on => on.Any((e, _) => Note(log, e.Services.GetRequiredService<Ledger>().GetType().Name)),
            register: services => services.AddSingleton(log).AddScoped<Ledger>()
        );

        await inbox.DeliverAsync();

        Assert.Equal(["Ledger", "closed"], log);
    }

    [Fact]
    public async Task A_class_that_cannot_be_made_fails_like_a_handler()
    {
        using var inbox = new Inbox(on => on.PayoutPaid<KeyNoter>(), register: services => services.AddScoped<KeyNoter>());

        Assert.Equal(WebhookOutcome.Failed, (await inbox.DeliverAsync()).Outcome);
    }

    [Fact]
    public async Task An_application_that_has_no_services_to_give_any_more_fails_like_a_handler_and_lets_go_of_the_claim()
    {
        using var inbox = new Inbox(on => on.PayoutPaid((_, _) => Task.CompletedTask));
        inbox.CloseServices();

        Assert.Equal(WebhookOutcome.Failed, (await inbox.DeliverAsync()).Outcome);
        Assert.True((await inbox.Log.ClaimAsync(Inbox.ClaimOf(), TestContext.Current.CancellationToken)).IsClaimed);
    }

    [Fact]
    public async Task Services_that_fail_to_close_do_not_undo_what_the_handler_did()
    {
        using var inbox = new Inbox(
            on => on.Any((e, _) => Note([], e.Services.GetRequiredService<Stubborn>())),
            register: services => services.AddScoped<Stubborn>()
        );

        Assert.Equal(WebhookOutcome.Handled, (await inbox.DeliverAsync()).Outcome);
        Assert.Contains(inbox.Lines, line => line.Id.Id == 114);
    }

    [Fact]
    public void Two_handlers_of_one_name_are_refused_with_the_cure()
    {
        var refusal = Assert.Throws<NodeDataConfigurationException>(() =>
            new WebhookHandlers().PayoutPaid((_, _) => Task.CompletedTask).PayoutPaid((_, _) => Task.CompletedTask)
        );

        Assert.Contains("payout.paid", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("name:", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_that_is_not_in_the_container_is_refused_at_start_with_the_cure()
    {
        var refusal = Assert.Throws<NodeDataConfigurationException>(() => new Inbox(on => on.PayoutPaid<Bookkeeper>()));

        Assert.Contains("builder.Services.AddScoped<Bookkeeper>()", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_receiver_without_a_handler_is_refused() =>
        Assert.Contains(
            "has no handler",
            Assert.Throws<NodeDataConfigurationException>(() => new Inbox(_ => { })).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_blank_name_and_an_empty_type_are_refused()
    {
        var on = new WebhookHandlers();

        Assert.Throws<ArgumentException>("name", () => on.Any((_, _) => Task.CompletedTask, name: " "));
        Assert.Throws<ArgumentException>("type", () => on.On(default, (_, _) => Task.CompletedTask));
    }

    [Fact]
    public async Task A_test_makes_a_context_of_its_own()
    {
        var log = new List<string>();
        var context = new WebhookContext<PayoutPaidEvent>(new PayoutPaidEvent { Id = "ev_1" }, attempt: 3);

        await new Bookkeeper(new Ledger(log)).HandleAsync(context, CancellationToken.None);

        Assert.Equal(["ev_1"], log);
        Assert.Equal(3, context.Attempt);
        Assert.Null(context.Services.GetService(typeof(Ledger)));
    }

    private static Task Note<T>(List<T> seen, T value)
    {
        seen.Add(value);
        return Task.CompletedTask;
    }

    internal sealed class Ledger(List<string> log) : IDisposable
    {
        public void Write(string line) => log.Add(line);

        public void Dispose() => log.Add("closed");
    }

    internal sealed class Stubborn : IDisposable
    {
        public void Dispose() => throw new InvalidOperationException("I will not close.");
    }

    internal sealed class Bookkeeper(Ledger ledger) : IWebhookHandler<PayoutPaidEvent>
    {
        public Task HandleAsync(WebhookContext<PayoutPaidEvent> context, CancellationToken cancellationToken)
        {
            ledger.Write(context.Event.Id!);
            return Task.CompletedTask;
        }
    }

    internal sealed class KeyNoter(List<string> keys) : IWebhookHandler<PayoutPaidEvent>
    {
        public Task HandleAsync(WebhookContext<PayoutPaidEvent> context, CancellationToken cancellationToken) =>
            Note(keys, context.IdempotencyKey);
    }
}
