namespace NodeData.Sdk;

/// <summary>What can be done about a rotation that was refused or stopped. More may come: show the message for one that is not known.</summary>
public enum ApiKeyRotationRecovery
{
    /// <summary>Mend what the reason names, then make the same call again. The old key is untouched, and no new one is about.</summary>
    Retry,

    /// <summary>The old key is over: make a key in its place with <see cref="KeysClient.CreateAsync(CreateApiKeyOptions, CancellationToken)"/>, and deploy it.</summary>
    CreateKey,

    /// <summary>Wait until the other run ends, then make the same call again.</summary>
    WaitAndRetry,

    /// <summary>
    /// The old key is accepted. To go on, mend what the reason names and rotate the same key again with the same log: what is missing is made anew. To go
    /// back, call <see cref="KeysClient.RollBackKeyRotationAsync"/>; it needs <see cref="ApiKeyRotationOptions.OldKey"/> and the sinks where a new key was deployed.
    /// </summary>
    ResumeOrRollBack,

    /// <summary>
    /// The new key is deployed: mend what the reason names, then rotate the same key again with the same log, or call
    /// <see cref="KeysClient.CompleteKeyRotationAsync"/>.
    /// </summary>
    Resume,

    /// <summary>Mend what the reason names, then call <see cref="KeysClient.RollBackKeyRotationAsync"/>; where that was begun, it goes on. Then rotate anew.</summary>
    RollBack,

    /// <summary>The rotation is over: rotate the new key instead.</summary>
    RotateNewKey,
}
