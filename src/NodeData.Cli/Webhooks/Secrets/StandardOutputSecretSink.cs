using NodeData.Cli.Output;
using NodeData.Sdk;

namespace NodeData.Cli.Webhooks.Secrets;

/// <summary>Standard output: the command's own answer shows the secret, and this sees to it that somebody reads it.</summary>
internal sealed class StandardOutputSecretSink(Terminal terminal) : WebhookSecretSink
{
    public override string Name => "standard output";

    public override Task DeployAsync(WebhookSecret secret, CancellationToken cancellationToken) =>
        terminal.Out.FlushAsync(cancellationToken);
}
