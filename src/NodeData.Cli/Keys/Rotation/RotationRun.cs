using NodeData.Cli.CommandLine;
using NodeData.Cli.Failures;
using NodeData.Cli.Output;
using NodeData.Cli.Sinks;
using NodeData.Sdk;

namespace NodeData.Cli.Keys.Rotation;

/// <summary>Runs a rotation, reports its progress and explains its failure.</summary>
/// <param name="invocation">The invocation of the command.</param>
/// <param name="node">The client.</param>
/// <param name="keyId">The key that is being rotated.</param>
/// <param name="commonArguments">The options that every further command line about the rotation needs.</param>
internal sealed class RotationRun(Invocation invocation, NodeClient node, string keyId, string commonArguments)
{
    private readonly RotationCommands _commands = new(keyId, commonArguments);

    public async Task<ExitCode> PreviewAsync(ApiKeyRotationOptions options, CancellationToken cancellationToken)
    {
        try
        {
            var preview = await node.Keys.PreviewKeyRotationAsync(keyId, options, cancellationToken).ConfigureAwait(false);
            if (invocation.IsJson)
            {
                var to = options.Sinks.OfType<Sink>().Select(sink => sink.Reference);
                invocation.WriteJson(RotationPlanShape.From(preview, to), RotationJson.Indented.RotationPlanShape);
            }
            else
            {
                var lines = PreviewText.FormatLines(preview).Select(PlainText.Sanitize);
                await invocation.Terminal.Out.WriteLineAsync(string.Join('\n', lines)).ConfigureAwait(false);
            }

            return ExitCode.Ok;
        }
        catch (ApiKeyRotationException exception)
        {
            throw CreateException(exception, isRollBack: false);
        }
    }

    public Task<ExitCode> RotateAsync(ApiKeyRotationOptions options, CancellationToken cancellationToken) =>
        FollowAsync(options, observedOptions => node.Keys.RotateAsync(keyId, observedOptions, cancellationToken));

    public async Task<ExitCode> StartAsync(ApiKeyRotationOptions options, CancellationToken cancellationToken)
    {
        await FollowAsync(options, observedOptions => node.Keys.StartKeyRotationAsync(keyId, observedOptions, cancellationToken))
            .ConfigureAwait(false);
        return ExitCode.Ok;
    }

    public Task<ExitCode> ResumeAsync(string rotationId, ApiKeyRotationOptions options, CancellationToken cancellationToken) =>
        FollowAsync(options, observedOptions => node.Keys.CompleteKeyRotationAsync(rotationId, observedOptions, cancellationToken));

    public Task<ExitCode> RollBackAsync(string rotationId, ApiKeyRotationOptions options, CancellationToken cancellationToken) =>
        FollowAsync(
            options,
            observedOptions => node.Keys.RollBackKeyRotationAsync(rotationId, observedOptions, cancellationToken),
            isRollBack: true
        );

    private async Task<ExitCode> FollowAsync(
        ApiKeyRotationOptions options,
        Func<ApiKeyRotationOptions, Task<ApiKeyRotation>> start,
        bool isRollBack = false
    )
    {
        var report = new RotationReport(invocation.Terminal);
        try
        {
            var rotation = await report.FollowAsync(start(options with { Progress = report })).ConfigureAwait(false);
            if (options.Sinks.Any(sink => sink is StandardOutputSink) && !invocation.Terminal.IsOutputTerminal)
            {
                // The next program of the pipe gets only the secret.
                await invocation
                    .Terminal.Error.WriteLineAsync($"node-data: {PlainText.Sanitize(rotation.ToString())}")
                    .ConfigureAwait(false);
            }
            else
            {
                RotationText.Write(invocation, rotation);
            }

            if (rotation.Stage.IsFinal)
            {
                return ExitCode.Ok;
            }

            await invocation.Terminal.Error.WriteLineAsync($"node-data: {FormatState(rotation.OverlapEndsAt)}").ConfigureAwait(false);
            return ExitCode.Incomplete;
        }
        catch (ApiKeyRotationException exception)
        {
            throw CreateException(exception, isRollBack);
        }
        catch (OperationCanceledException exception)
        {
            throw new CommandFailedException(ExitCode.Interrupted, FormatInterrupted(report.LastProgress), exception);
        }
    }

    private string FormatState(DateTimeOffset? end) =>
        $"Both keys work{(end is { } at ? $" until {Cell.FormatTime(at)}" : "")}. Then run `{_commands.Resume}` to revoke the old one; run `{_commands.RollBack}` to roll back.";

    private string FormatInterrupted(ApiKeyRotationProgress? last) =>
        last is null ? "Interrupted. Nothing was done."
        : last.Stage == ApiKeyRotationStage.Overlapping ? $"Interrupted during the overlap. {FormatState(last.OverlapEndsAt)}"
        : last.Stage.IsFinal ? "Interrupted. The new key was revoked, and the old one is unchanged."
        : $"Interrupted in stage {last.Stage}. To resume, run the same command again; to roll back, run `{_commands.RollBack}`.";

    private CommandFailedException CreateException(ApiKeyRotationException exception, bool isRollBack) =>
        new(
            exception.Rotation is { Stage.IsFinal: false } ? ExitCode.Incomplete : ExitCode.Failed,
            FailureText.Format(exception, _commands, isRollBack),
            exception
        );
}
