using NodeData.Cli.CommandLine;
using NodeData.Sdk;

namespace NodeData.Cli.Webhooks.Listening;

/// <summary>Receives from an emulator on this machine, and forwards.</summary>
internal sealed class EmulatorListening(NodeClient node, ListenOrder order, ListeningReport report)
{
    private const char Again = 'r';
    private const char Quit = 'q';

    public async Task<ExitCode> RunAsync(CancellationToken cancellationToken)
    {
        var arrived = new ArrivedEvents();
        using var door = LocalDoor.Open();
        using var forwarding = new Forwarding(order.ForwardTo, report, arrived);
        var endpoint = new OwnEndpoint(node, order, door.Address, report, forwarding);
        await endpoint.RemoveLeftoversAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // The secret is where the application reads it before the first event is let in.
            await endpoint.MakeAsync(cancellationToken).ConfigureAwait(false);
            await RunAsync(door, forwarding, new ConnectionWatch(node, endpoint, report, arrived), cancellationToken).ConfigureAwait(false);
            return ExitCode.Ok;
        }
        finally
        {
            await endpoint.RemoveAsync().ConfigureAwait(false);
        }
    }

    private async Task RunAsync(LocalDoor door, Forwarding forwarding, ConnectionWatch watch, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var keyboard = new Keyboard(report.Terminal);
        if (keyboard.IsThere)
        {
            report.Say("r sends the last event again, q or Ctrl+C ends it.");
        }

        Task[] parts =
        [
            door.RunAsync(context => forwarding.AnswerAsync(context, ending.Token), ending.Token),
            watch.RunAsync(ending.Token),
            keyboard.RunAsync(key => key == Again ? forwarding.SendAgainAsync(ending.Token) : Task.CompletedTask, Quit, ending.Token),
        ];
        var first = await Task.WhenAny(parts).ConfigureAwait(false);
        await ending.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(parts).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first.ConfigureAwait(false);
    }
}
