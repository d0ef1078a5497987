using System.ComponentModel;
using System.Diagnostics;

namespace NodeData.Sdk.Configuration.EnvLocal;

/// <summary>Runs git without a shell, for a bounded time, and gives its exit code alone.</summary>
/// <param name="program">The program's full path; null where there is none.</param>
/// <param name="timeout">How long one run may take.</param>
internal sealed class GitCommand(string? program, TimeSpan timeout)
{
    // What git itself lists as belonging to one repository (git rev-parse --local-env-vars): a hook that starts this program sets some of them, and they would
    // lead to its repository. And the secrets, which are no business of git's.
    private static readonly string[] RemovedVariables =
    [
        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_CONFIG",
        "GIT_CONFIG_PARAMETERS",
        "GIT_CONFIG_COUNT",
        "GIT_OBJECT_DIRECTORY",
        "GIT_DIR",
        "GIT_WORK_TREE",
        "GIT_IMPLICIT_WORK_TREE",
        "GIT_GRAFT_FILE",
        "GIT_INDEX_FILE",
        "GIT_NO_REPLACE_OBJECTS",
        "GIT_REPLACE_REF_BASE",
        "GIT_PREFIX",
        "GIT_SHALLOW_FILE",
        "GIT_COMMON_DIR",
        NodeDataEnvironment.ApiKey,
        NodeDataEnvironment.WebhookSecret,
    ];

    public static GitCommand CreateDefault() => new(FindOnPath(), TimeSpan.FromSeconds(1));

    /// <summary>The git on the path. Looked for here, because starting a bare name would also find one in the working folder.</summary>
    public static string? FindOnPath()
    {
        var name = OperatingSystem.IsWindows() ? "git.exe" : "git";
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.Where(Path.IsPathFullyQualified).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }

    /// <summary>The exit code, or why there is none.</summary>
    public (int? ExitCode, string? Failure) Run(string folder, params ReadOnlySpan<string> arguments)
    {
        if (program is null)
        {
            return (null, "there is no git on the path");
        }

        try
        {
            using var process = Process.Start(CreateStartInfo(program, folder, arguments))!;
            process.StandardInput.Close();
            if (process.WaitForExit(timeout))
            {
                return (process.ExitCode, null);
            }

            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            return (null, $"git took longer than {timeout.TotalSeconds:0.###} s");
        }
        catch (Exception failure) when (failure is Win32Exception or InvalidOperationException or IOException)
        {
            return (null, $"git could not be run ({failure.GetType().Name})");
        }
    }

    internal static ProcessStartInfo CreateStartInfo(string program, string folder, ReadOnlySpan<string> arguments)
    {
        var start = new ProcessStartInfo(program)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            // Kept off the console. Both stay far below what a pipe holds, so nobody need read them.
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // A repository's configuration must not have git start programs of its own.
        foreach (var argument in (ReadOnlySpan<string>)["--no-optional-locks", "-c", "core.fsmonitor=false", .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var name in RemovedVariables)
        {
            start.Environment.Remove(name);
        }

        return start;
    }
}
