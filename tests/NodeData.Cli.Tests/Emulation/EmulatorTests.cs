using System.Diagnostics;
using System.Text;
using System.Text.Json;
using NodeData.Cli.Tests.Doubles;
using NodeData.Sdk;

namespace NodeData.Cli.Tests.Emulation;

public sealed class EmulatorTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_says_where_it_is_and_with_which_keys_and_ends_when_it_is_asked_to()
    {
        using var tool = new Tool();
        using var process = Process.Start(tool.StartOf(Tool.Program, "emulator", "--json"))!;
        var started = JsonDocument.Parse(await ReadObjectAsync(process)).RootElement;

        foreach (var name in (string[])["test_key", "live_key"])
        {
            using var node = new NodeClient(
                new NodeClientOptions
                {
                    ApiKey = started.GetProperty(name).GetString()!,
                    BaseAddress = new Uri(started.GetProperty("base_url").GetString()!),
                }
            );
            Assert.Equal("usr_emulator", (await node.Me.GetAsync(Token)).Id);
        }

        using (Process.Start("kill", ["-INT", $"{process.Id}"]))
        {
            await process.WaitForExitAsync(Token);
        }

        Assert.Equal(0, process.ExitCode);
    }

    [Fact]
    public async Task Data_and_keys_stay_where_a_file_is_named()
    {
        using var tool = new Tool();
        string[] with = ["emulator", "exec", "--data", "data.db", "--key", "nd_test_localdevelopment0001", "--", Tool.Program];

        var first = (await tool.RunAsync([.. with, "me", "--json"])).Requires(0).Json.GetProperty("key").GetProperty("id").GetString();
        var second = (await tool.RunAsync([.. with, "me", "--json"])).Requires(0).Json.GetProperty("key").GetProperty("id").GetString();

        Assert.Equal(first, second);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_said()
    {
        using var tool = new Tool();
        using var process = Process.Start(tool.StartOf(Tool.Program, "emulator", "--json"))!;
        var port = new Uri(JsonDocument.Parse(await ReadObjectAsync(process)).RootElement.GetProperty("base_url").GetString()!).Port;

        (await tool.RunAsync("emulator", "--port", $"{port}")).Requires(2).Says($"{port}");

        process.Kill();
        await process.WaitForExitAsync(Token);
    }

    private static async Task<string> ReadObjectAsync(Process process)
    {
        var text = new StringBuilder();
        while (await process.StandardOutput.ReadLineAsync(Token) is { } line)
        {
            text.AppendLine(line);
            if (line == "}")
            {
                break;
            }
        }

        return text.ToString();
    }
}
