namespace NodeData.Sdk.Webhooks;

/// <summary>
/// The event of a downloaded file (<c>asset.downloaded</c>). The format of its data is not documented: use <see cref="WebhookEvent.DataJson"/>, or
/// <see cref="WebhookEvent.ReadData{T}"/> with a type of your own. Immutable.
/// </summary>
public sealed record AssetDownloadedEvent() : WebhookEvent(WebhookEventType.AssetDownloaded);
