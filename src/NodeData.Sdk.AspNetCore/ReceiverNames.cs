using System.Runtime.CompilerServices;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.AspNetCore;

/// <summary>
/// Ensures that the receivers of an application have different names. Two receivers with the same name would treat each other's events as duplicates.
/// </summary>
internal static class ReceiverNames
{
    private static readonly ConditionalWeakTable<
        IServiceProvider,
        Dictionary<string, (WebhookReceiver Receiver, string Pattern)>
    > Registered = [];

    public static void Register(IServiceProvider application, WebhookReceiver receiver, string pattern)
    {
        var registered = Registered.GetOrCreateValue(application);
        lock (registered)
        {
            if (!registered.TryAdd(receiver.Name, (receiver, pattern)) && registered[receiver.Name].Receiver != receiver)
            {
                throw new NodeDataConfigurationException(
                    $"The webhook receivers at {registered[receiver.Name].Pattern} and {pattern} have the same name, {receiver.Name}, so each would treat "
                        + "the other's events as duplicates. Pass a different name for one of them: MapNodeDataWebhooks(…, name: \"…\")."
                );
            }
        }
    }
}
