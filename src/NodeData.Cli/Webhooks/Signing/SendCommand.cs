using System.CommandLine;
using System.Globalization;
using NodeData.Cli.CommandLine;
using NodeData.Cli.Failures;
using NodeData.Cli.Output;
using NodeData.Cli.Secrets;
using NodeData.Cli.Webhooks.Secrets;
using NodeData.Sdk.Webhooks;

namespace NodeData.Cli.Webhooks.Signing;

/// <summary>A signed event to a receiver, without the service.</summary>
internal sealed class SendCommand : NodeDataCommand
{
    private const int MostAnswerCharacters = 300;

    private readonly Argument<string> _url = new("URL") { Description = "The receiver: https, or http on this machine" };

    private readonly Option<string?> _event = new("--event")
    {
        Description = "The type of the sample event; else listing.purchased",
        HelpName = "TYPE",
        CompletionSources = { _ => EventTypes.Completions },
    };

    private readonly Option<string?> _id = new("--id") { Description = "The sample event's id; else a new one", HelpName = "ID" };

    private readonly Option<string?> _payload = new("--payload")
    {
        Description = "A body's file instead of a sample, byte for byte; - for standard input",
        HelpName = "FILE",
    };

    private readonly Option<string?> _secretFile = KnownWebhookSecrets.FileOption();

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
        var address = ReceiverAddress.Of(invocation.Get(_url)!, "The receiver's address");
        var secrets = KnownWebhookSecrets.Find(invocation, _secretFile, cancellationToken);
        var time = invocation.Terminal.Time;
        var body = await BodyAsync(invocation, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        using var signer = new WebhookSigner(secrets);
        using var poster = new Poster(time);
        var posted = await poster
            .PostAsync(address, body, [new(WebhookVerifier.HeaderName, signer.Sign(body, time.GetUtcNow()))], cancellationToken)
            .ConfigureAwait(false);
        var hints = string.Join(", ", secrets.Select(secret => secret.Hint));
        var meaning = posted.Status is { } status
            ? ReceiverAnswer.Meaning(status, hints)
            : "Is it running, and is this its address? The service would deliver again.";
        Show(invocation, body, posted, hints, meaning);
        return posted.Status is not { } answered ? ExitCode.Unreachable
            : ReceiverAnswer.IsSuccess(answered) ? ExitCode.Ok
            : ExitCode.Refused;
    }

    private async Task<byte[]> BodyAsync(Invocation invocation, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!invocation.Has(_payload))
        {
            return SampleEvent.BodyOf(
                EventTypes.Of(invocation.Get(_event) ?? WebhookEventType.ListingPurchased.Value),
                invocation.Get(_id) ?? SampleEvent.NewId(),
                now
            );
        }

        return invocation.Has(_event) || invocation.Has(_id)
            ? throw CommandFailedException.Usage("--event and --id are those of a sample; with --payload the body says what it is.")
            : await Payload.ReadAsync(invocation, _payload, cancellationToken).ConfigureAwait(false);
    }

    private static void Show(Invocation invocation, byte[] body, Posted posted, string hints, string meaning)
    {
        var sent = WebhookEvent.TryParse(body, out var parsed) ? parsed : null;
        var milliseconds = (long)posted.Took.TotalMilliseconds;
        var answer = posted.Status is { } code && !ReceiverAnswer.IsSuccess(code) ? Shorten(posted.Text) : null;
        if (invocation.IsJson)
        {
            invocation.WriteJson(
                new SentShape(sent?.Id, sent?.Type.Value, posted.Status, milliseconds, posted.Error, meaning, answer),
                SigningJson.Indented.SentShape
            );
            return;
        }

        var facts = new Facts();
        facts.Add("event", sent?.ToString());
        facts.Add("signed with", hints);
        facts.Add(
            "status",
            posted.Status is not { } status ? Cell.Bad(posted.Error!)
                : ReceiverAnswer.IsSuccess(status) ? Cell.Good($"{status}")
                : Cell.Bad($"{status}")
        );
        facts.Add("time", string.Create(CultureInfo.InvariantCulture, $"{milliseconds} ms"));
        facts.Add("meaning", meaning);
        facts.Add("answer", answer);
        facts.Write(invocation.Terminal);
    }

    private static string? Shorten(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null
        : SecretFinder.Mask(text) is var masked && masked.Length > MostAnswerCharacters ? $"{masked[..MostAnswerCharacters]}…"
        : masked;
}
