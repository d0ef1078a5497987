namespace NodeData.Sdk.Testing;

/// <summary>A call of a delivery log. The set is closed: it is that of <see cref="Webhooks.IWebhookClaimStore"/>.</summary>
public enum WebhookClaimStoreCall
{
    /// <summary><see cref="Webhooks.IWebhookClaimStore.ClaimAsync"/>.</summary>
    Claim = 1,

    /// <summary><see cref="Webhooks.IWebhookClaimStore.RenewAsync"/>.</summary>
    Renew = 2,

    /// <summary>
    /// <see cref="Webhooks.IWebhookClaimStore.CompleteAsync"/>, and <see cref="Webhooks.ITransactionalWebhookClaimStore.CompleteAsync"/> where the log has it.
    /// </summary>
    Complete = 3,

    /// <summary><see cref="Webhooks.IWebhookClaimStore.ReleaseAsync"/>.</summary>
    Release = 4,
}
