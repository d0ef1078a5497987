using System.Runtime.CompilerServices;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.AspNetCore;

/// <summary>The names of an application's receivers. Two of one name would take each other's events for duplicates.</summary>
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
                    $"The webhook receivers at {registered[receiver.Name].Pattern} and {pattern} are both called {receiver.Name}, so each would take the other's events "
                        + "for duplicates. Give one another name: MapNodeDataWebhooks(…, name: \"…\")."
                );
            }
        }
    }
}
