using System.Diagnostics;
using System.Globalization;
using System.Text;
using NodeData.Cli.Tests.Doubles;

namespace NodeData.Cli.Tests.Scan.Diffs;

/// <summary>Compares scanning a history of 100 MB with printing it. Does not run in parallel with other tests, which would distort the measurement.</summary>
[Collection(nameof(HistorySpeedTests))]
[CollectionDefinition(nameof(HistorySpeedTests), DisableParallelization = true)]
public sealed class HistorySpeedTests
{
    private const int CommitCount = 1000;
    private const int Megabytes = 100;
    private const int MinRounds = 3;
    private const int MaxRounds = 10;
    private static readonly byte[] Letters = "abcdefghijklmnopqrstuvwxyz  "u8.ToArray();

    [Fact]
    public async Task A_history_scan_takes_at_most_twice_as_long_as_git_log()
    {
        using var tool = new Tool();
        var git = await GitRepository.CreateAsync(tool);
        await ImportHistoryAsync(tool);
        Assert.Empty(await ScanOutput.ScanAsync(tool, "--history"));

        var (printing, scanning) = (TimeSpan.MaxValue, TimeSpan.MaxValue);
        // The minimum of several rounds: other running programs can only slow a round down.
        for (var round = 0; round < MaxRounds && (round < MinRounds || scanning > 2 * printing); round++)
        {
            printing = Min(printing, await MeasureAsync(tool, "git log --patch >/dev/null"));
            scanning = Min(scanning, await MeasureAsync(tool, $"'{Tool.Program}' scan --history"));
        }

        var figures = string.Create(
            CultureInfo.InvariantCulture,
            $"git log -p {printing.TotalMilliseconds:0} ms, scan --history {scanning.TotalMilliseconds:0} ms"
        );
        TestContext.Current.SendDiagnosticMessage(figures);
        Assert.True(scanning <= 2 * printing, figures);
    }

    // Imports commits with generated files directly into git.
    private static async Task ImportHistoryAsync(Tool tool)
    {
        var random = new Random(8);
        using var import = Process.Start(tool.CreateStartInfo("git", "fast-import", "--quiet"))!;
        await using (var input = new BufferedStream(import.StandardInput.BaseStream))
        {
            for (var commit = 0; commit < CommitCount; commit++)
            {
                Write($"commit refs/heads/main\ncommitter N <n@example.com> {1_700_000_000 + (commit * 60)} +0000\ndata 1\nx\n");
                var text = new byte[Megabytes * 1_000_000 / CommitCount];
                for (var i = 0; i < text.Length; i++)
                {
                    text[i] = i % 60 == 59 ? (byte)'\n' : Letters[random.Next(Letters.Length)];
                }

                Write($"M 100644 inline dir{commit % 7}/file{commit}.txt\ndata {text.Length}\n");
                input.Write(text);
                Write("\n");
            }

            void Write(string text) => input.Write(Encoding.ASCII.GetBytes(text));
        }

        await import.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, import.ExitCode);
    }

    private static async Task<TimeSpan> MeasureAsync(Tool tool, string command)
    {
        var start = TimeProvider.System.GetTimestamp();
        (await tool.RunShellAsync(command)).RequireExitCode(0);
        return TimeProvider.System.GetElapsedTime(start);
    }

    private static TimeSpan Min(TimeSpan first, TimeSpan second) => first < second ? first : second;
}
