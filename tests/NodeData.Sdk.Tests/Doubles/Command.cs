using System.Diagnostics;

namespace NodeData.Sdk.Tests.Doubles;

/// <summary>Represents a program that has exited, with its output.</summary>
internal sealed record Command(int ExitCode, string Output)
{
    /// <summary>The root folder of the repository that the tests were built in.</summary>
    public static string RepositoryRoot { get; } = FindRepository();

    public static async Task<Command> RunAsync(
        string directory,
        string program,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var token = TestContext.Current.CancellationToken;
        try
        {
            var output = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(token), process.StandardError.ReadToEndAsync(token));
            await process.WaitForExitAsync(token);
            return new Command(process.ExitCode, string.Concat(output));
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    /// <summary>Runs a program and returns its output; any exit code except 0 fails the test with the output.</summary>
    public static async Task<string> RunSuccessfullyAsync(
        string directory,
        string commandLine,
        IReadOnlyDictionary<string, string>? environment = null
    )
    {
        var parts = commandLine.Split(' ');
        var command = await RunAsync(directory, parts[0], parts[1..], environment);
        Assert.True(command.ExitCode == 0, $"{commandLine} exited with code {command.ExitCode}:\n{command.Output}");
        return command.Output;
    }

    private static string FindRepository()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "NodeData.Sdk.sln")))
        {
            directory = directory.Parent;
        }

        return directory.FullName;
    }
}
