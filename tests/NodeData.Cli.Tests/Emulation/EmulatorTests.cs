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
    public async Task It_prints_its_address_and_keys_and_stops_on_request()
    {
        using var tool = new Tool();
        using var process = Process.Start(tool.CreateStartInfo(Tool.Program, "emulator", "--json"))!;
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
    public async Task Data_and_keys_persist_in_a_named_file()
    {
        using var tool = new Tool();
        string[] with = ["emulator", "exec", "--data", "data.db", "--key", "nd_test_localdevelopment0001", "--", Tool.Program];

        var first = (await tool.RunAsync([.. with, "me", "--json"]))
            .RequireExitCode(0)
            .Json.GetProperty("key")
            .GetProperty("id")
            .GetString();
        var second = (await tool.RunAsync([.. with, "me", "--json"]))
            .RequireExitCode(0)
            .Json.GetProperty("key")
            .GetProperty("id")
            .GetString();

        Assert.Equal(first, second);
    }

    [Fact]
    public async Task A_port_in_use_is_reported()
    {
        using var tool = new Tool();
        using var process = Process.Start(tool.CreateStartInfo(Tool.Program, "emulator", "--json"))!;
        var port = new Uri(JsonDocument.Parse(await ReadObjectAsync(process)).RootElement.GetProperty("base_url").GetString()!).Port;

        (await tool.RunAsync("emulator", "--port", $"{port}")).RequireExitCode(2).RequireError($"{port}");

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
