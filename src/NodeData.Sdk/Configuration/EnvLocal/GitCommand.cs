using System.ComponentModel;
using System.Diagnostics;

namespace NodeData.Sdk.Configuration.EnvLocal;

/// <summary>Runs git without a shell and with a timeout, and returns only its exit code.</summary>
/// <param name="program">The full path of the program; null if there is none.</param>
/// <param name="timeout">The timeout of one run.</param>
internal sealed class GitCommand(string? program, TimeSpan timeout)
{
    // The variables that git defines as local to a repository (git rev-parse --local-env-vars): a hook that starts this program sets some of them, and they
    // would select the hook's repository. Also the secrets, which git does not need.
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

    /// <summary>Finds git on the PATH. Starting a bare name would also find a program in the working directory.</summary>
    public static string? FindOnPath()
    {
        var name = OperatingSystem.IsWindows() ? "git.exe" : "git";
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.Where(Path.IsPathFullyQualified).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }

    /// <summary>Runs git in a folder.</summary>
    /// <returns>The exit code, or the reason why there is none.</returns>
    public (int? ExitCode, string? Failure) Run(string folder, params ReadOnlySpan<string> arguments)
    {
        if (program is null)
        {
            return (null, "git is not on the PATH");
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
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException or IOException)
        {
            return (null, $"git could not be run ({exception.GetType().Name})");
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
            // Redirected to keep them off the console. Both outputs fit into the pipe's buffer, so they need not be read.
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // The configuration of a repository must not make git start other programs.
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
