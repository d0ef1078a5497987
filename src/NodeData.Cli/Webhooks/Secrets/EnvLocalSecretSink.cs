using NodeData.Cli.Credentials;
using NodeData.Cli.Output;
using NodeData.Cli.Sinks;
using NodeData.Sdk;

namespace NodeData.Cli.Webhooks.Secrets;

/// <summary>The project's <c>.env.local</c>, where <c>AddNodeDataEnvLocal()</c> and this tool read it.</summary>
internal sealed class EnvLocalSecretSink(Terminal terminal, bool mayReplace) : WebhookSecretSink
{
    private readonly EnvLocalPlace _place = new(terminal, ClientSettings.WebhookSecretVariable);

    public override string Name => $"{ClientSettings.WebhookSecretVariable} in {_place.Path}";

    public override Task CheckAsync(CancellationToken cancellationToken) => _place.CheckAsync(mayReplace, cancellationToken);

    public override Task PutAsync(WebhookSecret secret, CancellationToken cancellationToken)
    {
        _place.Set(secret.Reveal());
        return Task.CompletedTask;
    }
}
