using System.Runtime.CompilerServices;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.AspNetCore;

/// <summary>The names of an application's receivers. Two of one name would take each other's events for duplicates.</summary>
internal static class ReceiverNames
{
    private static readonly ConditionalWeakTable<IServiceProvider, Dictionary<string, (WebhookReceiver Receiver, string Pattern)>> Taken =
    [];

    public static void Take(IServiceProvider application, WebhookReceiver receiver, string pattern)
    {
        var taken = Taken.GetOrCreateValue(application);
        lock (taken)
        {
            if (!taken.TryAdd(receiver.Name, (receiver, pattern)) && taken[receiver.Name].Receiver != receiver)
            {
                throw new NodeDataConfigurationException(
                    $"The webhook receivers at {taken[receiver.Name].Pattern} and {pattern} are both called {receiver.Name}, so each would take the other's events "
                        + "for duplicates. Give one another name: MapNodeDataWebhooks(…, name: \"…\")."
                );
            }
        }
    }
}
