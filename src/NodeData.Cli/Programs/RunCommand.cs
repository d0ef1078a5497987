using System.CommandLine;
using NodeData.Cli.CommandLine;
using NodeData.Cli.Credentials;
using NodeData.Cli.Output;

namespace NodeData.Cli.Programs;

/// <summary>Runs a program with the key in its environment and nowhere else.</summary>
internal sealed class RunCommand : NodeDataCommand
{
    private readonly Argument<string[]> _command = ProgramArgument.Create();

    public RunCommand(Terminal terminal)
        : base("run", "Run a program with the API key in its environment", terminal) => Add(_command);

    protected override Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var settings = invocation.GetSettings();
        var variables = new Dictionary<string, string?>
        {
            [ClientSettings.KeyVariable] = settings.RequireKey().ResolveKey(cancellationToken).Reveal(),
            // A .NET host prefers this name, so its value would override the key.
            ["NodeData__ApiKey"] = null,
        };
        if (settings.Address is { } address)
        {
            variables[ClientSettings.AddressVariable] = address.Value;
        }

        if (settings.WebhookSecret is { } secret)
        {
            variables[ClientSettings.WebhookSecretVariable] = string.Join(
                ',',
                secret.ResolveWebhookSecrets(cancellationToken).Select(value => value.Reveal())
            );
        }

        var program = new ChildProgram(invocation.Get(_command)!, variables);
        return program.ReplaceCurrentProcessAsync(invocation.Terminal, cancellationToken);
    }
}
