using NodeData.Cli.CommandLine;
using NodeData.Cli.Credentials;
using NodeData.Cli.Failures;
using NodeData.Cli.Output;
using NodeData.Sdk;

namespace NodeData.Cli.Doctor;

/// <summary>Checks the common causes of problems and reports each with a remedy.</summary>
internal sealed class DoctorCommand(Terminal terminal)
    : NodeDataCommand("doctor", "Check keys, files, clock and service, and suggest fixes", terminal)
{
    protected override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        findings.AddRange(VersionCheck.Run());
        findings.AddRange(await CheckSettingsAsync(invocation, cancellationToken).ConfigureAwait(false));
        findings.Add(HookCheck.Run(invocation.Terminal));
        findings.AddRange(await RotationCheck.RunAsync(cancellationToken).ConfigureAwait(false));
        DoctorReport.Write(invocation, findings);
        return findings.Exists(finding => finding.Severity == FindingSeverity.Error) ? ExitCode.Failed : ExitCode.Ok;
    }

    private static async Task<List<Finding>> CheckSettingsAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        ClientSettings settings;
        try
        {
            settings = invocation.GetSettings();
        }
        catch (NodeDataConfigurationException exception)
        {
            return [Finding.Error(".env.local", "cannot be read", exception.Message)];
        }

        var findings = KeyCheck.Run(settings, cancellationToken).ToList();
        findings.Add(EnvLocalCheck.Run(settings));
        findings.Add(WebhookSecretCheck.Run(settings, cancellationToken));
        findings.Add(
            Finding.Ok(
                "base URL",
                settings.Address is { } address ? $"{address.Value} from {address.Source}" : "the default address of the service"
            )
        );
        findings.AddRange(await CheckServiceAsync(invocation, settings, cancellationToken).ConfigureAwait(false));
        return findings;
    }

    private static async Task<IReadOnlyList<Finding>> CheckServiceAsync(
        Invocation invocation,
        ClientSettings settings,
        CancellationToken cancellationToken
    )
    {
        try
        {
            using var node = ClientFactory.Create(settings, invocation.Terminal, invocation.IsVerbose);
            return await new ServiceCheck(node, invocation.Terminal.Time).RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (CommandFailedException exception)
        {
            return [Finding.Error("service", "not checked", settings.Key is null ? "Set a key first." : exception.Message)];
        }
    }
}
