using System.Runtime.Versioning;
using NodeData.Cli.Tests.Doubles;
using NodeData.Emulator;
using NodeData.Sdk;

namespace NodeData.Cli.Tests.Sinks;

[UnsupportedOSPlatform("windows")]
public sealed class FileSinkTests
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_file_contains_only_the_key_with_mode_0600_and_works_as_key_file()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);

        (await tool.RunAsync("keys", "create", "--name", "filed", "--to", "file:robot key")).RequireExitCode(0);

        var path = tool.GetPath("robot key");
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(path));
        var id = Assert.Single(await Doubles.Keys.ListCreatedAsync(emulator)).Id;
        Assert.Equal(id, await Doubles.Keys.GetIdAsync(emulator, (await File.ReadAllTextAsync(path, Token)).TrimEnd('\n')));
        Assert.Contains(id, (await tool.RunAsync("me", "--key-file", "robot key")).RequireExitCode(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_existing_file_is_replaced_only_with_overwrite_and_if_it_holds_a_key()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        await File.WriteAllTextAsync(tool.GetPath("key"), emulator.LiveKey.Reveal(), Token);
        await File.WriteAllTextAsync(tool.GetPath("letter"), "Dear Ada", Token);

        (await tool.RunAsync("keys", "create", "--name", "x", "--to", "file:key"))
            .RequireExitCode(2)
            .RequireError("already exists", "--overwrite");
        (await tool.RunAsync("keys", "create", "--name", "x", "--to", "file:letter", "--overwrite"))
            .RequireExitCode(2)
            .RequireError("something other than a key");
        Assert.Empty(emulator.Requests);

        (await tool.RunAsync("keys", "create", "--name", "x", "--to", "file:key", "--overwrite")).RequireExitCode(0);
        var id = Assert.Single(await Doubles.Keys.ListCreatedAsync(emulator)).Id;
        Assert.Equal(id, await Doubles.Keys.GetIdAsync(emulator, (await File.ReadAllTextAsync(tool.GetPath("key"), Token)).Trim()));
        Assert.Equal("Dear Ada", await File.ReadAllTextAsync(tool.GetPath("letter"), Token));
    }

    [Theory]
    [InlineData("file:nowhere/key", "does not exist")]
    [InlineData("file:.", "is a directory")]
    [InlineData("file:link", "symbolic link")]
    [InlineData("file:open/key", "chmod go-w")]
    [InlineData("file:", "is not a sink")]
    [InlineData("cloud:x", "is not a sink")]
    public async Task An_invalid_sink_is_rejected_before_anything_is_sent(string sink, string expected)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        File.CreateSymbolicLink(tool.GetPath("link"), "elsewhere");
        Directory.CreateDirectory(tool.GetPath("open"));
        File.SetUnixFileMode(tool.GetPath("open"), (UnixFileMode)0b111_111_111);

        (await tool.RunAsync("keys", "create", "--name", "x", "--to", sink)).RequireExitCode(2).RequireError(expected);

        Assert.Empty(emulator.Requests);
    }

    [Fact]
    public async Task If_a_later_sink_fails_the_key_stays_active_and_the_message_says_how_to_finish_or_undo()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);

        var result = await tool.RunShellAsync("exec node-data keys create --name half --to file:key --print-secret >&-");

        var key = Assert.Single(await Doubles.Keys.ListCreatedAsync(emulator));
        Assert.Equal(ApiKeyStatus.Active, key.Status);
        Assert.Equal(141, result.ExitCode);
        Assert.Contains($"node-data keys rotate {key.Id} --to 'file:key' --to 'stdout'", result.Error, StringComparison.Ordinal);
        Assert.Contains($"node-data keys revoke {key.Id}, and delete", result.Error, StringComparison.Ordinal);
    }
}
