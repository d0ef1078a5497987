using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Webhooks.Receiving;

/// <summary>A receiver on a clock of the test's own, with a sender that signs each attempt afresh.</summary>
internal sealed class Inbox : IDisposable
{
    public const string Secret = "whsec_test_0123456789abcdef0123456789abcdef";
    public const string Receiver = "orders";

    private readonly WebhookSigner _signer = new(WebhookSecret.Parse(Secret));
    private readonly ServiceProvider _services;

    public Inbox(
        Action<WebhookHandlers> on,
        Action<WebhookReceiverOptions>? configure = null,
        IWebhookClaimStore? log = null,
        Action<IServiceCollection>? register = null,
        FakeTimeProvider? clock = null,
        string receiver = Receiver
    )
    {
        Clock = clock ?? new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1_790_000_000));
        Log = log ?? new InMemoryWebhookClaimStore(new InMemoryWebhookClaimStoreOptions { TimeProvider = Clock });
        var services = new ServiceCollection().AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddFakeLogging());
        register?.Invoke(services);
        _services = services.BuildServiceProvider();
        var handlers = new WebhookHandlers();
        on(handlers);
        var options = new WebhookReceiverOptions { ClaimStore = Log, TimeProvider = Clock };
        configure?.Invoke(options);
        Door = new WebhookReceiver(receiver, [Secret], handlers, options, _services);
    }

    public WebhookReceiver Door { get; }

    public FakeTimeProvider Clock { get; }

    public IWebhookClaimStore Log { get; }

    public IReadOnlyList<FakeLogRecord> Lines => _services.GetFakeLogCollector().GetSnapshot();

    public static string PayoutPaid(string? id = "ev_1", string data = "{}") =>
        id is null ? $$"""{"type":"payout.paid","data":{{data}}}""" : $$"""{"id":"{{id}}","type":"payout.paid","data":{{data}}}""";

    /// <summary>Delivers a body signed now.</summary>
    public Task<WebhookResult> DeliverAsync(string? body = null) => DeliverUnderAsync(TestContext.Current.CancellationToken, body);

    /// <summary>The same, under a token of the caller's.</summary>
    public Task<WebhookResult> DeliverUnderAsync(CancellationToken callers, string? body = null)
    {
        var bytes = Encoding.UTF8.GetBytes(body ?? PayoutPaid());
        return Door.ReceiveAsync(bytes, _signer.Sign(bytes, Clock.GetUtcNow()), callers);
    }

    /// <summary>Delivers bytes with any signature.</summary>
    public Task<WebhookResult> DeliverAsync(byte[] body, string? signature) =>
        Door.ReceiveAsync(body, signature, TestContext.Current.CancellationToken);

    public static WebhookClaim ClaimOf(string owner = "another", string handler = "payout.paid", string id = "ev_1") =>
        new(new WebhookClaimKey(Receiver, id, handler), owner, TimeSpan.FromSeconds(30), TimeSpan.FromDays(7));

    /// <summary>Ends the application around the receiver.</summary>
    public void CloseServices() => _services.Dispose();

    public void Dispose()
    {
        Door.Dispose();
        _signer.Dispose();
        _services.Dispose();
    }
}
