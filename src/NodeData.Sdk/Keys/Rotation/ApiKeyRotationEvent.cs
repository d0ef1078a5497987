namespace NodeData.Sdk;

/// <summary>What happens in a rotation. More may come: show the message of one that is not known.</summary>
public enum ApiKeyRotationEvent
{
    /// <summary>It began.</summary>
    Started,

    /// <summary>It began, with its overlap cut to what is left of the old key's life.</summary>
    StartedWithShortenedOverlap,

    /// <summary>It goes on from where an earlier run left it.</summary>
    Resumed,

    /// <summary>The service is asked for the new key, <see cref="ApiKeyRotationProgress.NewKeyName"/>.</summary>
    Creating,

    /// <summary>The new key is there: <see cref="ApiKeyRotationProgress.NewKeyId"/>.</summary>
    Created,

    /// <summary>The secret of the key before cannot be had again, so another is made.</summary>
    Replacing,

    /// <summary>The new key is not accepted yet, and is looked at again.</summary>
    NotAcceptedYet,

    /// <summary>The new key works.</summary>
    Verified,

    /// <summary>A key is being brought to <see cref="ApiKeyRotationProgress.Sink"/>: the new one, or in an abort the old one.</summary>
    Deploying,

    /// <summary>Every sink has the new key, and both are accepted.</summary>
    Deployed,

    /// <summary>The client uses the new key from now on.</summary>
    ClientKeySwitched,

    /// <summary>The client uses another key than the old one, and was left alone.</summary>
    ClientKeyUnchanged,

    /// <summary>The overlap is waited for, until <see cref="ApiKeyRotationProgress.OverlapEndsAt"/>.</summary>
    Overlapping,

    /// <summary>Somebody used the old key after the new one was deployed: look for who has not taken it yet.</summary>
    OldKeyStillInUse,

    /// <summary>The old key could not be looked at during the overlap, and is looked at again later.</summary>
    OldKeyCheckFailed,

    /// <summary>The old key is revoked or expired before the overlap is over, so that nothing is left to wait for.</summary>
    OldKeyNoLongerActive,

    /// <summary>A key of this rotation that nobody is to have was revoked: <see cref="ApiKeyRotationProgress.RevokedKeyId"/>.</summary>
    Revoked,

    /// <summary>The old key is revoked, and the new one is in its place. The end.</summary>
    Completed,

    /// <summary>The old key is back in every sink, and both are accepted.</summary>
    OldKeyRestored,

    /// <summary>The client uses the old key again.</summary>
    ClientKeyRestored,

    /// <summary>The old key is in its place, and what the rotation made is revoked. The end.</summary>
    RolledBack,

    /// <summary>It stopped; the exception tells why, and what can be done.</summary>
    Failed,

    /// <summary>It was cancelled.</summary>
    Canceled,
}
