namespace NodeData.Sdk.Keys.Rotation;

/// <summary>Specifies the next step of a rotation.</summary>
internal enum RotationStep
{
    /// <summary>Request the new key, or repeat the request.</summary>
    Create = 0,

    /// <summary>Start another attempt, because the key of the current one can no longer be read or used.</summary>
    Replace = 1,

    /// <summary>Verify the new key.</summary>
    Verify = 2,

    /// <summary>Deploy the new key to the sinks.</summary>
    Deploy = 3,

    /// <summary>Switch this client to the new key, if it uses the old one.</summary>
    Switch = 4,

    /// <summary>Wait for the end of the overlap.</summary>
    Wait = 5,

    /// <summary>Revoke every other key.</summary>
    Revoke = 6,

    /// <summary>No step in this run.</summary>
    Stop = 7,
}

/// <summary>Specifies how far a run takes a rotation.</summary>
internal enum RotationTarget
{
    /// <summary>Until the new key is deployed.</summary>
    Deployed = 0,

    /// <summary>To completion, if the overlap has already ended.</summary>
    CompletedIfDue = 1,

    /// <summary>To completion, waiting for the overlap.</summary>
    Completed = 2,
}

/// <summary>The state of a run that is not stored.</summary>
/// <param name="HasKey">Whether the run has the new key with its secret.</param>
/// <param name="IsVerified">Whether the run verified the new key.</param>
/// <param name="IsSwitchCompleted">Whether the run switched the client to the new key, or found that it need not.</param>
internal readonly record struct RunState(bool HasKey, bool IsVerified, bool IsSwitchCompleted);

/// <summary>The rules of a rotation: they determine the next step from the current state, without side effects.</summary>
internal static class RotationSteps
{
    public static RotationStep GetNext(ApiKeyRotationRecord record, RunState runState, RotationTarget target, DateTimeOffset now)
    {
        if (record.Stage == ApiKeyRotationStage.Creating)
        {
            return runState.HasKey ? (runState.IsVerified ? RotationStep.Deploy : RotationStep.Verify)
                : record.Current.IsAbandoned || record.Current.ExpiresAt <= now ? RotationStep.Replace
                : RotationStep.Create;
        }

        // A run that finds this stage was preceded by one that was interrupted in it, and the secret of that run is lost.
        if (record.Stage == ApiKeyRotationStage.Deploying)
        {
            return RotationStep.Replace;
        }

        if (record.Stage == ApiKeyRotationStage.Overlapping)
        {
            return runState is { HasKey: true, IsSwitchCompleted: false } ? RotationStep.Switch
                : target is RotationTarget.Deployed ? RotationStep.Stop
                : now >= record.OverlapEndsAt ? RotationStep.Revoke
                : target is RotationTarget.Completed ? RotationStep.Wait
                : RotationStep.Stop;
        }

        return record.Stage == ApiKeyRotationStage.Revoking ? RotationStep.Revoke : RotationStep.Stop;
    }
}
