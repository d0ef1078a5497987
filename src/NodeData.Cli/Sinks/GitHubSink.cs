using System.Text.RegularExpressions;
using NodeData.Cli.Failures;
using NodeData.Sdk;

namespace NodeData.Cli.Sinks;

/// <summary>
/// Stores the key as a GitHub Actions secret of a repository or of one of its environments, with <c>gh secret set</c>, which encrypts it for GitHub before it
/// is sent. A secret of the same name is replaced.
/// </summary>
internal sealed partial class GitHubSink : Sink
{
    private const string Form = "github:OWNER/REPO#NAME, or github:OWNER/REPO#NAME@ENVIRONMENT";

    private readonly SinkProgram _gh;
    private readonly string _repository;
    private readonly string _secret;
    private readonly string? _environment;

    /// <exception cref="CommandFailedException">The text does not name a secret.</exception>
    public GitHubSink(string reference, string target, SinkSetting setting)
        : base(reference)
    {
        var match = TargetPattern().Match(target);
        if (!match.Success)
        {
            throw CommandFailedException.Usage(
                $"--to {reference} does not name a GitHub secret. Use {Form}; NAME consists of letters, digits and _."
            );
        }

        _repository = match.Groups["repository"].Value;
        _secret = match.Groups["name"].Value;
        _environment = match.Groups["environment"] is { Success: true } environment ? environment.Value : null;
        _gh = new SinkProgram(setting.Terminal, "gh")
        {
            Variables = new Dictionary<string, string> { ["GH_PROMPT_DISABLED"] = "1", ["GH_NO_UPDATE_NOTIFIER"] = "1" },
        };
    }

    public override string Name =>
        $"GitHub secret {_secret} of {_repository}{(_environment is null ? "" : $", environment {_environment}")}";

    public override string Removal =>
        $"gh secret delete {_secret} --repo {_repository}{(_environment is null ? "" : $" --env '{_environment}'")}";

    /// <summary>Gets the public key that encrypts secrets. Access to it implies the permission to set secrets.</summary>
    public override async Task CheckAsync(CancellationToken cancellationToken)
    {
        _gh.Require(Reference, "Install it from https://cli.github.com and sign in: gh auth login");
        var secrets = _environment is null ? "actions/secrets" : $"environments/{Uri.EscapeDataString(_environment)}/secrets";
        var run = await _gh.RunAsync(["api", "--silent", $"repos/{_repository}/{secrets}/public-key"], cancellationToken)
            .ConfigureAwait(false);
        if (!run.IsSuccess)
        {
            throw CommandFailedException.Usage(
                $"--to {Reference}: gh is not allowed to set secrets there, or the {(_environment is null ? "repository" : "environment")} does not exist ({run.Message}). Check: gh auth status"
            );
        }
    }

    public override async Task DeployAsync(CreatedApiKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        string[] environmentArguments = _environment is null ? [] : ["--env", _environment];
        var run = await _gh.RunAsync(
                ["secret", "set", _secret, "--repo", _repository, .. environmentArguments],
                key.Reveal(),
                cancellationToken
            )
            .ConfigureAwait(false);
        run.RequireSuccess("gh secret set");
    }

    [GeneratedRegex(
        "^(?<repository>[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+)#(?<name>[A-Za-z_][A-Za-z0-9_]*)(@(?<environment>[^@\\s-][^\\r\\n]*))?$"
    )]
    private static partial Regex TargetPattern();
}
