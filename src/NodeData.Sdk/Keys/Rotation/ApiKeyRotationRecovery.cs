namespace NodeData.Sdk;

/// <summary>
/// Specifies how to recover from a rotation that was rejected or failed. Values may be added: for a value that you do not know, show the exception message.
/// </summary>
public enum ApiKeyRotationRecovery
{
    /// <summary>Fix the cause, then make the same call again. The old key is unchanged, and there is no new key.</summary>
    Retry = 0,

    /// <summary>
    /// The old key is revoked or expired: create another key with <see cref="KeysClient.CreateAsync(CreateApiKeyOptions, CancellationToken)"/>, and deploy it.
    /// </summary>
    CreateKey = 1,

    /// <summary>Wait until the other call finishes, then make the same call again.</summary>
    WaitAndRetry = 2,

    /// <summary>
    /// The old key is valid. To resume, fix the cause and rotate the same key again with the same store; what is missing is created again. To roll back,
    /// call <see cref="KeysClient.RollBackKeyRotationAsync"/>, which needs <see cref="ApiKeyRotationOptions.OldKey"/> and the sinks if a new key was deployed.
    /// </summary>
    ResumeOrRollBack = 3,

    /// <summary>
    /// The new key is deployed. Fix the cause, then rotate the same key again with the same store, or call <see cref="KeysClient.CompleteKeyRotationAsync"/>.
    /// </summary>
    Resume = 4,

    /// <summary>
    /// Fix the cause, then call <see cref="KeysClient.RollBackKeyRotationAsync"/>, which resumes a rollback that was started. Then rotate again.
    /// </summary>
    RollBack = 5,

    /// <summary>The rotation is completed: rotate the new key instead.</summary>
    RotateNewKey = 6,
}
