using NodeData.Cli.CommandLine;
using NodeData.Cli.Failures;
using NodeData.Cli.Output;
using NodeData.Cli.Sinks;
using NodeData.Sdk;

namespace NodeData.Cli.Keys;

/// <summary>Deploys a new key to its sinks. If the first sink fails, the key is revoked, because its secret is lost.</summary>
internal sealed class NewKeyDeployment(NodeClient node, Terminal terminal, IReadOnlyList<Sink> sinks)
{
    // Cleaning up must not delay a user who has canceled.
    private static readonly TimeSpan CleanUpTimeout = TimeSpan.FromSeconds(15);

    /// <exception cref="CommandFailedException">A sink failed. The exception message contains what was done, and how to finish or undo it.</exception>
    public async Task DeployAsync(CreatedApiKey key, CancellationToken cancellationToken)
    {
        for (var index = 0; index < sinks.Count; index++)
        {
            try
            {
                cancellationToken.ThrowIfCancellationRequested();
                await sinks[index].DeployAsync(key, cancellationToken).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // After any failure, the key must not stay active without a message.
            catch (Exception cause)
#pragma warning restore CA1031
            {
                // In a terminal, Ctrl+C also stops the sink's program, whose failure may arrive first.
                var exception = cancellationToken.IsCancellationRequested ? new OperationCanceledException(cause.Message, cause) : cause;
                throw index == 0
                    ? await RollBackAsync(key, sinks[0], exception).ConfigureAwait(false)
                    : CreateUnfinishedException(key, [.. sinks.Take(index)], sinks[index], exception);
            }

            if (sinks[index] is not StandardOutputSink)
            {
                await terminal.Error.WriteLineAsync($"node-data: Stored the key {key.Id} in {sinks[index].Name}.").ConfigureAwait(false);
            }
        }
    }

    private static string FormatCause(Sink sink, Exception exception) =>
        exception switch
        {
            OutputClosedException => "Standard output was closed before the secret was written.",
            OperationCanceledException => $"Interrupted before the key was stored in {sink.Name}.",
            _ => $"The key could not be stored in {sink.Name}: {exception.Message.TrimEnd('.')}.",
        };

    private static ExitCode GetExitCode(Exception exception, ExitCode fallback) =>
        exception switch
        {
            OutputClosedException => ExitCode.OutputClosed,
            OperationCanceledException => ExitCode.Interrupted,
            _ => fallback,
        };

    private static CommandFailedException CreateUnfinishedException(CreatedApiKey key, Sink[] completed, Sink failed, Exception exception)
    {
        var sinkNames = string.Join(" and ", completed.Select(sink => sink.Name));
        var retryArguments = string.Join(' ', completed.Append(failed).Select(sink => $"--to '{sink.Reference}'"));
        var removal = string.Join(", ", completed.Select(sink => sink.Removal).Where(how => how is not null));
        return new CommandFailedException(
            GetExitCode(exception, ExitCode.Incomplete),
            $"{FormatCause(failed, exception)} The key {key.Id} ({key.Secret.Hint}) stays active because it is stored in {sinkNames}. To finish, fix the cause and deploy a new key to every sink: "
                + $"node-data keys rotate {key.Id} {retryArguments}. To undo: node-data keys revoke {key.Id}{(removal.Length > 0 ? $", and {removal}" : "")}.",
            exception
        );
    }

    private async Task<CommandFailedException> RollBackAsync(CreatedApiKey key, Sink failed, Exception exception)
    {
        var message = $"{FormatCause(failed, exception)} The new key {key.Id} ({key.Secret.Hint})";
        try
        {
            using var timeout = new CancellationTokenSource(CleanUpTimeout, terminal.Time);
            await node.Keys.RevokeAsync(key.Id, timeout.Token).ConfigureAwait(false);
            return new CommandFailedException(
                GetExitCode(exception, ExitCode.Failed),
                $"{message} was revoked, so nothing has changed. Fix the cause and run the command again.",
                exception
            );
        }
        catch (Exception revocationException) when (revocationException is NodeDataException or OperationCanceledException)
        {
            var reason = revocationException is NodeDataException ? revocationException.Message : "the service did not respond in time";
            return new CommandFailedException(
                ExitCode.Incomplete,
                $"{message} could not be revoked ({reason.TrimEnd('.')}), and its secret is lost. Run: node-data keys revoke {key.Id}",
                exception
            );
        }
    }
}
