#if NET10_0_OR_GREATER
using System.Text.Json.Nodes;
using NodeData.Emulator;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.SecretManagers;

/// <summary>A shell that runs the page's commands with the real tools, pointed at the emulator and at the stand-ins, and notes every argument.</summary>
internal sealed class CiJob : IDisposable
{
    private static readonly string[] Tools = ["bash", "curl", "jq", "gh", "aws"];

    private readonly string _directory = Directory.CreateTempSubdirectory("nodedata-ci-").FullName;
    private readonly Dictionary<string, string> _environment;

    public CiJob(NodeDataEmulator emulator, string gitHub = "", string aws = "")
    {
        var path = $"/usr/bin:/bin:{Environment.GetEnvironmentVariable("PATH")}";
        var missing = Tools.Where(tool => !path.Split(':').Any(folder => File.Exists(Path.Combine(folder, tool)))).ToList();
        Assert.SkipUnless(
            missing.Count == 0 || Environment.GetEnvironmentVariable("CI") == "true",
            $"Needs {string.Join(", ", missing)}: apt-get install gh awscli curl jq, or run eng/test.sh."
        );
        _environment = new Dictionary<string, string>
        {
            ["PATH"] = path,
            ["HOME"] = _directory,
            ["TMPDIR"] = _directory,
            ["NODE_DATA_BASE_URL"] = emulator.BaseAddress.AbsoluteUri.TrimEnd('/'),
            ["NODE_DATA_API_KEY"] = emulator.LiveKey.Reveal(),
            ["GITHUB_STAND_IN"] = gitHub,
            ["GH_HOST"] = "github.localhost",
            ["GH_TOKEN"] = FakeGitHub.Token,
            ["GH_NO_UPDATE_NOTIFIER"] = "1",
            ["AWS_STAND_IN"] = aws,
            ["AWS_ACCESS_KEY_ID"] = FakeSecretsManager.AccessKeyId,
            ["AWS_SECRET_ACCESS_KEY"] = FakeSecretsManager.SecretAccessKey,
            ["AWS_DEFAULT_REGION"] = "eu-west-1",
            ["AWS_MAX_ATTEMPTS"] = "1",
            ["NO_PROXY"] = "127.0.0.1",
            ["no_proxy"] = "127.0.0.1",
        };
    }

    /// <summary>Every argument that a tool was started with.</summary>
    public string Arguments => File.ReadAllText(Path.Combine(_directory, "arguments"));

    /// <summary>The secret of the key made last, as the service told it.</summary>
    public string LastSecret { get; private set; } = "";

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    /// <summary>Makes a key with the page's commands, then runs others; gives what they printed.</summary>
    public async Task<string> CreateKeyAndRunAsync(params string[] commands)
    {
        var output = await RunAsync([.. CiPage.GetCommands("Make a key"), "cp \"$new\" \"$HOME/answer\"\n", .. commands]);
        var response = Path.Combine(_directory, "answer");
        LastSecret = (string)JsonNode.Parse(await File.ReadAllTextAsync(response))!["secret"]!;
        return output;
    }

    public Task<string> RunAsync(params string[] commands) => RunAsync(commands, [], succeeds: true);

    public async Task<string> RunAsync(string[] commands, Dictionary<string, string> overrides, bool succeeds)
    {
        const string Prelude = """
            set -euo pipefail
            note() { printf '%s\n' "$*" >> "$HOME/arguments"; }
            gh()   { note gh "$@";   HTTP_PROXY=$GITHUB_STAND_IN command gh "$@"; }
            aws()  { note aws "$@";  command aws --endpoint-url "$AWS_STAND_IN" "$@"; }
            curl() { note curl "$@"; command curl "$@"; }
            jq()   { note jq "$@";   command jq "$@"; }

            """;
        var environment = new Dictionary<string, string>(_environment);
        foreach (var (name, value) in overrides)
        {
            environment[name] = value;
        }

        var script = Path.Combine(_directory, "script");
        await File.WriteAllTextAsync(script, Prelude + string.Concat(commands));
        var command = await Command.RunAsync(_directory, "bash", [script], environment);
        Assert.True(command.ExitCode == 0 == succeeds, $"The commands ended with {command.ExitCode}:\n{command.Output}");
        return command.Output;
    }
}
#endif
