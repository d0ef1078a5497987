using System.Diagnostics;
using NodeData.Cli.Credentials;
using NodeData.Cli.Failures;
using NodeData.Cli.Programs;

namespace NodeData.Cli.Git;

/// <summary>
/// Runs git in a directory, without a shell. The environment may set the repository and the index, as in a hook. Programs from the configuration (pagers,
/// converters, monitors) are not started, and nothing is fetched.
/// </summary>
internal sealed class GitProgram(string program, string folder, bool ignoresRepositoryVariables = false)
{
    // The variables that apply to one repository (git rev-parse --local-env-vars), except configuration.
    private static readonly string[] RepositoryVariables =
    [
        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_OBJECT_DIRECTORY",
        "GIT_DIR",
        "GIT_WORK_TREE",
        "GIT_IMPLICIT_WORK_TREE",
        "GIT_GRAFT_FILE",
        "GIT_INDEX_FILE",
        "GIT_PREFIX",
        "GIT_SHALLOW_FILE",
        "GIT_COMMON_DIR",
    ];

    // Variables that change what git prints or starts, and the secrets, which git does not need.
    private static readonly string[] RemovedVariables =
    [
        "GIT_DIFF_OPTS",
        "GIT_EXTERNAL_DIFF",
        "GIT_PAGER",
        "GIT_TRACE",
        "GIT_TRACE2",
        "GIT_LITERAL_PATHSPECS",
        "GIT_GLOB_PATHSPECS",
        "GIT_NOGLOB_PATHSPECS",
        "GIT_ICASE_PATHSPECS",
        ClientSettings.KeyVariable,
        ClientSettings.WebhookSecretVariable,
    ];

    private static readonly string[] GlobalArguments =
    [
        "--no-pager",
        "--no-optional-locks",
        "--no-replace-objects",
        "--literal-pathspecs",
        "-c",
        "core.fsmonitor=false",
        "-c",
        "core.quotePath=true",
        "-c",
        "log.showSignature=false",
        "-c",
        "i18n.logOutputEncoding=UTF-8",
    ];

    public string Folder { get; } = folder;

    /// <summary>Finds git on the PATH, to run in a directory; null if there is none.</summary>
    public static GitProgram? Find(string folder) =>
        ProgramOnPath.Find("git", ".exe") is { } program ? new GitProgram(program, folder) : null;

    /// <summary>Finds git on the PATH, to run in a directory.</summary>
    /// <exception cref="CommandFailedException">Git was not found.</exception>
    public static GitProgram Require(string folder) =>
        Find(folder) ?? throw CommandFailedException.Usage("git was not found on the PATH. Install git, or add it to the PATH.");

    /// <summary>Returns the same git for another directory.</summary>
    public GitProgram InFolder(string otherFolder) => new(program, otherFolder, ignoresRepositoryVariables);

    /// <summary>Returns the same git for the repository of its directory, regardless of the environment.</summary>
    public GitProgram IgnoringRepositoryVariables() => new(program, Folder, ignoresRepositoryVariables: true);

    /// <summary>Starts git. The output is read from the run.</summary>
    public GitRun Start(IReadOnlyDictionary<string, string>? environment, params ReadOnlySpan<string> arguments)
    {
        var start = new ProcessStartInfo(program)
        {
            WorkingDirectory = Folder,
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (ReadOnlySpan<string>)[.. GlobalArguments, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var name in (ReadOnlySpan<string>)[.. RemovedVariables, .. ignoresRepositoryVariables ? RepositoryVariables : []])
        {
            start.Environment.Remove(name);
        }

        // Untranslated messages, no prompts and no network: a partial clone would fetch with any program that its configuration names.
        start.Environment["LC_ALL"] = "C";
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        start.Environment["GIT_NO_LAZY_FETCH"] = "1";
        start.Environment["GIT_ALLOW_PROTOCOL"] = "none";
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return GitRun.Start(start);
    }

    public GitRun Start(params ReadOnlySpan<string> arguments) => Start(environment: null, arguments);

    /// <summary>Runs git and returns its output without the trailing line break; null if the exit code is not 0.</summary>
    public string? TryGetOutput(params ReadOnlySpan<string> arguments)
    {
        using var run = Start(arguments);
        return run.ReadAll() is var output && run.WaitForExit() == 0 ? output.TrimEnd('\n') : null;
    }

    /// <summary>Runs git and returns its output without the trailing line break.</summary>
    /// <exception cref="CommandFailedException">The exit code is not 0.</exception>
    public string GetOutput(params ReadOnlySpan<string> arguments)
    {
        using var run = Start(arguments);
        var output = run.ReadAll();
        run.EnsureSuccess();
        return output.TrimEnd('\n');
    }
}
