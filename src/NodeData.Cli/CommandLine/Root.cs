using System.CommandLine;
using NodeData.Cli.Failures;
using NodeData.Cli.Keys;
using NodeData.Cli.Me;
using NodeData.Cli.Output;
using NodeData.Cli.Secrets;

namespace NodeData.Cli.CommandLine;

/// <summary>The whole command line.</summary>
internal static class Root
{
    public static RootCommand Create(Terminal terminal) =>
        new("The command line of Node Data.")
        {
            GlobalOptions.Json,
            GlobalOptions.Verbose,
            GlobalOptions.BaseUrl,
            GlobalOptions.KeyFile,
            new MeCommand(terminal),
            KeysCommands.Create(terminal),
        };

    public static async Task<ExitCode> RunAsync(string[] arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        try
        {
            ArgumentSecrets.Refuse(arguments);
            var parsed = Create(terminal).Parse(arguments);
            if (parsed.Errors is [var mistake, ..])
            {
                throw CommandFailedException.Usage($"{mistake.Message} `{PathOf(parsed.CommandResult.Command)} --help` shows how.");
            }

            var configuration = new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                // Signals are Interruption's.
                ProcessTerminationTimeout = null,
                Output = terminal.Out,
                Error = terminal.Error,
            };
            var exitCode = (ExitCode)await parsed.InvokeAsync(configuration, cancellationToken).ConfigureAwait(false);
            await terminal.Out.FlushAsync(CancellationToken.None).ConfigureAwait(false);
            return exitCode;
        }
#pragma warning disable CA1031 // The last place that can say what went wrong.
        catch (Exception cause)
#pragma warning restore CA1031
        {
            return await ReportAsync(cause, arguments, terminal).ConfigureAwait(false);
        }
    }

    private static async Task<ExitCode> ReportAsync(Exception cause, string[] arguments, Terminal terminal)
    {
        var failure = Failure.Of(cause);
        if (failure.Message.Length > 0)
        {
            await terminal.Error.WriteLineAsync($"node-data: {SecretFinder.Mask(failure.Message)}").ConfigureAwait(false);
        }

        if (failure.ExitCode == ExitCode.Unexpected && arguments.Contains("--verbose"))
        {
            await terminal.Error.WriteLineAsync(SecretFinder.Mask(cause.ToString())).ConfigureAwait(false);
        }

        return failure.ExitCode;
    }

    private static string PathOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{PathOf(parent)} {command.Name}" : "node-data";
}
