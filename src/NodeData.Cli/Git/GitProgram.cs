using System.Diagnostics;
using NodeData.Cli.Credentials;
using NodeData.Cli.Failures;
using NodeData.Cli.Programs;

namespace NodeData.Cli.Git;

/// <summary>
/// Runs git, without a shell, in a folder. Which repository and which index git works on may come from the environment, as in a hook; what its configuration
/// would start (pagers, converters, monitors, fetches) does not run.
/// </summary>
internal sealed class GitProgram(string program, string folder, bool ignoresRepositoryVariables = false)
{
    // What git lists as belonging to one repository (git rev-parse --local-env-vars), apart from configuration.
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

    // They change what git prints or what it starts; and the secrets, which are no business of git's.
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

    /// <summary>The git on the path, at work in a folder; null where there is none.</summary>
    public static GitProgram? Find(string folder) =>
        ProgramOnPath.Find("git", ".exe") is { } program ? new GitProgram(program, folder) : null;

    /// <exception cref="CommandFailedException">There is no git.</exception>
    public static GitProgram Require(string folder) =>
        Find(folder) ?? throw CommandFailedException.Usage("There is no git on the PATH, and this needs one.");

    /// <summary>The same git at work in another folder.</summary>
    public GitProgram InFolder(string otherFolder) => new(program, otherFolder, ignoresRepositoryVariables);

    /// <summary>The same git, that takes the repository of its folder whatever the environment names.</summary>
    public GitProgram IgnoringRepositoryVariables() => new(program, Folder, ignoresRepositoryVariables: true);

    /// <summary>Starts git; what it prints is read from the run.</summary>
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

        // Git's own words, no questions, and nothing from the network: a partial clone would fetch with whatever program its configuration names.
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

    /// <summary>What git answers, without the last line's end; null where it ended with anything but 0.</summary>
    public string? TryGetOutput(params ReadOnlySpan<string> arguments)
    {
        using var run = Start(arguments);
        return run.ReadAll() is var output && run.WaitForExit() == 0 ? output.TrimEnd('\n') : null;
    }

    /// <exception cref="CommandFailedException">Git did not answer.</exception>
    public string GetOutput(params ReadOnlySpan<string> arguments)
    {
        using var run = Start(arguments);
        var output = run.ReadAll();
        run.EnsureSuccess();
        return output.TrimEnd('\n');
    }
}
