namespace NodeData.Sdk.Webhooks;

/// <summary>
/// A file was downloaded (<c>asset.downloaded</c>). No shape of its data is documented: read <see cref="WebhookEvent.DataJson"/>, or
/// <see cref="WebhookEvent.ReadData{T}"/> as a type of your own. Immutable.
/// </summary>
public sealed record AssetDownloadedEvent() : WebhookEvent(WebhookEventType.AssetDownloaded);
