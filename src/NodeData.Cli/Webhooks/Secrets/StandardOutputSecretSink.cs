using NodeData.Cli.Output;
using NodeData.Sdk;

namespace NodeData.Cli.Webhooks.Secrets;

/// <summary>Standard output: the command's output includes the secret, and this sink flushes it, which fails if the output is closed.</summary>
internal sealed class StandardOutputSecretSink(Terminal terminal) : WebhookSecretSink
{
    public override string Name => "standard output";

    public override Task DeployAsync(WebhookSecret secret, CancellationToken cancellationToken) =>
        terminal.Out.FlushAsync(cancellationToken);
}
