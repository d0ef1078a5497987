using System.Text;
using NodeData.Cli.Tests.Doubles;

namespace NodeData.Cli.Tests.Scan.Files;

public sealed class ScanFilesTests
{
    [Fact]
    public async Task A_folder_without_secrets_is_clean()
    {
        using var tool = new Tool();
        await File.WriteAllTextAsync(tool.PathOf("a.txt"), "nd_live_… and whsec_…", TestContext.Current.CancellationToken);

        var result = (await tool.RunAsync("scan")).Requires(0);

        Assert.Empty(result.Output);
        Assert.Empty(result.Error);
    }

    [Fact]
    public async Task Every_file_of_a_plain_folder_is_looked_at()
    {
        using var tool = new Tool();
        Directory.CreateDirectory(tool.PathOf("deep/.hidden"));
        await WriteAsync(tool, "a.txt", $"\nx {MadeUp.LiveKey()}");
        await WriteAsync(tool, "deep/.hidden/b.bin", $"\0\u0001{MadeUp.WebhookSecret()}\0");
        File.CreateSymbolicLink(tool.PathOf("link"), tool.PathOf("a.txt"));

        var result = (await tool.RunAsync("scan")).Requires(4);

        Assert.Equal(
            ["a.txt\t2\tlive-key", "deep/.hidden/b.bin\t1\twebhook-secret"],
            result.Lines.Select(line => line[..line.LastIndexOf('\t')])
        );
        result.Says("2 secrets in 2 places", "--add-ignores");
    }

    [Fact]
    public async Task Of_a_repository_what_git_keeps_or_would_keep_and_what_is_named()
    {
        using var tool = new Tool();
        var git = await GitFolder.InAsync(tool);
        await git.CommitAsync("tracked.txt", MadeUp.LiveKey());
        git.Write(".gitignore", "ignored.txt\n");
        git.Write("untracked é.txt", MadeUp.LiveKey());
        git.Write("ignored.txt", MadeUp.LiveKey());
        git.Write("gone.txt", "x");
        await git.RunAsync("add", "gone.txt");
        File.Delete(tool.PathOf("gone.txt"));

        Assert.Equal(["|tracked.txt:1:1 live-key", "|untracked é.txt:1:1 live-key"], await ScanOutput.ScanAsync(tool));
        Assert.Equal(["|ignored.txt:1:1 live-key"], await ScanOutput.ScanAsync(tool, "ignored.txt"));
    }

    [Fact]
    public async Task A_repository_inside_another_is_looked_at_too()
    {
        using var tool = new Tool();
        var git = await GitFolder.InAsync(tool);
        await git.RunAsync("init", "--quiet", "nested");
        git.Write("nested/.gitignore", "ignored.txt");
        git.Write("nested/ignored.txt", MadeUp.LiveKey());
        git.Write("nested/kept.txt", MadeUp.LiveKey());

        Assert.Equal(["|nested/kept.txt:1:1 live-key"], await ScanOutput.ScanAsync(tool));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_cannot_be_read_is_named_and_the_scan_is_not_clean(bool isRepository)
    {
        using var tool = new Tool();
        (await tool.RunShellAsync($"printf x >$'bad\\xff.txt'{(isRepository ? "; git init --quiet" : "")}")).Requires(0);

        (await tool.RunAsync("scan")).Requires(5).Says("not looked at", "no UTF-8");
        Assert.Single((await tool.RunAsync("scan", "--json")).Json.GetProperty("unread").EnumerateArray());
        // .NET could not delete it either.
        (await tool.RunShellAsync("rm bad*")).Requires(0);
    }

    [Theory]
    [InlineData("nowhere.txt", "There is no file or folder")]
    [InlineData("--staged --history", "exclude each other")]
    [InlineData("--staged .", "takes no PATH")]
    [InlineData("--staged", "in no git repository")]
    [InlineData("--history", "in no git repository")]
    [InlineData("--format xml", "--help")]
    [InlineData("--json --format sarif", "exclude each other")]
    public async Task Wrong_input_is_refused(string arguments, string reason)
    {
        using var tool = new Tool();
        (await tool.RunAsync(["scan", .. arguments.Split(' ')])).Requires(2).Says(reason);
    }

    [Fact]
    public async Task A_pipe_without_a_writer_does_not_hold_it_up()
    {
        using var tool = new Tool();
        using var made = System.Diagnostics.Process.Start("mkfifo", tool.PathOf("pipe"));
        await made.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Empty(await ScanOutput.ScanAsync(tool));
    }

    private static Task WriteAsync(Tool tool, string name, string text) =>
        File.WriteAllTextAsync(tool.PathOf(name), text, new UTF8Encoding(false), TestContext.Current.CancellationToken);
}
