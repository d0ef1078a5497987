using NodeData.Cli.Credentials;
using NodeData.Sdk;

namespace NodeData.Cli.Sinks;

/// <summary>Stores the key as <c>NODE_DATA_API_KEY</c> in the project's <c>.env.local</c>.</summary>
internal sealed class EnvLocalSink(SinkSetting setting) : Sink("env-local")
{
    private readonly EnvLocalVariable _variable = new(setting.Terminal, ClientSettings.KeyVariable);

    public override string Name => $"{ClientSettings.KeyVariable} in {_variable.Path}";

    public override string Removal => $"remove {ClientSettings.KeyVariable} from {_variable.Path}";

    public override Task CheckAsync(CancellationToken cancellationToken) => _variable.CheckAsync(setting.AllowReplace, cancellationToken);

    public override Task DeployAsync(CreatedApiKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        _variable.Set(key.Reveal());
        return Task.CompletedTask;
    }
}
