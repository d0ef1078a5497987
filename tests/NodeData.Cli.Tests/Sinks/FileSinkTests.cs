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
    public async Task The_file_has_the_key_alone_is_its_owners_and_serves_as_key_file()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);

        (await tool.RunAsync("keys", "create", "--name", "filed", "--to", "file:robot key")).Requires(0);

        var path = tool.PathOf("robot key");
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(path));
        var id = Assert.Single(await Doubles.Keys.MadeAsync(emulator)).Id;
        Assert.Equal(id, await Doubles.Keys.IdOfAsync(emulator, (await File.ReadAllTextAsync(path, Token)).TrimEnd('\n')));
        Assert.Contains(id, (await tool.RunAsync("me", "--key-file", "robot key")).Requires(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_there_is_only_written_over_when_asked_and_when_it_holds_a_key()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        await File.WriteAllTextAsync(tool.PathOf("key"), emulator.LiveKey.Reveal(), Token);
        await File.WriteAllTextAsync(tool.PathOf("letter"), "Dear Ada", Token);

        (await tool.RunAsync("keys", "create", "--name", "x", "--to", "file:key")).Requires(2).Says("there already", "--overwrite");
        (await tool.RunAsync("keys", "create", "--name", "x", "--to", "file:letter", "--overwrite"))
            .Requires(2)
            .Says("something else than a key");
        Assert.Empty(emulator.Requests);

        (await tool.RunAsync("keys", "create", "--name", "x", "--to", "file:key", "--overwrite")).Requires(0);
        var id = Assert.Single(await Doubles.Keys.MadeAsync(emulator)).Id;
        Assert.Equal(id, await Doubles.Keys.IdOfAsync(emulator, (await File.ReadAllTextAsync(tool.PathOf("key"), Token)).Trim()));
        Assert.Equal("Dear Ada", await File.ReadAllTextAsync(tool.PathOf("letter"), Token));
    }

    [Theory]
    [InlineData("file:nowhere/key", "there is no folder")]
    [InlineData("file:.", "is a folder")]
    [InlineData("file:link", "symbolic link")]
    [InlineData("file:open/key", "chmod go-w")]
    [InlineData("file:", "no place for a key")]
    [InlineData("cloud:x", "no place for a key")]
    public async Task What_cannot_take_the_key_is_found_before_anything_is_sent(string sink, string why)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        File.CreateSymbolicLink(tool.PathOf("link"), "elsewhere");
        Directory.CreateDirectory(tool.PathOf("open"));
        File.SetUnixFileMode(tool.PathOf("open"), (UnixFileMode)0b111_111_111);

        (await tool.RunAsync("keys", "create", "--name", "x", "--to", sink)).Requires(2).Says(why);

        Assert.Empty(emulator.Requests);
    }

    [Fact]
    public async Task Where_a_later_sink_fails_the_key_lives_and_how_to_finish_or_undo_is_told()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);

        var result = await tool.RunShellAsync("exec node-data keys create --name half --to file:key --print-secret >&-");

        var key = Assert.Single(await Doubles.Keys.MadeAsync(emulator));
        Assert.Equal(ApiKeyStatus.Active, key.Status);
        Assert.Equal(141, result.ExitCode);
        Assert.Contains($"node-data keys rotate {key.Id} --to 'file:key' --to 'stdout'", result.Error, StringComparison.Ordinal);
        Assert.Contains($"node-data keys revoke {key.Id}, and delete", result.Error, StringComparison.Ordinal);
    }
}
