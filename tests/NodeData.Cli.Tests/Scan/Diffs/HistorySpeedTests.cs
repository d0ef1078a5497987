using System.Diagnostics;
using System.Globalization;
using System.Text;
using NodeData.Cli.Tests.Doubles;

namespace NodeData.Cli.Tests.Scan.Diffs;

/// <summary>Scanning a history of 100 MB against printing it, in one run. Not in parallel with the other tests: they would be measured too.</summary>
[Collection(nameof(HistorySpeedTests))]
[CollectionDefinition(nameof(HistorySpeedTests), DisableParallelization = true)]
public sealed class HistorySpeedTests
{
    private const int Commits = 1000;
    private const int Megabytes = 100;
    private const int FewestRounds = 3;
    private const int Rounds = 10;
    private static readonly byte[] Letters = "abcdefghijklmnopqrstuvwxyz  "u8.ToArray();

    [Fact]
    public async Task Takes_no_longer_than_twice_what_git_takes_to_print_it()
    {
        using var tool = new Tool();
        var git = await GitFolder.InAsync(tool);
        await FillAsync(tool);
        Assert.Empty(await ScanOutput.ScanAsync(tool, "--history"));

        var (printing, scanning) = (TimeSpan.MaxValue, TimeSpan.MaxValue);
        // The least of several rounds: other programs at work add to some of them, and take away from none.
        for (var round = 0; round < Rounds && (round < FewestRounds || scanning > 2 * printing); round++)
        {
            printing = Least(printing, await TimeAsync(tool, "git log --patch >/dev/null"));
            scanning = Least(scanning, await TimeAsync(tool, $"'{Tool.Program}' scan --history"));
        }

        var figures = string.Create(
            CultureInfo.InvariantCulture,
            $"git log -p {printing.TotalMilliseconds:0} ms, scan --history {scanning.TotalMilliseconds:0} ms"
        );
        TestContext.Current.SendDiagnosticMessage(figures);
        Assert.True(scanning <= 2 * printing, figures);
    }

    // Some files that are made and then changed here and there, straight into git.
    private static async Task FillAsync(Tool tool)
    {
        var random = new Random(8);
        using var import = Process.Start(tool.StartOf("git", "fast-import", "--quiet"))!;
        await using (var input = new BufferedStream(import.StandardInput.BaseStream))
        {
            for (var commit = 0; commit < Commits; commit++)
            {
                Say($"commit refs/heads/main\ncommitter N <n@example.com> {1_700_000_000 + (commit * 60)} +0000\ndata 1\nx\n");
                var text = new byte[Megabytes * 1_000_000 / Commits];
                for (var i = 0; i < text.Length; i++)
                {
                    text[i] = i % 60 == 59 ? (byte)'\n' : Letters[random.Next(Letters.Length)];
                }

                Say($"M 100644 inline dir{commit % 7}/file{commit}.txt\ndata {text.Length}\n");
                input.Write(text);
                Say("\n");
            }

            void Say(string text) => input.Write(Encoding.ASCII.GetBytes(text));
        }

        await import.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, import.ExitCode);
    }

    private static async Task<TimeSpan> TimeAsync(Tool tool, string command)
    {
        var start = TimeProvider.System.GetTimestamp();
        (await tool.RunShellAsync(command)).Requires(0);
        return TimeProvider.System.GetElapsedTime(start);
    }

    private static TimeSpan Least(TimeSpan first, TimeSpan second) => first < second ? first : second;
}
