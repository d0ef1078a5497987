using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Webhooks.Receiving;

/// <summary>A receiver with a clock of the test, and a sender that signs each attempt.</summary>
internal sealed class TestReceiver : IDisposable
{
    public const string Secret = "whsec_test_0123456789abcdef0123456789abcdef";
    public const string ReceiverName = "orders";

    private readonly WebhookSigner _signer = new(WebhookSecret.Parse(Secret));
    private readonly ServiceProvider _services;

    public TestReceiver(
        Action<WebhookHandlers> configureHandlers,
        Action<WebhookReceiverOptions>? configure = null,
        IWebhookClaimStore? store = null,
        Action<IServiceCollection>? register = null,
        FakeTimeProvider? clock = null,
        string receiverName = ReceiverName
    )
    {
        Clock = clock ?? new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1_790_000_000));
        Store = store ?? new InMemoryWebhookClaimStore(new InMemoryWebhookClaimStoreOptions { TimeProvider = Clock });
        var services = new ServiceCollection().AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddFakeLogging());
        register?.Invoke(services);
        _services = services.BuildServiceProvider();
        var handlers = new WebhookHandlers();
        configureHandlers(handlers);
        var options = new WebhookReceiverOptions { ClaimStore = Store, TimeProvider = Clock };
        configure?.Invoke(options);
        Receiver = new WebhookReceiver(receiverName, [Secret], handlers, options, _services);
    }

    public WebhookReceiver Receiver { get; }

    public FakeTimeProvider Clock { get; }

    public IWebhookClaimStore Store { get; }

    public IReadOnlyList<FakeLogRecord> LogRecords => _services.GetFakeLogCollector().GetSnapshot();

    public static string CreatePayoutPaid(string? id = "ev_1", string data = "{}") =>
        id is null ? $$"""{"type":"payout.paid","data":{{data}}}""" : $$"""{"id":"{{id}}","type":"payout.paid","data":{{data}}}""";

    /// <summary>Delivers a body with a current signature.</summary>
    public Task<WebhookResult> DeliverAsync(string? body = null) => DeliverWithTokenAsync(TestContext.Current.CancellationToken, body);

    /// <summary>Delivers a body with a current signature and the specified token.</summary>
    public Task<WebhookResult> DeliverWithTokenAsync(CancellationToken cancellationToken, string? body = null)
    {
        var bytes = Encoding.UTF8.GetBytes(body ?? CreatePayoutPaid());
        return Receiver.ReceiveAsync(bytes, _signer.Sign(bytes, Clock.GetUtcNow()), cancellationToken);
    }

    /// <summary>Delivers bytes with the specified signature.</summary>
    public Task<WebhookResult> DeliverAsync(byte[] body, string? signature) =>
        Receiver.ReceiveAsync(body, signature, TestContext.Current.CancellationToken);

    public static WebhookClaim CreateClaim(string ownerToken = "another", string handler = "payout.paid", string id = "ev_1") =>
        new(new WebhookClaimKey(ReceiverName, id, handler), ownerToken, TimeSpan.FromSeconds(30), TimeSpan.FromDays(7));

    /// <summary>Disposes the container of the application.</summary>
    public void DisposeServices() => _services.Dispose();

    public void Dispose()
    {
        Receiver.Dispose();
        _signer.Dispose();
        _services.Dispose();
    }
}
