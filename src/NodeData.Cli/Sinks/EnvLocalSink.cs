using NodeData.Cli.Credentials;
using NodeData.Sdk;

namespace NodeData.Cli.Sinks;

/// <summary><c>NODE_DATA_API_KEY</c> in the <c>.env.local</c> of the project.</summary>
internal sealed class EnvLocalSink(SinkSetting setting) : Sink("env-local")
{
    private readonly EnvLocalVariable _variable = new(setting.Terminal, ClientSettings.KeyVariable);

    public override string Name => $"{ClientSettings.KeyVariable} in {_variable.Path}";

    public override string Removal => $"take {ClientSettings.KeyVariable} out of {_variable.Path}";

    public override Task CheckAsync(CancellationToken cancellationToken) => _variable.CheckAsync(setting.AllowReplace, cancellationToken);

    public override Task DeployAsync(CreatedApiKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        _variable.Set(key.Reveal());
        return Task.CompletedTask;
    }
}
