namespace NodeData.Sdk.Testing;

/// <summary>A call of a delivery log. The set is closed: it is that of <see cref="Webhooks.IWebhookDeliveryLog"/>.</summary>
public enum WebhookDeliveryLogCall
{
    /// <summary><see cref="Webhooks.IWebhookDeliveryLog.ClaimAsync"/>.</summary>
    Claim = 1,

    /// <summary><see cref="Webhooks.IWebhookDeliveryLog.RenewAsync"/>.</summary>
    Renew = 2,

    /// <summary>
    /// <see cref="Webhooks.IWebhookDeliveryLog.CompleteAsync"/>, and <see cref="Webhooks.ITransactionalWebhookDeliveryLog.CompleteAsync"/> where the log has it.
    /// </summary>
    Complete = 3,

    /// <summary><see cref="Webhooks.IWebhookDeliveryLog.ReleaseAsync"/>.</summary>
    Release = 4,
}
