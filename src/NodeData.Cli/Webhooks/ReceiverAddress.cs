using NodeData.Cli.Failures;
using NodeData.Sdk.Webhooks;

namespace NodeData.Cli.Webhooks;

/// <summary>Where a delivery can go: https, or http on this machine, by the client's own rules for endpoints.</summary>
internal static class ReceiverAddress
{
    /// <param name="text">The address.</param>
    /// <param name="setting">What holds it, for the message.</param>
    /// <exception cref="CommandFailedException">No delivery can go there.</exception>
    public static Uri Parse(string text, string setting)
    {
        try
        {
            return new CreateWebhookEndpointOptions(text).Url;
        }
        catch (ArgumentException exception)
        {
            var message = exception.Message.Replace("The endpoint's url", setting, StringComparison.Ordinal);
            throw CommandFailedException.Usage(
                message.Replace($" (Parameter '{exception.ParamName}')", "", StringComparison.Ordinal),
                exception
            );
        }
    }
}
