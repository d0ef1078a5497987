using System.Text.RegularExpressions;
using NodeData.Cli.Tests.Doubles;
using NodeData.Emulator;
using NodeData.Sdk;

namespace NodeData.Cli.Tests.Keys;

public sealed partial class ListTests
{
    private const int Narrow = 80;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task In_a_narrow_terminal_each_key_is_one_line_with_its_full_id()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        var key = await Doubles.Keys.CreateAsync(
            emulator,
            new CreateApiKeyOptions("a name that is quite a bit longer than the terminal is wide, or nearly")
        );

        var output = (await tool.RunShellInTerminalAsync($"stty cols {Narrow}; node-data keys list")).RequireExitCode(0).Output;

        var lines = ControlSequence().Replace(output, "").Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.All(lines, line => Assert.InRange(line.Length, 1, Narrow));
        Assert.Matches(
            $"^ *{key.Id} +a name that is .*… +active +never +never *$",
            Assert.Single(lines, line => line.Contains(key.Id, StringComparison.Ordinal))
        );
        Assert.Equal(2, lines.Count(line => line.Contains("key_", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Keys_are_listed_and_filtered_by_status()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        var inactive = await Doubles.Keys.CreateAsync(emulator, new CreateApiKeyOptions("inactive"));
        var active = await Doubles.Keys.CreateAsync(
            emulator,
            new CreateApiKeyOptions("alive") { Scopes = [ApiKeyScope.ModelsRead, ApiKeyScope.ModelsUpload] }
        );
        (await tool.RunAsync("keys", "revoke", inactive.Id)).RequireExitCode(0);

        var all = (await tool.RunAsync("keys", "list")).RequireExitCode(0).Lines;
        var revoked = (await tool.RunAsync("keys", "list", "--status", "revoked", "--json")).RequireExitCode(0).Json;

        Assert.Equal(3, all.Length);
        Assert.StartsWith(
            $"{active.Id}\talive\ttest\tactive\t{active.Secret.Hint}\tmodels:read models:upload\t",
            all[0],
            StringComparison.Ordinal
        );
        Assert.Equal(inactive.Id, Assert.Single(revoked.EnumerateArray()).GetProperty("id").GetString());
        (await tool.RunAsync("keys", "list", "--status", "lost")).RequireExitCode(2).RequireError("lost");
    }

    [Fact]
    public async Task A_key_is_shown_by_its_id()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        var key = await Doubles.Keys.CreateAsync(emulator, new CreateApiKeyOptions("one"));

        Assert.Contains("name\tone", (await tool.RunAsync("keys", "get", key.Id)).RequireExitCode(0).Lines);
        Assert.Equal(key.Id, (await tool.RunAsync("keys", "get", key.Id, "--json")).RequireExitCode(0).Json.GetProperty("id").GetString());
        (await tool.RunAsync("keys", "get", "key_unknown")).RequireExitCode(1).RequireError("404", "req_");
        (await tool.RunAsync("keys", "get")).RequireExitCode(2).RequireError("keys get --help");
    }

    [GeneratedRegex("\e\\[[0-9;?]*[A-Za-z]")]
    private static partial Regex ControlSequence();
}
