using NodeData.Sdk.Keys.Rotation.Steps;

namespace NodeData.Sdk.Keys.Rotation;

/// <summary>Takes the steps of a rotation until there is none left for this run.</summary>
internal static class RotationDriver
{
    // The longest sequence: an abandoned attempt, its replacement, and all later steps. More would be an endless loop.
    private const int MaxSteps = 12;

    public static async Task<ApiKeyRotation> RunAsync(RotationContext rotation, RotationTarget target, CancellationToken cancellationToken)
    {
        for (var steps = 0; steps < MaxSteps; steps++)
        {
            var step = RotationSteps.GetNext(rotation.Record, rotation.RunState, target, rotation.Calls.Now);
            if (step is RotationStep.Stop)
            {
                return ApiKeyRotation.FromRecord(rotation.Record);
            }

            if (rotation.Sinks.Count == 0 && step is not (RotationStep.Switch or RotationStep.Wait or RotationStep.Revoke))
            {
                throw new ApiKeyRotationException(
                    $"The rotation {rotation.Record.RotationId} was interrupted in stage {rotation.Record.Stage}, and resuming it needs a sink for a key. Set ApiKeyRotationOptions.Deploy "
                        + "or ApiKeyRotationOptions.Sinks. Nothing was done."
                )
                {
                    ErrorCode = ApiKeyRotationErrorCode.NoSink,
                    IsRejected = true,
                    Rotation = ApiKeyRotation.FromRecord(rotation.Record),
                };
            }

            try
            {
                await RunStepAsync(step, rotation, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                var rotationException = await RotationFailure
                    .CreateExceptionAsync(rotation, exception, cancellationToken)
                    .ConfigureAwait(false);
                if (exception is OperationCanceledException && cancellationToken.IsCancellationRequested)
                {
                    throw;
                }

                throw rotationException;
            }
        }

        throw new ApiKeyRotationException(
            $"The rotation {rotation.Record.RotationId} did not finish in {MaxSteps} steps. This is an error in NodeData.Sdk; report it."
        )
        {
            ErrorCode = ApiKeyRotationErrorCode.InternalError,
            Rotation = ApiKeyRotation.FromRecord(rotation.Record),
        };
    }

    private static Task RunStepAsync(RotationStep step, RotationContext rotation, CancellationToken cancellationToken) =>
        step switch
        {
            RotationStep.Create => CreateStep.RunAsync(rotation, cancellationToken),
            RotationStep.Replace => ReplaceStep.RunAsync(rotation, cancellationToken),
            RotationStep.Verify => VerifyStep.RunAsync(rotation, cancellationToken),
            RotationStep.Deploy => DeployStep.RunAsync(rotation, cancellationToken),
            RotationStep.Switch => SwitchStep.RunAsync(rotation, cancellationToken),
            RotationStep.Wait => WaitStep.RunAsync(rotation, cancellationToken),
            RotationStep.Revoke => RevokeStep.RunAsync(rotation, cancellationToken),
            _ => throw new ArgumentOutOfRangeException(nameof(step), step, null),
        };
}
