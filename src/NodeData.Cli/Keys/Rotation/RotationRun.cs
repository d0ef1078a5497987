using NodeData.Cli.CommandLine;
using NodeData.Cli.Failures;
using NodeData.Cli.Output;
using NodeData.Cli.Sinks;
using NodeData.Sdk;

namespace NodeData.Cli.Keys.Rotation;

/// <summary>One run of a rotation, watched and told.</summary>
/// <param name="invocation">The run of the command.</param>
/// <param name="node">The client.</param>
/// <param name="keyId">The key that is replaced.</param>
/// <param name="options">What every further command about the rotation needs.</param>
internal sealed class RotationRun(Invocation invocation, NodeClient node, string keyId, string options)
{
    private readonly RotationCommands _commands = new(keyId, options);

    public async Task<ExitCode> PlanAsync(ApiKeyRotationOptions plan, CancellationToken cancellationToken)
    {
        try
        {
            var planned = await node.Keys.PreviewKeyRotationAsync(keyId, plan, cancellationToken).ConfigureAwait(false);
            if (invocation.IsJson)
            {
                var to = plan.Sinks.OfType<Sink>().Select(sink => sink.Reference);
                invocation.WriteJson(RotationPlanShape.Of(planned, to), RotationJson.Indented.RotationPlanShape);
            }
            else
            {
                var lines = PlanText.LinesOf(planned).Select(PlainText.Of);
                await invocation.Terminal.Out.WriteLineAsync(string.Join('\n', lines)).ConfigureAwait(false);
            }

            return ExitCode.Ok;
        }
        catch (ApiKeyRotationException refusal)
        {
            throw Explain(refusal, isAbort: false);
        }
    }

    public Task<ExitCode> RotateAsync(ApiKeyRotationOptions plan, CancellationToken cancellationToken) =>
        FollowAsync(plan, watched => node.Keys.RotateAsync(keyId, watched, cancellationToken));

    public async Task<ExitCode> BeginAsync(ApiKeyRotationOptions plan, CancellationToken cancellationToken)
    {
        await FollowAsync(plan, watched => node.Keys.StartKeyRotationAsync(keyId, watched, cancellationToken)).ConfigureAwait(false);
        return ExitCode.Ok;
    }

    public Task<ExitCode> ResumeAsync(string rotationId, ApiKeyRotationOptions plan, CancellationToken cancellationToken) =>
        FollowAsync(plan, watched => node.Keys.CompleteKeyRotationAsync(rotationId, watched, cancellationToken));

    public Task<ExitCode> AbortAsync(string rotationId, ApiKeyRotationOptions plan, CancellationToken cancellationToken) =>
        FollowAsync(plan, watched => node.Keys.RollBackKeyRotationAsync(rotationId, watched, cancellationToken), isAbort: true);

    private async Task<ExitCode> FollowAsync(
        ApiKeyRotationOptions plan,
        Func<ApiKeyRotationOptions, Task<ApiKeyRotation>> begin,
        bool isAbort = false
    )
    {
        var report = new RotationReport(invocation.Terminal);
        try
        {
            var rotation = await report.FollowAsync(begin(plan with { Progress = report })).ConfigureAwait(false);
            if (plan.Sinks.Any(sink => sink is StandardOutputSink) && !invocation.Terminal.IsOutputTerminal)
            {
                // The next program of the pipe gets the secret alone.
                await invocation.Terminal.Error.WriteLineAsync($"node-data: {PlainText.Of(rotation.ToString())}").ConfigureAwait(false);
            }
            else
            {
                RotationText.Write(invocation, rotation);
            }

            if (rotation.Stage.IsFinal)
            {
                return ExitCode.Ok;
            }

            await invocation.Terminal.Error.WriteLineAsync($"node-data: {StateOf(rotation.OverlapEndsAt)}").ConfigureAwait(false);
            return ExitCode.Unfinished;
        }
        catch (ApiKeyRotationException failure)
        {
            throw Explain(failure, isAbort);
        }
        catch (OperationCanceledException interruption)
        {
            throw new CommandFailedException(ExitCode.Interrupted, Interrupted(report.Last), interruption);
        }
    }

    private string StateOf(DateTimeOffset? end) =>
        $"Both keys work{(end is { } at ? $" until {Cell.Moment(at)}" : "")}. From then on `{_commands.Resume}` revokes the old one; `{_commands.Abort}` goes back.";

    private string Interrupted(ApiKeyRotationProgress? last) =>
        last is null ? "Interrupted. Nothing was done."
        : last.Stage == ApiKeyRotationStage.Overlapping ? $"Interrupted in the overlap. {StateOf(last.OverlapEndsAt)}"
        : last.Stage.IsFinal ? "Interrupted. The new key was revoked, and the old one is untouched."
        : $"Interrupted while {last.Stage}. To go on, run the same command again; `{_commands.Abort}` goes back.";

    private CommandFailedException Explain(ApiKeyRotationException failure, bool isAbort) =>
        new(
            failure.Rotation is { Stage.IsFinal: false } ? ExitCode.Unfinished : ExitCode.Refused,
            FailureText.Of(failure, _commands, isAbort),
            failure
        );
}
