using NodeData.Sdk;

namespace NodeData.Cli.Sinks;

/// <summary>Standard output, for the eyes of whoever sits there or for the next program of a pipe.</summary>
internal sealed class StandardOutputSink(SinkSetting setting) : Sink("stdout")
{
    public override string Name => "standard output";

    public override Task CheckAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <exception cref="Output.OutputClosedException">Nobody reads it any more.</exception>
    public override async Task DeployAsync(CreatedApiKey key, CancellationToken cancellationToken)
    {
        setting.Show(key);
        await setting.Terminal.Out.FlushAsync(cancellationToken).ConfigureAwait(false);
    }
}
