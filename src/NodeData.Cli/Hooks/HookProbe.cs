using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NodeData.Cli.CommandLine;
using NodeData.Cli.Git;

namespace NodeData.Cli.Hooks;

/// <summary>
/// Tests the hook: git runs it with a separate index in which a generated key is staged. The index and the object are in a temporary directory; the repository
/// is not changed.
/// </summary>
internal sealed class HookProbe : IDisposable
{
    private readonly GitProgram _git;
    private readonly string _folder = Directory.CreateTempSubdirectory("node-data-hook-").FullName;
    private readonly Dictionary<string, string> _environment;
    private readonly string _name = $"node-data-planted-key-{RandomNumberGenerator.GetHexString(8, lowercase: true)}.txt";

    private HookProbe(PreCommitHook hook)
    {
        _git = hook.Repository.Git;
        var objects = Path.GetFullPath(_git.GetOutput("rev-parse", "--git-path", "objects"), hook.Repository.TopLevel);
        _environment = new Dictionary<string, string>
        {
            ["GIT_INDEX_FILE"] = Path.Combine(_folder, "index"),
            ["GIT_OBJECT_DIRECTORY"] = Directory.CreateDirectory(Path.Combine(_folder, "objects")).FullName,
            ["GIT_ALTERNATE_OBJECT_DIRECTORIES"] =
                $"\"{objects.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"",
            [HookScript.ProbeVariable] = "1",
        };
    }

    /// <summary>Returns the reason why the hook does not block a secret; null if it does.</summary>
    public static string? GetFailureReason(PreCommitHook hook)
    {
        using var probe = new HookProbe(hook);
        probe.StageTestKey();
        return probe.Run();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void StageTestKey()
    {
        var hasCommit = _git.TryGetOutput("rev-parse", "--quiet", "--verify", "HEAD^{commit}") is not null;
        RunGit(input: "", "read-tree", hasCommit ? "HEAD" : "--empty");
        var key = $"NODE_DATA_API_KEY=nd_test_{RandomNumberGenerator.GetHexString(32, lowercase: true)}\n";
        var blob = RunGit(key, "hash-object", "-w", "--stdin");
        RunGit(input: "", "update-index", "--add", "--cacheinfo", $"100644,{blob},{_name}");
    }

    private string? Run()
    {
        using var run = _git.Start(_environment, "hook", "run", "pre-commit");
        var output = run.ReadAll();
        var exitCode = (ExitCode)run.WaitForExit();
        output += run.ErrorOutput;
        return exitCode == ExitCode.SecretFound && output.Contains(_name, StringComparison.Ordinal) ? null
            : output.Contains("not a git command", StringComparison.Ordinal)
                ? "this version of git cannot run a hook on request (git hook run needs 2.36 or later)"
            : exitCode == ExitCode.Ok ? "the hook did not block a generated key"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"the hook exited with code {(int)exitCode} and did not report the generated key: {output}"
            );
    }

    private string RunGit(string input, params string[] arguments)
    {
        using var run = _git.Start(_environment, arguments);
        run.Input.Write(Encoding.ASCII.GetBytes(input));
        var output = run.ReadAll();
        run.EnsureSuccess();
        return output.TrimEnd('\n');
    }
}
