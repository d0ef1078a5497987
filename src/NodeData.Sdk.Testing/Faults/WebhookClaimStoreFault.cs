namespace NodeData.Sdk.Testing;

/// <summary>Specifies a fault of a call of a claim store.</summary>
public enum WebhookClaimStoreFault
{
    /// <summary>The call fails without changing the store.</summary>
    FailBeforeCall = 1,

    /// <summary>The call changes the store and then fails, as if its response were lost.</summary>
    DropResponse = 2,

    /// <summary>The call hangs until it is canceled, without changing the store.</summary>
    HangBeforeCall = 3,

    /// <summary>The call changes the store and then hangs until it is canceled.</summary>
    HangAfterCall = 4,
}
