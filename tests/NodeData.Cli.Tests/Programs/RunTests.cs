using System.Diagnostics;
using NodeData.Cli.Tests.Doubles;

namespace NodeData.Cli.Tests.Programs;

public sealed class RunTests
{
    private const string Key = "nd_test_localdevelopment0001";

    private static readonly string[] PrintKey = ["run", "--", "sh", "-c", "printf %s \"$NODE_DATA_API_KEY\""];

    [Fact]
    public async Task The_program_gets_the_key_that_a_reference_resolves_to()
    {
        using var tool = new Tool();
        await File.WriteAllTextAsync(tool.GetPath("key"), Key + "\n", TestContext.Current.CancellationToken);
        tool.Variables["NODE_DATA_API_KEY"] = $"file:{tool.GetPath("key")}";

        Assert.Equal(Key, (await tool.RunAsync(PrintKey)).RequireExitCode(0).Output);
    }

    [Fact]
    public async Task The_program_gets_the_settings_of_an_env_local()
    {
        using var tool = new Tool();
        await File.WriteAllTextAsync(
            tool.GetPath(".env.local"),
            $"NODE_DATA_API_KEY={Key}\nNODE_DATA_BASE_URL=http://127.0.0.1:5190/v1\nNODE_DATA_WEBHOOK_SECRET=whsec_test_0123456789abcdef\n",
            TestContext.Current.CancellationToken
        );

        var result = await tool.RunAsync("run", "--", "sh", "-c", "echo $NODE_DATA_API_KEY $NODE_DATA_BASE_URL $NODE_DATA_WEBHOOK_SECRET");

        Assert.Equal($"{Key} http://127.0.0.1:5190/v1 whsec_test_0123456789abcdef\n", result.RequireExitCode(0).Output);
    }

    [Fact]
    public async Task The_program_replaces_the_process_of_the_tool()
    {
        using var tool = new Tool { Variables = { ["NODE_DATA_API_KEY"] = Key } };

        using var process = Process.Start(tool.CreateStartInfo(Tool.Program, "run", "--", "sh", "-c", "echo $$"))!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.Equal(process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), output.Trim());
    }

    [Fact]
    public async Task It_returns_the_exit_code_of_the_program()
    {
        using var tool = new Tool { Variables = { ["NODE_DATA_API_KEY"] = Key } };

        (await tool.RunAsync("run", "--", "sh", "-c", "exit 23")).RequireExitCode(23);
        (await tool.RunAsync("run", "--", "no-such-program")).RequireExitCode(127).RequireError("'no-such-program'");
        (await tool.RunAsync("run", "--", tool.Folder)).RequireExitCode(126).RequireError(tool.Folder);
        (await tool.RunAsync("run")).RequireExitCode(2).RequireError("COMMAND");
    }

    [Fact]
    public async Task A_closed_pipe_terminates_the_program()
    {
        using var tool = new Tool { Variables = { ["NODE_DATA_API_KEY"] = Key } };

        Assert.Equal("y\n", (await tool.RunAsync("run", "--", "sh", "-c", "yes | head -n 1")).RequireExitCode(0).Output);
    }

    [Fact]
    public async Task Without_a_key_the_program_is_not_run()
    {
        using var tool = new Tool();

        var result = (await tool.RunAsync("run", "--", "sh", "-c", "echo ran"))
            .RequireExitCode(2)
            .RequireError("NODE_DATA_API_KEY", ".env.local", "--key-file");

        Assert.Empty(result.Output);
    }
}
