namespace NodeData.Sdk;

/// <summary>What can be done about a rotation that was refused or stopped. More may come: show the message for one that is not known.</summary>
public enum KeyRotationNext
{
    /// <summary>Mend what the reason names, then make the same call again. The old key is untouched, and no new one is about.</summary>
    Mend,

    /// <summary>The old key is over: make a key in its place with <see cref="KeysClient.CreateAsync(NewKey, CancellationToken)"/>, and deploy it.</summary>
    Create,

    /// <summary>Wait until the other run ends, then make the same call again.</summary>
    Wait,

    /// <summary>
    /// The old key is accepted. To go on, mend what the reason names and rotate the same key again with the same log: what is missing is made anew. To go
    /// back, call <see cref="KeysClient.AbortRotationAsync"/>; it needs <see cref="KeyRotationPlan.OldKey"/> and the sinks where a new key was deployed.
    /// </summary>
    GoOnOrAbort,

    /// <summary>
    /// The new key is deployed: mend what the reason names, then rotate the same key again with the same log, or call
    /// <see cref="KeysClient.CompleteRotationAsync"/>.
    /// </summary>
    GoOn,

    /// <summary>Mend what the reason names, then call <see cref="KeysClient.AbortRotationAsync"/>; where that was begun, it goes on. Then rotate anew.</summary>
    Abort,

    /// <summary>The rotation is over: rotate the new key instead.</summary>
    RotateNewKey,
}
