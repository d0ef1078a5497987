using System.Diagnostics;
using NodeData.Cli.Tests.Doubles;

namespace NodeData.Cli.Tests.Programs;

public sealed class RunTests
{
    private const string Key = "nd_test_localdevelopment0001";

    private static readonly string[] PrintKey = ["run", "--", "sh", "-c", "printf %s \"$NODE_DATA_API_KEY\""];

    [Fact]
    public async Task The_program_has_the_key_wherever_it_lies()
    {
        using var tool = new Tool();
        await File.WriteAllTextAsync(tool.PathOf("key"), Key + "\n", TestContext.Current.CancellationToken);
        tool.Variables["NODE_DATA_API_KEY"] = $"file:{tool.PathOf("key")}";

        Assert.Equal(Key, (await tool.RunAsync(PrintKey)).Requires(0).Output);
    }

    [Fact]
    public async Task The_program_has_what_stands_in_an_env_local()
    {
        using var tool = new Tool();
        await File.WriteAllTextAsync(
            tool.PathOf(".env.local"),
            $"NODE_DATA_API_KEY={Key}\nNODE_DATA_BASE_URL=http://127.0.0.1:5190/v1\nNODE_DATA_WEBHOOK_SECRET=whsec_test_0123456789abcdef\n",
            TestContext.Current.CancellationToken
        );

        var result = await tool.RunAsync("run", "--", "sh", "-c", "echo $NODE_DATA_API_KEY $NODE_DATA_BASE_URL $NODE_DATA_WEBHOOK_SECRET");

        Assert.Equal($"{Key} http://127.0.0.1:5190/v1 whsec_test_0123456789abcdef\n", result.Requires(0).Output);
    }

    [Fact]
    public async Task The_program_stands_in_the_place_of_the_tool()
    {
        using var tool = new Tool { Variables = { ["NODE_DATA_API_KEY"] = Key } };

        using var process = Process.Start(tool.StartOf(Tool.Program, "run", "--", "sh", "-c", "echo $$"))!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.Equal(process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), output.Trim());
    }

    [Fact]
    public async Task It_ends_with_the_programs_exit_code()
    {
        using var tool = new Tool { Variables = { ["NODE_DATA_API_KEY"] = Key } };

        (await tool.RunAsync("run", "--", "sh", "-c", "exit 23")).Requires(23);
        (await tool.RunAsync("run", "--", "no-such-program")).Requires(127).Says("'no-such-program'");
        (await tool.RunAsync("run", "--", tool.Folder)).Requires(126).Says(tool.Folder);
        (await tool.RunAsync("run")).Requires(2).Says("COMMAND");
    }

    [Fact]
    public async Task A_program_that_a_pipe_ends_is_ended_by_it()
    {
        using var tool = new Tool { Variables = { ["NODE_DATA_API_KEY"] = Key } };

        Assert.Equal("y\n", (await tool.RunAsync("run", "--", "sh", "-c", "yes | head -n 1")).Requires(0).Output);
    }

    [Fact]
    public async Task Without_a_key_nothing_is_run()
    {
        using var tool = new Tool();

        var result = (await tool.RunAsync("run", "--", "sh", "-c", "echo ran"))
            .Requires(2)
            .Says("NODE_DATA_API_KEY", ".env.local", "--key-file");

        Assert.Empty(result.Output);
    }
}
