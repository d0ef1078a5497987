using NodeData.Sdk.Keys.Rotation.Steps;

namespace NodeData.Sdk.Keys.Rotation;

/// <summary>Takes one step after the other, as the rules say, until there is none left for this run.</summary>
internal static class RotationDriver
{
    // The longest way there is: a withdrawn attempt, its replacement, and everything behind. More would be going in circles.
    private const int MostSteps = 12;

    public static async Task<ApiKeyRotation> RunAsync(Rotation rotation, RotationReach reach, CancellationToken cancellationToken)
    {
        for (var steps = 0; steps < MostSteps; steps++)
        {
            var step = RotationSteps.Next(rotation.Record, rotation.InHand, reach, rotation.Calls.Now);
            if (step is RotationStep.Stop)
            {
                return ApiKeyRotation.Of(rotation.Record);
            }

            if (rotation.Sinks.Count == 0 && step is not (RotationStep.Swap or RotationStep.Wait or RotationStep.Revoke))
            {
                throw new ApiKeyRotationException(
                    $"The rotation {rotation.Record.RotationId} was interrupted while {rotation.Record.Stage}, and to go on it must deploy a key: set ApiKeyRotationOptions.Deploy "
                        + "or ApiKeyRotationOptions.Sinks. Nothing was done."
                )
                {
                    ErrorCode = ApiKeyRotationErrorCode.NoSink,
                    IsRejected = true,
                    Rotation = ApiKeyRotation.Of(rotation.Record),
                };
            }

            try
            {
                await TakeAsync(step, rotation, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception failure)
            {
                var explained = await Failing.ExplainAsync(rotation, failure, cancellationToken).ConfigureAwait(false);
                if (failure is OperationCanceledException && cancellationToken.IsCancellationRequested)
                {
                    throw;
                }

                throw explained;
            }
        }

        throw new ApiKeyRotationException(
            $"The rotation {rotation.Record.RotationId} did not come to its end in {MostSteps} steps: this is a defect."
        )
        {
            ErrorCode = ApiKeyRotationErrorCode.InternalError,
            Rotation = ApiKeyRotation.Of(rotation.Record),
        };
    }

    private static Task TakeAsync(RotationStep step, Rotation rotation, CancellationToken cancellationToken) =>
        step switch
        {
            RotationStep.Create => CreateStep.RunAsync(rotation, cancellationToken),
            RotationStep.Replace => ReplaceStep.RunAsync(rotation, cancellationToken),
            RotationStep.Prove => ProveStep.RunAsync(rotation, cancellationToken),
            RotationStep.Deploy => DeployStep.RunAsync(rotation, cancellationToken),
            RotationStep.Swap => SwapStep.RunAsync(rotation, cancellationToken),
            RotationStep.Wait => WaitStep.RunAsync(rotation, cancellationToken),
            RotationStep.Revoke => RevokeStep.RunAsync(rotation, cancellationToken),
            _ => throw new ArgumentOutOfRangeException(nameof(step), step, null),
        };
}
