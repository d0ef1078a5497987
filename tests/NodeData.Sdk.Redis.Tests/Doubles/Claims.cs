using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Redis.Tests.Doubles;

internal static class Claims
{
    public static WebhookClaim Create(string eventId, string owner = "owner") =>
        new(new("orders", eventId, "handler"), owner, TimeSpan.FromMinutes(5), TimeSpan.FromDays(7));
}
