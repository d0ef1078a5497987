using NodeData.Cli.CommandLine;
using NodeData.Cli.Failures;
using NodeData.Cli.Output;
using Spectre.Console;

namespace NodeData.Cli.Keys;

/// <summary>Prompts for confirmation in a terminal. In a script, the command runs without confirmation.</summary>
internal static class Confirmation
{
    /// <exception cref="CommandFailedException">The user declined.</exception>
    public static async Task RequireAsync(Terminal terminal, string message, CancellationToken cancellationToken)
    {
        if (!terminal.IsInputTerminal || !terminal.IsErrorTerminal)
        {
            return;
        }

        var prompt = new ConfirmationPrompt(Markup.Escape(PlainText.Sanitize(message))) { DefaultValue = false };
        if (!await prompt.ShowAsync(terminal.ErrorScreen, cancellationToken).ConfigureAwait(false))
        {
            throw new CommandFailedException(ExitCode.Failed, "Nothing was done.");
        }
    }
}
