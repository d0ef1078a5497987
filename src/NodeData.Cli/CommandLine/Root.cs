using System.CommandLine;
using System.CommandLine.Invocation;
using NodeData.Cli.Completion;
using NodeData.Cli.Doctor;
using NodeData.Cli.Emulation;
using NodeData.Cli.Failures;
using NodeData.Cli.Hooks;
using NodeData.Cli.Keys;
using NodeData.Cli.Me;
using NodeData.Cli.Output;
using NodeData.Cli.Programs;
using NodeData.Cli.Scan;
using NodeData.Cli.Secrets;
using NodeData.Cli.Webhooks;

namespace NodeData.Cli.CommandLine;

/// <summary>The root command, and the tool's error handling.</summary>
internal static class Root
{
    public static RootCommand Create(Terminal terminal) =>
        new("Work with Node Data from the command line.")
        {
            GlobalOptions.Json,
            GlobalOptions.Verbose,
            GlobalOptions.BaseUrl,
            GlobalOptions.KeyFile,
            new MeCommand(terminal),
            new DoctorCommand(terminal),
            KeysCommands.Create(terminal),
            WebhooksCommands.Create(terminal),
            new ScanCommand(terminal),
            HooksCommands.Create(terminal),
            new RunCommand(terminal),
            EmulatorCommands.Create(terminal),
            new CompletionCommand(terminal),
        };

    public static async Task<ExitCode> RunAsync(string[] arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        try
        {
            var parsed = Create(terminal).Parse(arguments);
            ArgumentSecrets.Reject(arguments, parsed.CommandResult.Command);
            if (UsageError.IsGroupWithoutSubcommand(parsed) && parsed.Action is ParseErrorAction)
            {
                return ShowHelp(parsed, terminal);
            }

            if (parsed.Errors.Count > 0)
            {
                throw UsageError.Create(parsed);
            }

            var configuration = new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                // SignalHandler handles the signals.
                ProcessTerminationTimeout = null,
                Output = terminal.Out,
                Error = terminal.Error,
            };
            var exitCode = (ExitCode)await parsed.InvokeAsync(configuration, cancellationToken).ConfigureAwait(false);
            await terminal.Out.FlushAsync(CancellationToken.None).ConfigureAwait(false);
            return exitCode;
        }
#pragma warning disable CA1031 // The top-level handler reports every exception.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return await ReportAsync(exception, arguments, terminal).ConfigureAwait(false);
        }
    }

    private static async Task<ExitCode> ReportAsync(Exception exception, string[] arguments, Terminal terminal)
    {
        var failure = Failure.FromException(exception);
        if (failure.Message.Length > 0)
        {
            await terminal.Error.WriteLineAsync($"node-data: {SecretFinder.Mask(failure.Message)}").ConfigureAwait(false);
        }

        if (failure.ExitCode == ExitCode.InternalError && arguments.Contains("--verbose"))
        {
            await terminal.Error.WriteLineAsync(SecretFinder.Mask(exception.ToString())).ConfigureAwait(false);
        }

        return failure.ExitCode;
    }

    private static ExitCode ShowHelp(ParseResult parsed, Terminal terminal)
    {
        var path = UsageError.GetPath(parsed.CommandResult.Command).Split(' ').Skip(1);
        Create(terminal).Parse([.. path, "--help"]).Invoke(new InvocationConfiguration { Output = terminal.Error });
        return ExitCode.Usage;
    }
}
