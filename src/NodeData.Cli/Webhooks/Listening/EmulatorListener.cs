using NodeData.Cli.CommandLine;
using NodeData.Sdk;

namespace NodeData.Cli.Webhooks.Listening;

/// <summary>Receives deliveries from an emulator on this machine and forwards them.</summary>
internal sealed class EmulatorListener(NodeClient node, ListenOptions options, ListeningReport report)
{
    private const char ResendKey = 'r';
    private const char QuitKey = 'q';

    public async Task<ExitCode> RunAsync(CancellationToken cancellationToken)
    {
        var receivedIds = new ReceivedEventIds();
        using var listener = LoopbackListener.Start();
        using var forwarder = new DeliveryForwarder(options.ForwardTo, report, receivedIds);
        var endpoint = new TemporaryEndpoint(node, options, listener.Address, report, forwarder);
        await endpoint.DeleteStaleAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // The secret is deployed before the first event is accepted.
            await endpoint.CreateAsync(cancellationToken).ConfigureAwait(false);
            await RunAsync(listener, forwarder, new ConnectionMonitor(node, endpoint, report, receivedIds), cancellationToken)
                .ConfigureAwait(false);
            return ExitCode.Ok;
        }
        finally
        {
            await endpoint.DeleteAsync().ConfigureAwait(false);
        }
    }

    private async Task RunAsync(
        LoopbackListener listener,
        DeliveryForwarder forwarder,
        ConnectionMonitor monitor,
        CancellationToken cancellationToken
    )
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var keyboard = new Keyboard(report.Terminal);
        if (keyboard.IsAvailable)
        {
            report.WriteInfo("Press r to resend the last event, q or Ctrl+C to stop.");
        }

        Task[] tasks =
        [
            listener.RunAsync(context => forwarder.HandleAsync(context, stopping.Token), stopping.Token),
            monitor.RunAsync(stopping.Token),
            keyboard.RunAsync(
                key => key == ResendKey ? forwarder.ResendAsync(stopping.Token) : Task.CompletedTask,
                QuitKey,
                stopping.Token
            ),
        ];
        var first = await Task.WhenAny(tasks).ConfigureAwait(false);
        await stopping.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(tasks).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first.ConfigureAwait(false);
    }
}
