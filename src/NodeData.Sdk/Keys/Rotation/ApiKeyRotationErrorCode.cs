namespace NodeData.Sdk;

/// <summary>Why a rotation was refused, or stopped on its way. More may come: take one that is not known for <see cref="Unknown"/>.</summary>
public enum ApiKeyRotationErrorCode
{
    /// <summary>Something that has no reason of its own; the inner exception tells it.</summary>
    Unknown,

    /// <summary>The old key is revoked already.</summary>
    OldKeyRevoked,

    /// <summary>The old key has expired; <see cref="ApiKeyRotationException.Key"/> says when.</summary>
    OldKeyExpired,

    /// <summary>The old key is neither active nor over; <see cref="ApiKeyRotationException.Key"/> has the service's word for it.</summary>
    OldKeyNotActive,

    /// <summary>The old key, or <see cref="ApiKeyRotationOptions.Mode"/>, is of the other mode than the client.</summary>
    OtherMode,

    /// <summary>The service does not say what the old key may do, and the plan has no <see cref="ApiKeyRotationOptions.Scopes"/>.</summary>
    ScopesUnknown,

    /// <summary>The service does not say how long the old key was to live, and the plan has no <see cref="ApiKeyRotationOptions.ExpiresIn"/>.</summary>
    LifetimeUnknown,

    /// <summary>The old key's name cannot be given again, and the plan has no <see cref="ApiKeyRotationOptions.NewName"/>.</summary>
    InvalidName,

    /// <summary>The client runs on the old key, and the new one could not manage keys.</summary>
    ClientKeyNeedsFullAccess,

    /// <summary>The client runs on the old key, and there would be no overlap.</summary>
    ClientKeyNeedsOverlap,

    /// <summary><see cref="ApiKeyRotationOptions.OldKey"/> is another key than the one that is rotated.</summary>
    OldKeyMismatch,

    /// <summary>A rotation that this log does not know has made <see cref="ApiKeyRotationException.Key"/>, which is still accepted.</summary>
    AnotherRotation,

    /// <summary>Another run is rotating the key at this moment.</summary>
    InProgress,

    /// <summary>The log has no such rotation.</summary>
    NotFound,

    /// <summary>The log could not be written; the inner exception tells why.</summary>
    StoreFailed,

    /// <summary>The rotation is being aborted, which must end first.</summary>
    RollbackInProgress,

    /// <summary>A key must be deployed, and the plan has neither <see cref="ApiKeyRotationOptions.Deploy"/> nor <see cref="ApiKeyRotationOptions.Sinks"/>.</summary>
    NoSink,

    /// <summary>A sink did not take the key: <see cref="ApiKeyRotationException.Deployment"/> says which, the inner exception why.</summary>
    SinkFailed,

    /// <summary>A call to the service failed; the inner exception tells how.</summary>
    CallFailed,

    /// <summary>The service takes the new key for another key, or for one of the other mode.</summary>
    NewKeyMismatch,

    /// <summary>The service does not say what the new key may do.</summary>
    NewKeyScopesUnknown,

    /// <summary>The new key may not do all that was asked for: <see cref="ApiKeyRotationException.MissingScopes"/>.</summary>
    NewKeyMissingScopes,

    /// <summary>The new key may do everything, and that was not asked for.</summary>
    NewKeyHasFullAccess,

    /// <summary>The service was asked to revoke <see cref="ApiKeyRotationException.Key"/>, and answered that it is something else than revoked.</summary>
    RevocationFailed,

    /// <summary>As many keys were made as one rotation makes, and none came to all its places.</summary>
    TooManyAttempts,

    /// <summary>The new key was deployed, and then revoked or expired from elsewhere.</summary>
    NewKeyNotActive,

    /// <summary>What gives the client its key went on giving the old one.</summary>
    ClientKeyNotSwitched,

    /// <summary>The client still runs on the old key, and revoking it would cut the client off.</summary>
    ClientStillUsesOldKey,

    /// <summary>The client still runs on a key that is to be taken back, and revoking it would cut the client off.</summary>
    ClientStillUsesNewKey,

    /// <summary>The rotation is completed, and cannot be aborted any more.</summary>
    AlreadyCompleted,

    /// <summary>The old key is not accepted any more, so that there is nothing to go back to.</summary>
    OldKeyUnavailable,

    /// <summary>To put the old key back, <see cref="ApiKeyRotationOptions.OldKey"/> is needed.</summary>
    OldKeyRequired,

    /// <summary>The service does not accept <see cref="ApiKeyRotationOptions.OldKey"/>; the inner exception has its answer.</summary>
    OldKeyRejected,

    /// <summary>The rotation went in circles: a defect of this library.</summary>
    InternalError,
}
