using System.Text.Json;
using System.Text.RegularExpressions;
using NodeData.Cli.Failures;
using NodeData.Cli.Output;
using NodeData.Sdk;

namespace NodeData.Cli.Sinks;

/// <summary>
/// An environment variable of a Vercel project, through <c>vercel env add</c>, which replaces one of the same name and environment. Sensitive, so that nobody
/// reads it back, except for development, where Vercel allows none.
/// </summary>
internal sealed partial class VercelSink : Sink
{
    private const string TeamVariable = "VERCEL_ORG_ID";
    private const string ProjectVariable = "VERCEL_PROJECT_ID";

    private readonly SinkProgram _vercel;
    private readonly string _project;
    private readonly string _variable;
    private readonly string _environment;
    private readonly string? _team;

    /// <exception cref="CommandFailedException">The text names no variable.</exception>
    public VercelSink(string reference, string target, SinkSetting setting)
        : base(reference)
    {
        var match = TargetPattern().Match(target);
        if (!match.Success)
        {
            throw CommandFailedException.Usage(
                $"--to {reference} names no variable of Vercel's. Write vercel:PROJECT#NAME@ENVIRONMENT, such as vercel:shop#NODE_DATA_API_KEY@production."
            );
        }

        _project = match.Groups["project"].Value;
        _variable = match.Groups["name"].Value;
        _environment = match.Groups["environment"].Value;
        _team = Terminal.GetVariable(TeamVariable) ?? GetLinkedTeam(setting.Terminal.Folder);
        _vercel = new SinkProgram(setting.Terminal, "vercel")
        {
            Variables = new Dictionary<string, string>
            {
                [TeamVariable] = _team ?? "",
                [ProjectVariable] = _project,
                ["NO_UPDATE_NOTIFIER"] = "1",
                ["NO_COLOR"] = "1",
            },
        };
    }

    public override string Name => $"Vercel variable {_variable} of {_project}, {_environment}";

    public override string Removal => $"vercel env rm {_variable} {_environment}";

    /// <summary>Lists the project's variables: whoever may do that is logged in, and the project is there.</summary>
    public override async Task CheckAsync(CancellationToken cancellationToken)
    {
        _vercel.Require(Reference, "Install it: npm install --global vercel; and log in: vercel login");
        if (_team is null)
        {
            throw CommandFailedException.Usage(
                $"--to {Reference}: whose project is it? Set {TeamVariable} to the team's id (its settings show it), or run this in a folder linked with `vercel link`."
            );
        }

        var run = await _vercel.RunAsync(["env", "ls", _environment], cancellationToken).ConfigureAwait(false);
        if (!run.IsSuccess)
        {
            throw CommandFailedException.Usage(
                $"--to {Reference}: vercel may not look at the project, or there is none ({run.Message}). See: vercel whoami"
            );
        }
    }

    public override async Task DeployAsync(CreatedApiKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        // It would ask for a branch; the empty one is every branch.
        string[] branch = _environment == "preview" ? [""] : [];
        string[] kind = _environment == "development" ? [] : ["--sensitive"];
        var run = await _vercel
            .RunAsync(["env", "add", _variable, _environment, .. branch, .. kind, "--force"], key.Reveal(), cancellationToken)
            .ConfigureAwait(false);
        run.RequireSuccess("vercel env add");
    }

    // What `vercel link` wrote. It may be another project of the same team.
    private static string? GetLinkedTeam(string folder)
    {
        var path = Path.Combine(folder, ".vercel", "project.json");
        try
        {
            using var link = JsonDocument.Parse(File.ReadAllBytes(path));
            return link.RootElement.GetProperty("orgId").GetString();
        }
        catch (Exception failure)
            when (failure
                    is IOException
                        or UnauthorizedAccessException
                        or JsonException
                        or KeyNotFoundException
                        or InvalidOperationException
            )
        {
            return null;
        }
    }

    [GeneratedRegex("^(?<project>[A-Za-z0-9_][A-Za-z0-9._-]*)#(?<name>[A-Za-z_][A-Za-z0-9_]*)@(?<environment>[A-Za-z0-9][A-Za-z0-9_-]*)$")]
    private static partial Regex TargetPattern();
}
