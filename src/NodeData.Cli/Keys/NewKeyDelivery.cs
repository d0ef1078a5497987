using NodeData.Cli.CommandLine;
using NodeData.Cli.Failures;
using NodeData.Cli.Output;
using NodeData.Cli.Sinks;
using NodeData.Sdk;

namespace NodeData.Cli.Keys;

/// <summary>Brings a new key to its sinks. One whose secret nobody has must not live: where the first sink fails, the key is revoked.</summary>
internal sealed class NewKeyDelivery(NodeClient node, Terminal terminal, IReadOnlyList<Sink> sinks)
{
    // Cleaning up must not keep a person who has given up.
    private static readonly TimeSpan CleanUpLimit = TimeSpan.FromSeconds(15);

    /// <exception cref="CommandFailedException">A sink did not take the key; the message says what was done, and how to finish or undo.</exception>
    public async Task DeliverAsync(CreatedApiKey key, CancellationToken cancellationToken)
    {
        for (var done = 0; done < sinks.Count; done++)
        {
            try
            {
                cancellationToken.ThrowIfCancellationRequested();
                await sinks[done].DeployAsync(key, cancellationToken).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // Whatever happened, the key must not be left behind without a word.
            catch (Exception cause)
#pragma warning restore CA1031
            {
                // In a terminal Ctrl+C ends the sink's program too, which may be the first to say so.
                var failure = cancellationToken.IsCancellationRequested ? new OperationCanceledException(cause.Message, cause) : cause;
                throw done == 0
                    ? await UndoAsync(key, sinks[0], failure).ConfigureAwait(false)
                    : Unfinished(key, [.. sinks.Take(done)], sinks[done], failure);
            }

            if (sinks[done] is not StandardOutputSink)
            {
                await terminal.Error.WriteLineAsync($"node-data: {sinks[done].Name} has the key {key.Id}.").ConfigureAwait(false);
            }
        }
    }

    private static string Cause(Sink sink, Exception failure) =>
        failure switch
        {
            OutputClosedException => "Standard output was closed before the secret was written.",
            OperationCanceledException => $"Interrupted before {sink.Name} had the key.",
            _ => $"{sink.Name} did not take the key: {failure.Message.TrimEnd('.')}.",
        };

    private static ExitCode Code(Exception failure, ExitCode otherwise) =>
        failure switch
        {
            OutputClosedException => ExitCode.OutputClosed,
            OperationCanceledException => ExitCode.Interrupted,
            _ => otherwise,
        };

    private static CommandFailedException Unfinished(CreatedApiKey key, Sink[] having, Sink failed, Exception failure)
    {
        var places = string.Join(" and ", having.Select(sink => sink.Name));
        var again = string.Join(' ', having.Append(failed).Select(sink => $"--to '{sink.Reference}'"));
        var removal = string.Join(", ", having.Select(sink => sink.Removal).Where(how => how is not null));
        return new CommandFailedException(
            Code(failure, ExitCode.Unfinished),
            $"{Cause(failed, failure)} The key {key.Id} ({key.Secret.Hint}) lives, because {places} has it. To finish, mend that and give each place a new one: "
                + $"node-data keys rotate {key.Id} {again}. To undo: node-data keys revoke {key.Id}{(removal.Length > 0 ? $", and {removal}" : "")}.",
            failure
        );
    }

    private async Task<CommandFailedException> UndoAsync(CreatedApiKey key, Sink failed, Exception failure)
    {
        var what = $"{Cause(failed, failure)} The new key {key.Id} ({key.Secret.Hint})";
        try
        {
            using var limit = new CancellationTokenSource(CleanUpLimit, terminal.Time);
            await node.Keys.RevokeAsync(key.Id, limit.Token).ConfigureAwait(false);
            return new CommandFailedException(
                Code(failure, ExitCode.Refused),
                $"{what} was revoked, so nothing has changed. Mend that, and run the command again.",
                failure
            );
        }
        catch (Exception again) when (again is NodeDataException or OperationCanceledException)
        {
            var why = again is NodeDataException ? again.Message : "the service did not answer in time";
            return new CommandFailedException(
                ExitCode.Unfinished,
                $"{what} could not be revoked ({why.TrimEnd('.')}), and nobody has its secret. Run: node-data keys revoke {key.Id}",
                failure
            );
        }
    }
}
