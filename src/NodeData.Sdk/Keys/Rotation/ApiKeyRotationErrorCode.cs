namespace NodeData.Sdk;

/// <summary>Specifies why a rotation was rejected or failed. Values may be added: handle a value that you do not know like <see cref="Unknown"/>.</summary>
public enum ApiKeyRotationErrorCode
{
    /// <summary>The error has no specific code; see the inner exception.</summary>
    Unknown = 0,

    /// <summary>The old key is already revoked.</summary>
    OldKeyRevoked = 1,

    /// <summary>The old key has expired; <see cref="ApiKeyRotationException.Key"/> contains the time.</summary>
    OldKeyExpired = 2,

    /// <summary>The old key is neither active, revoked nor expired; <see cref="ApiKeyRotationException.Key"/> contains its status.</summary>
    OldKeyNotActive = 3,

    /// <summary>The mode of the old key, or <see cref="ApiKeyRotationOptions.Mode"/>, differs from the mode of the client.</summary>
    ModeMismatch = 4,

    /// <summary>The service did not return the scopes of the old key, and <see cref="ApiKeyRotationOptions.Scopes"/> is not set.</summary>
    ScopesUnknown = 5,

    /// <summary>The service did not return the lifetime of the old key, and <see cref="ApiKeyRotationOptions.ExpiresIn"/> is not set.</summary>
    LifetimeUnknown = 6,

    /// <summary>The name of the old key cannot be used again, and <see cref="ApiKeyRotationOptions.NewName"/> is not set.</summary>
    InvalidName = 7,

    /// <summary>The client uses the old key, and the new one could not manage keys.</summary>
    ClientKeyNeedsFullAccess = 8,

    /// <summary>The client uses the old key, and there would be no overlap.</summary>
    ClientKeyNeedsOverlap = 9,

    /// <summary><see cref="ApiKeyRotationOptions.OldKey"/> is not the key that is rotated.</summary>
    OldKeyMismatch = 10,

    /// <summary>A rotation that is not in this store created <see cref="ApiKeyRotationException.Key"/>, which is still valid.</summary>
    AnotherRotation = 11,

    /// <summary>Another call is rotating the key.</summary>
    InProgress = 12,

    /// <summary>The store has no such rotation.</summary>
    NotFound = 13,

    /// <summary>The store could not be written; see the inner exception.</summary>
    StoreFailed = 14,

    /// <summary>The rotation is being rolled back; complete the rollback first.</summary>
    RollbackInProgress = 15,

    /// <summary>A key must be deployed, and neither <see cref="ApiKeyRotationOptions.Deploy"/> nor <see cref="ApiKeyRotationOptions.Sinks"/> is set.</summary>
    NoSink = 16,

    /// <summary>A sink failed: <see cref="ApiKeyRotationException.Deployment"/> contains its name, and the inner exception is the cause.</summary>
    SinkFailed = 17,

    /// <summary>A call to the service failed; see the inner exception.</summary>
    RequestFailed = 18,

    /// <summary>The service identifies the new key as another key, or as a key of a different mode.</summary>
    NewKeyMismatch = 19,

    /// <summary>The service did not return the scopes of the new key.</summary>
    NewKeyScopesUnknown = 20,

    /// <summary>The new key lacks requested scopes: <see cref="ApiKeyRotationException.MissingScopes"/>.</summary>
    NewKeyMissingScopes = 21,

    /// <summary>The new key has full access, which was not requested.</summary>
    NewKeyHasFullAccess = 22,

    /// <summary>The service did not revoke <see cref="ApiKeyRotationException.Key"/>: its response has another status.</summary>
    RevocationFailed = 23,

    /// <summary>The rotation has created the maximum number of keys, and none could be deployed to every sink.</summary>
    TooManyAttempts = 24,

    /// <summary>The new key was deployed, and has since been revoked outside this rotation or has expired.</summary>
    NewKeyNotActive = 25,

    /// <summary>The <see cref="IApiKeyProvider"/> of the client still returned the old key after the switch.</summary>
    ClientKeyNotSwitched = 26,

    /// <summary>The client still uses the old key, or an earlier key of the rotation, and would have no valid key after its revocation.</summary>
    ClientStillUsesOldKey = 27,

    /// <summary>The client still uses a new key that is rolled back, and would have no valid key after its revocation.</summary>
    ClientStillUsesNewKey = 28,

    /// <summary>
    /// The rotation is completed: it can be neither repeated nor rolled back. If it was repeated, <see cref="ApiKeyRotationException.Key"/> is the new key.
    /// </summary>
    AlreadyCompleted = 29,

    /// <summary>The old key is no longer valid, so it cannot be restored.</summary>
    OldKeyUnavailable = 30,

    /// <summary>Restoring the old key requires <see cref="ApiKeyRotationOptions.OldKey"/>.</summary>
    OldKeyRequired = 31,

    /// <summary>The service does not accept <see cref="ApiKeyRotationOptions.OldKey"/>; the inner exception contains the response.</summary>
    OldKeyRejected = 32,

    /// <summary>The rotation did not finish in the expected number of steps: an error in this library.</summary>
    InternalError = 33,

    /// <summary>
    /// The key is the new key of a rotation that is not finished, which must be completed or rolled back first: <see cref="ApiKeyRotationException.Rotation"/>. If
    /// that rotation is not in the store, <see cref="ApiKeyRotationException.Key"/> is its old key, which is still valid.
    /// </summary>
    UnfinishedRotation = 34,
}
