using NodeData.Cli.Credentials;
using NodeData.Cli.Output;
using NodeData.Cli.Sinks;
using NodeData.Sdk;

namespace NodeData.Cli.Webhooks.Secrets;

/// <summary>Stores the secret in the project's <c>.env.local</c>, which <c>AddNodeDataEnvLocal()</c> and this tool read.</summary>
internal sealed class EnvLocalSecretSink(Terminal terminal, bool allowReplace) : WebhookSecretSink
{
    private readonly EnvLocalVariable _variable = new(terminal, ClientSettings.WebhookSecretVariable);

    public override string Name => $"{ClientSettings.WebhookSecretVariable} in {_variable.Path}";

    public override Task CheckAsync(CancellationToken cancellationToken) => _variable.CheckAsync(allowReplace, cancellationToken);

    public override Task DeployAsync(WebhookSecret secret, CancellationToken cancellationToken)
    {
        _variable.Set(secret.Reveal());
        return Task.CompletedTask;
    }
}
