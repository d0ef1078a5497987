using System.CommandLine;
using System.Globalization;
using NodeData.Cli.CommandLine;
using NodeData.Cli.Failures;
using NodeData.Cli.Output;
using NodeData.Cli.Secrets;
using NodeData.Cli.Webhooks.Secrets;
using NodeData.Sdk.Webhooks;

namespace NodeData.Cli.Webhooks.Signing;

/// <summary>Sends a signed event to a receiver, without the service.</summary>
internal sealed class SendCommand : NodeDataCommand
{
    private const int MaxResponseCharacters = 300;

    private readonly Argument<string> _url = new("URL") { Description = "URL of the receiver: https, or http on this machine" };

    private readonly Option<string?> _event = new("--event")
    {
        Description = "Type of the sample event; defaults to listing.purchased",
        HelpName = "TYPE",
        CompletionSources = { _ => EventTypes.Completions },
    };

    private readonly Option<string?> _id = new("--id") { Description = "ID of the sample event; defaults to a new one", HelpName = "ID" };

    private readonly Option<string?> _payload = new("--payload")
    {
        Description = "File with the body to send instead of a sample, byte for byte; - for standard input",
        HelpName = "FILE",
    };

    private readonly Option<string?> _secretFile = KnownWebhookSecrets.CreateFileOption();

    public SendCommand(Terminal terminal)
        : base("send", "Send a signed sample event to a receiver", terminal)
    {
        Add(_url);
        Add(_event);
        Add(_id);
        Add(_payload);
        Add(_secretFile);
    }

    protected override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var address = ReceiverAddress.Parse(invocation.Get(_url)!, "The receiver's URL");
        var secrets = KnownWebhookSecrets.Find(invocation, _secretFile, cancellationToken);
        var time = invocation.Terminal.Time;
        var body = await GetBodyAsync(invocation, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        using var signer = new WebhookSigner(secrets);
        using var sender = new WebhookSender(time);
        var result = await sender
            .SendAsync(address, body, [new(WebhookVerifier.HeaderName, signer.Sign(body, time.GetUtcNow()))], cancellationToken)
            .ConfigureAwait(false);
        var hints = string.Join(", ", secrets.Select(secret => secret.Hint));
        var explanation = result.Status is { } status
            ? ReceiverResponse.Explain(status, hints)
            : "Check that the receiver is running and that its URL is correct. The service would retry the delivery.";
        Show(invocation, body, result, hints, explanation);
        return result.Status is not { } responseStatus ? ExitCode.Unreachable
            : ReceiverResponse.IsSuccess(responseStatus) ? ExitCode.Ok
            : ExitCode.Failed;
    }

    private async Task<byte[]> GetBodyAsync(Invocation invocation, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!invocation.Has(_payload))
        {
            return SampleEvent.CreateBody(
                EventTypes.Parse(invocation.Get(_event) ?? WebhookEventType.ListingPurchased.Value),
                invocation.Get(_id) ?? SampleEvent.CreateId(),
                now
            );
        }

        return invocation.Has(_event) || invocation.Has(_id)
            ? throw CommandFailedException.Usage("--event and --id apply to a sample event; with --payload, the body determines both.")
            : await Payload.ReadAsync(invocation, _payload, cancellationToken).ConfigureAwait(false);
    }

    private static void Show(Invocation invocation, byte[] body, WebhookSendResult result, string hints, string explanation)
    {
        var sent = WebhookEvent.TryParse(body, out var parsed) ? parsed : null;
        var milliseconds = (long)result.Duration.TotalMilliseconds;
        var responseText = result.Status is { } code && !ReceiverResponse.IsSuccess(code) ? Shorten(result.Text) : null;
        if (invocation.IsJson)
        {
            invocation.WriteJson(
                new SentShape(sent?.Id, sent?.Type.Value, result.Status, milliseconds, result.Error, explanation, responseText),
                SigningJson.Indented.SentShape
            );
            return;
        }

        var facts = new Facts();
        facts.Add("event", sent?.ToString());
        facts.Add("signed with", hints);
        facts.Add(
            "status",
            result.Status is not { } status ? Cell.Bad(result.Error!)
                : ReceiverResponse.IsSuccess(status) ? Cell.Good($"{status}")
                : Cell.Bad($"{status}")
        );
        facts.Add("time", string.Create(CultureInfo.InvariantCulture, $"{milliseconds} ms"));
        facts.Add("explanation", explanation);
        facts.Add("response", responseText);
        facts.Write(invocation.Terminal);
    }

    private static string? Shorten(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null
        : SecretFinder.Mask(text) is var masked && masked.Length > MaxResponseCharacters ? $"{masked[..MaxResponseCharacters]}…"
        : masked;
}
