using System.CommandLine;
using NodeData.Cli.Output;
using NodeData.Cli.Webhooks.Endpoints;
using NodeData.Cli.Webhooks.Listening;
using NodeData.Cli.Webhooks.Signing;

namespace NodeData.Cli.Webhooks;

/// <summary>Creates the <c>webhooks</c> command and its subcommands.</summary>
internal static class WebhooksCommands
{
    public static Command Create(Terminal terminal) =>
        new("webhooks", "Manage webhook endpoints, verify signatures and receive deliveries on this machine")
        {
            new WebhooksListCommand(terminal),
            new WebhooksCreateCommand(terminal),
            new WebhooksGetCommand(terminal),
            new WebhooksUpdateCommand(terminal),
            new WebhooksDeleteCommand(terminal),
            new WebhooksDeliveriesCommand(terminal),
            new WebhooksEventTypesCommand(terminal),
            new VerifyCommand(terminal),
            new SignCommand(terminal),
            new SendCommand(terminal),
            new ListenCommand(terminal),
        };
}
