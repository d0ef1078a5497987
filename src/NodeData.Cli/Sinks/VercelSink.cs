using System.Text.Json;
using System.Text.RegularExpressions;
using NodeData.Cli.Failures;
using NodeData.Cli.Output;
using NodeData.Sdk;

namespace NodeData.Cli.Sinks;

/// <summary>
/// Stores the key as an environment variable of a Vercel project, with <c>vercel env add</c>, which replaces one of the same name and environment. The variable
/// is sensitive, so that it cannot be read back, except for development, where Vercel does not allow sensitive variables.
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

    /// <exception cref="CommandFailedException">The text does not name a variable.</exception>
    public VercelSink(string reference, string target, SinkSetting setting)
        : base(reference)
    {
        var match = TargetPattern().Match(target);
        if (!match.Success)
        {
            throw CommandFailedException.Usage(
                $"--to {reference} does not name a Vercel variable. Use vercel:PROJECT#NAME@ENVIRONMENT, such as vercel:shop#NODE_DATA_API_KEY@production."
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

    /// <summary>Lists the project's variables, which verifies that vercel is signed in and that the project exists.</summary>
    public override async Task CheckAsync(CancellationToken cancellationToken)
    {
        _vercel.Require(Reference, "Install it with npm install --global vercel, and sign in with vercel login.");
        if (_team is null)
        {
            throw CommandFailedException.Usage(
                $"--to {Reference}: the project's team is unknown. Set {TeamVariable} to the team's ID (shown in its settings), or run this in a directory linked with `vercel link`."
            );
        }

        var run = await _vercel.RunAsync(["env", "ls", _environment], cancellationToken).ConfigureAwait(false);
        if (!run.IsSuccess)
        {
            throw CommandFailedException.Usage(
                $"--to {Reference}: vercel cannot access the project, or it does not exist ({run.Message}). Check: vercel whoami"
            );
        }
    }

    public override async Task DeployAsync(CreatedApiKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        // Without a branch, vercel prompts for one; the empty name means all branches.
        string[] branch = _environment == "preview" ? [""] : [];
        string[] kind = _environment == "development" ? [] : ["--sensitive"];
        var run = await _vercel
            .RunAsync(["env", "add", _variable, _environment, .. branch, .. kind, "--force"], key.Reveal(), cancellationToken)
            .ConfigureAwait(false);
        run.RequireSuccess("vercel env add");
    }

    // The file that `vercel link` wrote. It may be for another project of the same team.
    private static string? GetLinkedTeam(string folder)
    {
        var path = Path.Combine(folder, ".vercel", "project.json");
        try
        {
            using var link = JsonDocument.Parse(File.ReadAllBytes(path));
            return link.RootElement.GetProperty("orgId").GetString();
        }
        catch (Exception exception)
            when (exception
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
