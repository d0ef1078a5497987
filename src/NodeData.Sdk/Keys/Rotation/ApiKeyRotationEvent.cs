namespace NodeData.Sdk;

/// <summary>
/// Specifies an event of a rotation. Values may be added: for a value that you do not know, show <see cref="ApiKeyRotationProgress.Message"/>.
/// </summary>
public enum ApiKeyRotationEvent
{
    /// <summary>The rotation started.</summary>
    Started = 0,

    /// <summary>The rotation started, with its overlap shortened to the remaining lifetime of the old key.</summary>
    StartedWithShortenedOverlap = 1,

    /// <summary>The rotation was resumed.</summary>
    Resumed = 2,

    /// <summary>The new key, <see cref="ApiKeyRotationProgress.NewKeyName"/>, is being created.</summary>
    Creating = 3,

    /// <summary>The new key, <see cref="ApiKeyRotationProgress.NewKeyId"/>, was created.</summary>
    Created = 4,

    /// <summary>A replacement is being created, because the secret of the previous key cannot be read again.</summary>
    Replacing = 5,

    /// <summary>The service does not accept the new key yet; the check is retried.</summary>
    NotAcceptedYet = 6,

    /// <summary>The new key was verified.</summary>
    Verified = 7,

    /// <summary>A key is being deployed to <see cref="ApiKeyRotationProgress.Sink"/>: the new one, or during a rollback the old one.</summary>
    Deploying = 8,

    /// <summary>Every sink has the new key, and both keys are valid.</summary>
    Deployed = 9,

    /// <summary>The client was switched to the new key.</summary>
    ClientKeySwitched = 10,

    /// <summary>The client does not use the old key, so its key is unchanged.</summary>
    ClientKeyUnchanged = 11,

    /// <summary>The overlap is in progress, until <see cref="ApiKeyRotationProgress.OverlapEndsAt"/>.</summary>
    Overlapping = 12,

    /// <summary>The old key was used after the new one was deployed: find the application that has not switched yet.</summary>
    OldKeyStillInUse = 13,

    /// <summary>The old key could not be read during the overlap; the check is retried later.</summary>
    OldKeyCheckFailed = 14,

    /// <summary>The old key was revoked or has expired before the end of the overlap, so the overlap ends.</summary>
    OldKeyNoLongerActive = 15,

    /// <summary>A superseded key of this rotation, <see cref="ApiKeyRotationProgress.RevokedKeyId"/>, was revoked.</summary>
    Revoked = 16,

    /// <summary>The old key was revoked and is replaced by the new one. The rotation is completed.</summary>
    Completed = 17,

    /// <summary>Every sink has the old key again, and both keys are valid.</summary>
    OldKeyRestored = 18,

    /// <summary>The client was switched back to the old key.</summary>
    ClientKeyRestored = 19,

    /// <summary>The rotation was rolled back: the old key is active, and the keys that the rotation created are revoked.</summary>
    RolledBack = 20,

    /// <summary>The rotation failed; the exception gives the reason and the possible recovery.</summary>
    Failed = 21,

    /// <summary>The rotation was canceled.</summary>
    Canceled = 22,
}
