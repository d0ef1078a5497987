using Microsoft.Extensions.DependencyInjection;

namespace NodeData.Sdk.Webhooks.Receiving.Handlers;

/// <summary>Validates a receiver's handlers when the receiver is constructed.</summary>
internal static class WebhookHandlersValidator
{
    public static HandlerRegistration[] Validate(string receiver, WebhookHandlers handlers, IServiceProvider? services)
    {
        if (handlers.Registrations.Count == 0)
        {
            throw new NodeDataConfigurationException(
                $"The webhook receiver {receiver} has no handler, so every event would be acknowledged and lost. "
                    + "Register one: on.ListingPurchased(…), on.Any(…)."
            );
        }

        var known = services?.GetService<IServiceProviderIsService>();
        foreach (
            var missing in handlers.Registrations.Where(handler => handler.ServiceType is { } type && known?.IsService(type) is not true)
        )
        {
            throw new NodeDataConfigurationException(
                $"The webhook handler {missing.ServiceType!.FullName} is not registered in the container. Register it: "
                    + $"builder.Services.AddScoped<{missing.ServiceType.Name}>()."
            );
        }

        return [.. handlers.Registrations];
    }
}
