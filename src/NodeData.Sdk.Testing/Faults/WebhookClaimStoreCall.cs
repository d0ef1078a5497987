namespace NodeData.Sdk.Testing;

/// <summary>Specifies a method of a claim store. The set is closed: it has the methods of <see cref="Webhooks.IWebhookClaimStore"/>.</summary>
public enum WebhookClaimStoreCall
{
    /// <summary>The method <see cref="Webhooks.IWebhookClaimStore.ClaimAsync"/>.</summary>
    Claim = 1,

    /// <summary>The method <see cref="Webhooks.IWebhookClaimStore.RenewAsync"/>.</summary>
    Renew = 2,

    /// <summary>
    /// The method <see cref="Webhooks.IWebhookClaimStore.CompleteAsync"/>, and <see cref="Webhooks.ITransactionalWebhookClaimStore.CompleteAsync"/> of a
    /// transactional store.
    /// </summary>
    Complete = 3,

    /// <summary>The method <see cref="Webhooks.IWebhookClaimStore.ReleaseAsync"/>.</summary>
    Release = 4,
}
