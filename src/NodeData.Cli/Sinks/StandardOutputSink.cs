using NodeData.Sdk;

namespace NodeData.Cli.Sinks;

/// <summary>Prints the key to standard output, for the user or for the next program of a pipe.</summary>
internal sealed class StandardOutputSink(SinkSetting setting) : Sink("stdout")
{
    public override string Name => "standard output";

    public override Task CheckAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <exception cref="Output.OutputClosedException">Standard output is closed.</exception>
    public override async Task DeployAsync(CreatedApiKey key, CancellationToken cancellationToken)
    {
        setting.Show(key);
        await setting.Terminal.Out.FlushAsync(cancellationToken).ConfigureAwait(false);
    }
}
