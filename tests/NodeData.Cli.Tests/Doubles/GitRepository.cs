using System.Diagnostics;

namespace NodeData.Cli.Tests.Doubles;

/// <summary>A git repository in a tool's working folder.</summary>
internal sealed class GitRepository
{
    private readonly Tool _tool;

    private GitRepository(Tool tool) => _tool = tool;

    /// <summary>Creates the repository. The tool is on the PATH of the hooks that git runs.</summary>
    public static async Task<GitRepository> CreateAsync(Tool tool)
    {
        var git = new GitRepository(tool);
        tool.Variables["PATH"] = $"{AppContext.BaseDirectory}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}";
        await git.RunAsync("config", "--global", "user.name", "Test");
        await git.RunAsync("config", "--global", "user.email", "test@example.com");
        await git.RunAsync("init", "--quiet", "--initial-branch", "main");
        return git;
    }

    /// <summary>Runs git, and fails unless its exit code is 0.</summary>
    public async Task<string> RunAsync(params string[] arguments)
    {
        var (exitCode, output, error) = await TryAsync(arguments);
        Assert.True(exitCode == 0, $"git {string.Join(' ', arguments)} exited with {exitCode}.\n{error}");
        return output.TrimEnd('\n');
    }

    public async Task<(int ExitCode, string Output, string Error)> TryAsync(params string[] arguments)
    {
        using var process = Process.Start(_tool.CreateStartInfo("git", arguments))!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var captured = (await output, await error);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, captured.Item1, captured.Item2);
    }

    public void Write(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    public void Write(string name, byte[] bytes)
    {
        var path = _tool.GetPath(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
    }

    /// <summary>Writes a file and commits all changes. Returns the commit.</summary>
    public Task<string> CommitAsync(string name, string text, string message = "A change")
    {
        Write(name, text);
        return CommitAsync(message);
    }

    /// <summary>Commits all changes. Returns the commit.</summary>
    public async Task<string> CommitAsync(string message = "A change")
    {
        await RunAsync("add", "--all");
        await RunAsync("commit", "--quiet", "--no-verify", "--allow-empty", "--message", message);
        return await RunAsync("rev-parse", "HEAD");
    }
}
