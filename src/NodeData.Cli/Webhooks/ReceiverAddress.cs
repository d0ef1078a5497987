using NodeData.Cli.Failures;
using NodeData.Sdk.Webhooks;

namespace NodeData.Cli.Webhooks;

/// <summary>Parses the address of a receiver: https, or http on this machine, by the client's rules for endpoints.</summary>
internal static class ReceiverAddress
{
    /// <param name="text">The address.</param>
    /// <param name="setting">The setting's name, for the message.</param>
    /// <exception cref="CommandFailedException">Deliveries cannot be sent to the address.</exception>
    public static Uri Parse(string text, string setting)
    {
        try
        {
            return new CreateWebhookEndpointOptions(text).Url;
        }
        catch (ArgumentException exception)
        {
            var message = exception.Message.Replace("The endpoint's URL", setting, StringComparison.Ordinal);
            throw CommandFailedException.Usage(
                message.Replace($" (Parameter '{exception.ParamName}')", "", StringComparison.Ordinal),
                exception
            );
        }
    }
}
