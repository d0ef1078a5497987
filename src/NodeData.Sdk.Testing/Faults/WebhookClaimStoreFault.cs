namespace NodeData.Sdk.Testing;

/// <summary>What can go wrong with a call of a delivery log.</summary>
public enum WebhookClaimStoreFault
{
    /// <summary>The call fails, and nothing was changed.</summary>
    FailBeforeCall = 1,

    /// <summary>The change is made, and its answer is lost: the call fails.</summary>
    DropResponse = 2,

    /// <summary>The call does not end until it is cancelled, and nothing was changed.</summary>
    HangBeforeCall = 3,

    /// <summary>The change is made, and the call does not end until it is cancelled.</summary>
    HangAfterCall = 4,
}
