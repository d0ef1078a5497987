using System.CommandLine;
using NodeData.Cli.CommandLine;
using NodeData.Cli.Output;
using NodeData.Cli.Webhooks.Secrets;
using NodeData.Sdk.Webhooks;

namespace NodeData.Cli.Webhooks.Signing;

/// <summary>Signs a body as the service does.</summary>
internal sealed class SignCommand : NodeDataCommand
{
    private readonly Option<string?> _payload = Payload.CreateOption();
    private readonly Option<long?> _at = TimestampOption.Create("Time to sign with, as a Unix timestamp in seconds; defaults to now");
    private readonly Option<string?> _secretFile = KnownWebhookSecrets.CreateFileOption();

    public SignCommand(Terminal terminal)
        : base("sign", "Print the nd-signature header for a body", terminal)
    {
        Add(_payload);
        Add(_at);
        Add(_secretFile);
    }

    protected override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        using var signer = new WebhookSigner(KnownWebhookSecrets.Find(invocation, _secretFile, cancellationToken));
        var body = await Payload.ReadAsync(invocation, _payload, cancellationToken).ConfigureAwait(false);
        var value = signer.Sign(body, TimestampOption.GetValue(invocation, _at));
        if (invocation.IsJson)
        {
            invocation.WriteJson(new SignatureShape(WebhookVerifier.HeaderName, value), SigningJson.Indented.SignatureShape);
        }
        else
        {
            await invocation.Terminal.Out.WriteLineAsync(value).ConfigureAwait(false);
        }

        return ExitCode.Ok;
    }
}
