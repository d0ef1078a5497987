using System.Runtime.Versioning;
using System.Text;
using NodeData.Cli.Sinks;
using NodeData.Cli.Tests.Doubles;
using NodeData.Emulator;

namespace NodeData.Cli.Tests.Sinks;

[UnsupportedOSPlatform("windows")]
public sealed class EnvLocalSinkTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_file_is_created_in_the_working_folder_and_used_by_the_tool()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);

        (await tool.RunAsync("keys", "create", "--name", "local", "--to", "env-local")).RequireExitCode(0);

        var id = Assert.Single(await Doubles.Keys.ListCreatedAsync(emulator)).Id;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(tool.GetPath(".env.local")));
        tool.Variables.Remove("NODE_DATA_API_KEY");
        Assert.Contains(id, (await tool.RunAsync("me")).RequireExitCode(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_nearest_file_is_used_and_its_key_is_replaced_only_with_overwrite()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        await tool.GitAsync("init", "-q");
        await File.WriteAllTextAsync(tool.GetPath(".gitignore"), ".env.local\n", Token);
        await File.WriteAllTextAsync(
            tool.GetPath(".env.local"),
            "# mine\nOTHER='a b'\nNODE_DATA_API_KEY=env:SOMEWHERE # old\nLAST=1",
            Token
        );
        var below = Directory.CreateDirectory(tool.GetPath("src/app")).FullName;

        (await tool.RunShellAsync($"cd '{below}' && node-data keys create --name x --to env-local"))
            .RequireExitCode(2)
            .RequireError("already", "--overwrite");
        Assert.Empty(emulator.Requests);
        (await tool.RunShellAsync($"cd '{below}' && node-data keys create --name x --to env-local --overwrite")).RequireExitCode(0);

        var lines = await File.ReadAllLinesAsync(tool.GetPath(".env.local"), Token);
        Assert.Equal(["# mine", "OTHER='a b'", "LAST=1"], lines.Where((_, line) => line != 2));
        Assert.Matches("^NODE_DATA_API_KEY=nd_test_[^ ]+ # old$", lines[2]);
        Assert.Empty(Directory.GetFiles(below));
        Assert.DoesNotContain(Directory.GetFiles(tool.Folder), file => file.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_git_tracks_or_would_add_is_rejected_with_the_command_that_fixes_it()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        await tool.GitAsync("init", "-q");

        (await tool.RunAsync("keys", "create", "--name", "x", "--to", "env-local"))
            .RequireExitCode(2)
            .RequireError("does not ignore", "echo '/.env.local' >> ");
        await File.WriteAllTextAsync(tool.GetPath(".env.local"), "A=1\n", Token);
        await tool.GitAsync("add", ".env.local");
        (await tool.RunAsync("keys", "create", "--name", "x", "--to", "env-local"))
            .RequireExitCode(2)
            .RequireError("Git tracks", "rm --cached");

        Assert.Empty(emulator.Requests);
    }

    [Fact]
    public async Task A_symbolic_link_is_kept_and_its_target_gets_the_key()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        await File.WriteAllTextAsync(tool.GetPath("shared"), "A=1\n", Token);
        File.CreateSymbolicLink(tool.GetPath(".env.local"), "shared");

        (await tool.RunAsync("keys", "create", "--name", "x", "--to", "env-local")).RequireExitCode(0);

        Assert.NotNull(new FileInfo(tool.GetPath(".env.local")).LinkTarget);
        Assert.StartsWith(
            "A=1\nNODE_DATA_API_KEY=nd_test_",
            await File.ReadAllTextAsync(tool.GetPath("shared"), Token),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("", "K=new\n")]
    [InlineData("A=1", "A=1\nK=new\n")]
    [InlineData("A=1\r\nB=2\r\n", "A=1\r\nB=2\r\nK=new\r\n")]
    [InlineData("K=old\nK=older\n", "K=new\nK=new\n")]
    [InlineData("  export K = \"old\\\" K=x\" # why\nA=1\n", "  export K = new # why\nA=1\n")]
    [InlineData("K='a\nb'\nA=1\n", "K=new\nA=1\n")]
    [InlineData("A=\"\nK=inside\n\"\nK=old\n", "A=\"\nK=inside\n\"\nK=new\n")]
    [InlineData("# K=old\nXK=1\nK=\n", "# K=old\nXK=1\nK=new\n")]
    [InlineData("K= # empty\n", "K=new # empty\n")]
    [InlineData("K=a#b c\nA=1", "K=new\nA=1")]
    [InlineData("# it's\nK=old\n# it's\n", "# it's\nK=new\n# it's\n")]
    public void One_variable_is_set_and_every_other_character_is_unchanged(string before, string after)
    {
        Assert.Equal(after, Encoding.UTF8.GetString(EnvLocalText.Set(Encoding.UTF8.GetBytes(before), "K", "new")));
        byte[] marked = [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(before)];
        Assert.Equal("\uFEFF" + after, Encoding.Unicode.GetString(EnvLocalText.Set(marked, "K", "new")));
    }

    [Fact]
    public void Bytes_that_are_not_text_are_unchanged()
    {
        byte[] before = [.. "A="u8, 0xFF, 0xC3, 0x28, .. "\nK=old\n"u8];

        byte[] after = [.. "A="u8, 0xFF, 0xC3, 0x28, .. "\nK=new\n"u8];
        Assert.Equal(after, EnvLocalText.Set(before, "K", "new"));
    }
}
