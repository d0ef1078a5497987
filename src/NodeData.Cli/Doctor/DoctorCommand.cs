using NodeData.Cli.CommandLine;
using NodeData.Cli.Credentials;
using NodeData.Cli.Failures;
using NodeData.Cli.Output;
using NodeData.Sdk;

namespace NodeData.Cli.Doctor;

/// <summary>What a support engineer would look at, each with the cure.</summary>
internal sealed class DoctorCommand(Terminal terminal)
    : NodeDataCommand("doctor", "Check keys, files, clock and service, and say what to mend", terminal)
{
    protected override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        findings.AddRange(VersionCheck.Look());
        findings.AddRange(await LookAtSettingsAsync(invocation, cancellationToken).ConfigureAwait(false));
        findings.Add(HookCheck.Look(invocation.Terminal));
        findings.AddRange(await RotationCheck.LookAsync(cancellationToken).ConfigureAwait(false));
        DoctorReport.Write(invocation, findings);
        return findings.Exists(finding => finding.State == FindingState.Problem) ? ExitCode.Refused : ExitCode.Ok;
    }

    private static async Task<List<Finding>> LookAtSettingsAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        ClientSettings settings;
        try
        {
            settings = invocation.FindSettings();
        }
        catch (NodeDataConfigurationException mistake)
        {
            return [Finding.Problem(".env.local", "cannot be read", mistake.Message)];
        }

        var findings = KeyCheck.Look(settings, cancellationToken).ToList();
        findings.Add(EnvLocalCheck.Look(settings));
        findings.Add(WebhookSecretCheck.Look(settings, cancellationToken));
        findings.Add(
            Finding.Good("address", settings.Address is { } address ? $"{address.Value} from {address.Source}" : "the service's own")
        );
        findings.AddRange(await LookAtServiceAsync(invocation, settings, cancellationToken).ConfigureAwait(false));
        return findings;
    }

    private static async Task<IReadOnlyList<Finding>> LookAtServiceAsync(
        Invocation invocation,
        ClientSettings settings,
        CancellationToken cancellationToken
    )
    {
        try
        {
            using var node = ClientOpening.Open(settings, invocation.Terminal, invocation.IsVerbose);
            return await new ServiceCheck(node, invocation.Terminal.Time).LookAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (CommandFailedException mistake)
        {
            return [Finding.Problem("service", "not asked", settings.Key is null ? "Set a key first." : mistake.Message)];
        }
    }
}
