#if NET10_0_OR_GREATER
using System.Text.Json.Nodes;
using NodeData.Emulator;
using NodeData.Sdk.Tests.Doubles;
using NodeData.TestKit;

namespace NodeData.Sdk.Tests.SecretManagers;

/// <summary>Runs the commands of the page in a shell with the real tools against the emulator and the fakes, and records every argument.</summary>
internal sealed class CiJob : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("nodedata-ci-").FullName;
    private readonly Dictionary<string, string> _environment;

    public CiJob(NodeDataEmulator emulator, string gitHub = "", string aws = "")
    {
        RequiredProgram.Require("bash", "curl", "jq", "gh", "aws");
        _environment = new Dictionary<string, string>
        {
            ["PATH"] = Environment.GetEnvironmentVariable("PATH")!,
            ["HOME"] = _directory,
            ["TMPDIR"] = _directory,
            ["NODE_DATA_BASE_URL"] = emulator.BaseAddress.AbsoluteUri.TrimEnd('/'),
            ["NODE_DATA_API_KEY"] = emulator.LiveKey.Reveal(),
            ["FAKE_GITHUB"] = gitHub,
            ["GH_HOST"] = "github.localhost",
            ["GH_TOKEN"] = FakeGitHub.Token,
            ["GH_NO_UPDATE_NOTIFIER"] = "1",
            ["FAKE_AWS"] = aws,
            ["AWS_ACCESS_KEY_ID"] = FakeSecretsManager.AccessKeyId,
            ["AWS_SECRET_ACCESS_KEY"] = FakeSecretsManager.SecretAccessKey,
            ["AWS_DEFAULT_REGION"] = "eu-west-1",
            ["AWS_MAX_ATTEMPTS"] = "1",
            ["NO_PROXY"] = "127.0.0.1",
            ["no_proxy"] = "127.0.0.1",
        };
    }

    /// <summary>Gets the arguments of every tool that was started.</summary>
    public string Arguments => File.ReadAllText(Path.Combine(_directory, "arguments"));

    /// <summary>Gets the secret of the key created last, from the response of the service.</summary>
    public string LastSecret { get; private set; } = "";

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    /// <summary>Creates a key with the commands of the page, then runs other commands, and returns their output.</summary>
    public async Task<string> CreateKeyAndRunAsync(params string[] commands)
    {
        var output = await RunAsync([.. CiPage.GetCommands("Create a key"), "cp \"$new\" \"$HOME/response\"\n", .. commands]);
        var response = Path.Combine(_directory, "response");
        LastSecret = (string)JsonNode.Parse(await File.ReadAllTextAsync(response))!["secret"]!;
        return output;
    }

    public Task<string> RunAsync(params string[] commands) => RunAsync(commands, [], succeeds: true);

    public async Task<string> RunAsync(string[] commands, Dictionary<string, string> overrides, bool succeeds)
    {
        const string Prelude = """
            set -euo pipefail
            record() { printf '%s\n' "$*" >> "$HOME/arguments"; }
            gh()   { record gh "$@";   HTTP_PROXY=$FAKE_GITHUB command gh "$@"; }
            aws()  { record aws "$@";  command aws --endpoint-url "$FAKE_AWS" "$@"; }
            curl() { record curl "$@"; command curl "$@"; }
            jq()   { record jq "$@";   command jq "$@"; }

            """;
        var environment = new Dictionary<string, string>(_environment);
        foreach (var (name, value) in overrides)
        {
            environment[name] = value;
        }

        var script = Path.Combine(_directory, "script");
        await File.WriteAllTextAsync(script, Prelude + string.Concat(commands));
        var command = await Command.RunAsync(_directory, "bash", [script], environment);
        Assert.True(command.ExitCode == 0 == succeeds, $"The commands exited with code {command.ExitCode}:\n{command.Output}");
        return command.Output;
    }
}
#endif
