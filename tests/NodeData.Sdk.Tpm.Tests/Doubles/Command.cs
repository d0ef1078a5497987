using System.Diagnostics;

namespace NodeData.Sdk.Tpm.Tests.Doubles;

/// <summary>Represents the result of a program: its exit code and its output.</summary>
internal sealed record Command(int ExitCode, string Output)
{
    /// <summary>Gets the root folder of the repository.</summary>
    public static string RepositoryRoot { get; } = FindRepository();

    public static async Task<Command> RunAsync(
        string program,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null,
        string input = ""
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = RepositoryRoot,
            RedirectStandardInput = true,
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
            var output = Task.WhenAll(process.StandardOutput.ReadToEndAsync(token), process.StandardError.ReadToEndAsync(token));
            await WriteAsync(process, input);
            var printed = await output;
            await process.WaitForExitAsync(token);
            return new Command(process.ExitCode, string.Concat(printed));
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    /// <summary>Runs a program; if it does not succeed, the test fails with the output.</summary>
    public static async Task<string> RunSuccessfullyAsync(
        string program,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null,
        string input = ""
    )
    {
        var parts = arguments.ToList();
        var command = await RunAsync(program, parts, environment, input);
        Assert.True(command.ExitCode == 0, $"{program} {string.Join(' ', parts)} exited with code {command.ExitCode}:\n{command.Output}");
        return command.Output;
    }

    private static async Task WriteAsync(Process process, string input)
    {
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program exited without reading all input; the test checks its exit code.
        }
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
