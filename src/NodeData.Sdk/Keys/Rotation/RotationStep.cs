namespace NodeData.Sdk.Keys.Rotation;

/// <summary>What is to be done next.</summary>
internal enum RotationStep
{
    /// <summary>Ask for the new key, or ask again.</summary>
    Create,

    /// <summary>Begin another attempt, because the current one's key cannot be had or used any more.</summary>
    Replace,

    /// <summary>See that the new key works.</summary>
    Verify,

    /// <summary>Bring the new key to its places.</summary>
    Deploy,

    /// <summary>Let this client use the new key, where it used the old one.</summary>
    Switch,

    /// <summary>Let the overlap pass.</summary>
    Wait,

    /// <summary>Revoke every other key.</summary>
    Revoke,

    /// <summary>Nothing, in this run.</summary>
    Stop,
}

/// <summary>How far a run goes by itself.</summary>
internal enum RotationTarget
{
    /// <summary>Until the new key is deployed.</summary>
    Deployed,

    /// <summary>To the end, where the overlap is over already.</summary>
    CompletedIfDue,

    /// <summary>To the end, through the overlap.</summary>
    Completed,
}

/// <summary>What a run holds beside the record, and loses when it ends.</summary>
/// <param name="HasKey">Whether it has the new key with its secret.</param>
/// <param name="IsVerified">Whether it saw the new key work.</param>
/// <param name="IsSwitchCompleted">Whether it swapped the client's own key, or found that it need not.</param>
internal readonly record struct RunState(bool HasKey, bool IsVerified, bool IsSwitchCompleted);

/// <summary>The rules of the rotation: from where it stands to what comes next, and nothing else.</summary>
internal static class RotationSteps
{
    public static RotationStep GetNext(ApiKeyRotationRecord record, RunState runState, RotationTarget target, DateTimeOffset now)
    {
        if (record.Stage == ApiKeyRotationStage.Creating)
        {
            return runState.HasKey ? (runState.IsVerified ? RotationStep.Deploy : RotationStep.Verify)
                : record.Current.IsWithdrawn || record.Current.ExpiresAt <= now ? RotationStep.Replace
                : RotationStep.Create;
        }

        // Found in this stage, the rotation was interrupted in it, and whatever secret was on its way is lost.
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
