using System.Text;
using NodeData.Cli.Tests.Doubles;

namespace NodeData.Cli.Tests.Scan.Files;

public sealed class ScanFilesTests
{
    [Fact]
    public async Task A_folder_without_secrets_is_clean()
    {
        using var tool = new Tool();
        await File.WriteAllTextAsync(tool.GetPath("a.txt"), "nd_live_… and whsec_…", TestContext.Current.CancellationToken);

        var result = (await tool.RunAsync("scan")).RequireExitCode(0);

        Assert.Empty(result.Output);
        Assert.Empty(result.Error);
    }

    [Fact]
    public async Task Every_file_of_a_plain_folder_is_scanned()
    {
        using var tool = new Tool();
        Directory.CreateDirectory(tool.GetPath("deep/.hidden"));
        await WriteAsync(tool, "a.txt", $"\nx {TestSecrets.CreateLiveKey()}");
        await WriteAsync(tool, "deep/.hidden/b.bin", $"\0\u0001{TestSecrets.CreateWebhookSecret()}\0");
        File.CreateSymbolicLink(tool.GetPath("link"), tool.GetPath("a.txt"));

        var result = (await tool.RunAsync("scan")).RequireExitCode(4);

        Assert.Equal(
            ["a.txt\t2\tlive-key", "deep/.hidden/b.bin\t1\twebhook-secret"],
            result.Lines.Select(line => line[..line.LastIndexOf('\t')])
        );
        result.RequireError("2 secrets in 2 locations", "--add-ignores");
    }

    [Fact]
    public async Task In_a_repository_tracked_untracked_and_named_files_are_scanned()
    {
        using var tool = new Tool();
        var git = await GitRepository.CreateAsync(tool);
        await git.CommitAsync("tracked.txt", TestSecrets.CreateLiveKey());
        git.Write(".gitignore", "ignored.txt\n");
        git.Write("untracked é.txt", TestSecrets.CreateLiveKey());
        git.Write("ignored.txt", TestSecrets.CreateLiveKey());
        git.Write("deleted.txt", "x");
        await git.RunAsync("add", "deleted.txt");
        File.Delete(tool.GetPath("deleted.txt"));

        Assert.Equal(["|tracked.txt:1:1 live-key", "|untracked é.txt:1:1 live-key"], await ScanOutput.ScanAsync(tool));
        Assert.Equal(["|ignored.txt:1:1 live-key"], await ScanOutput.ScanAsync(tool, "ignored.txt"));
    }

    [Fact]
    public async Task A_nested_repository_is_scanned()
    {
        using var tool = new Tool();
        var git = await GitRepository.CreateAsync(tool);
        await git.RunAsync("init", "--quiet", "nested");
        git.Write("nested/.gitignore", "ignored.txt");
        git.Write("nested/ignored.txt", TestSecrets.CreateLiveKey());
        git.Write("nested/kept.txt", TestSecrets.CreateLiveKey());

        Assert.Equal(["|nested/kept.txt:1:1 live-key"], await ScanOutput.ScanAsync(tool));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Unreadable_files_are_reported_and_the_scan_is_incomplete(bool isRepository)
    {
        using var tool = new Tool();
        (await tool.RunShellAsync($"printf x >$'bad\\xff.txt'{(isRepository ? "; git init --quiet" : "")}")).RequireExitCode(0);

        (await tool.RunAsync("scan")).RequireExitCode(5).RequireError("not scanned", "not valid UTF-8");
        Assert.Single((await tool.RunAsync("scan", "--json")).Json.GetProperty("skipped").EnumerateArray());
        // .NET cannot delete it either.
        (await tool.RunShellAsync("rm bad*")).RequireExitCode(0);
    }

    [Theory]
    [InlineData("nowhere.txt", "There is no file or directory")]
    [InlineData("--staged --history", "cannot be used together")]
    [InlineData("--staged .", "takes no PATH")]
    [InlineData("--staged", "not in a git repository")]
    [InlineData("--history", "not in a git repository")]
    [InlineData("--format xml", "--help")]
    [InlineData("--json --format sarif", "cannot be used with another --format")]
    public async Task Invalid_input_is_rejected(string arguments, string reason)
    {
        using var tool = new Tool();
        (await tool.RunAsync(["scan", .. arguments.Split(' ')])).RequireExitCode(2).RequireError(reason);
    }

    [Fact]
    public async Task A_pipe_without_a_writer_does_not_block_the_scan()
    {
        using var tool = new Tool();
        using var process = System.Diagnostics.Process.Start("mkfifo", tool.GetPath("pipe"));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Empty(await ScanOutput.ScanAsync(tool));
    }

    private static Task WriteAsync(Tool tool, string name, string text) =>
        File.WriteAllTextAsync(tool.GetPath(name), text, new UTF8Encoding(false), TestContext.Current.CancellationToken);
}
