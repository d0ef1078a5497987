using System.CommandLine;
using NodeData.Cli.CommandLine;
using NodeData.Cli.Credentials;
using NodeData.Cli.Output;
using NodeData.Cli.Programs;
using NodeData.Emulator;
using NodeData.Sdk;

namespace NodeData.Cli.Emulation;

/// <summary>Starts an emulator, runs a program against it, and stops the emulator when the program exits.</summary>
internal sealed class EmulatorExecCommand : NodeDataCommand
{
    private readonly EmulatorSettings _settings = new();

    private readonly Option<string> _mode = new("--mode")
    {
        Description = "Mode of the program's key, test (the default) or live",
        DefaultValueFactory = _ => "test",
        HelpName = "MODE",
    };

    private readonly Argument<string[]> _command = ProgramArgument.Create();

    public EmulatorExecCommand(Terminal terminal)
        : base("exec", "Start an emulator, run a program against it, and exit with the program's exit code", terminal)
    {
        _settings.AddTo(this);
        Add(_mode.AcceptOnlyFromAmong("test", "live"));
        Add(_command);
    }

    protected override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var mode = invocation.Get(_mode) == "live" ? KeyMode.Live : KeyMode.Test;
        var secret = _settings.GetWebhookSecret(invocation, mode);
        var emulator = await NodeDataEmulator
            .StartAsync(_settings.CreateOptions(invocation, secret), cancellationToken)
            .ConfigureAwait(false);
        await using (emulator.ConfigureAwait(false))
        {
            var variables = new Dictionary<string, string?>
            {
                [ClientSettings.AddressVariable] = emulator.BaseAddress.ToString(),
                [ClientSettings.KeyVariable] = (mode == KeyMode.Live ? emulator.LiveKey : emulator.TestKey).Reveal(),
                [ClientSettings.WebhookSecretVariable] = secret.Reveal(),
            };
            // A .NET host prefers these to the variables above, and would send a real key to the emulator.
            foreach (var name in Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(IsHostConfigurationVariable))
            {
                variables[name] = null;
            }

            return await new ChildProgram(invocation.Get(_command)!, variables)
                .RunAsync(invocation.Terminal, cancellationToken)
                .ConfigureAwait(false);
        }
    }

    private static bool IsHostConfigurationVariable(string variable) =>
        variable.StartsWith("NodeData__ApiKey", StringComparison.OrdinalIgnoreCase)
        || variable.StartsWith("NodeData__BaseAddress", StringComparison.OrdinalIgnoreCase)
        || variable.StartsWith("NodeData__WebhookSecrets", StringComparison.OrdinalIgnoreCase);
}
