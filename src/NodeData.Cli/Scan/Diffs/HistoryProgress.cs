using System.Globalization;
using NodeData.Cli.Git;
using NodeData.Cli.Output;
using Spectre.Console;

namespace NodeData.Cli.Scan.Diffs;

/// <summary>Shows on standard error, where people sit before it, how far a history has been read.</summary>
internal static class HistoryProgress
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits for the work, and shows how it goes.</summary>
    public static async Task ShowAsync(Terminal terminal, Task work, DiffReader reader, GitProgram git)
    {
        if (terminal.IsErrorTerminal)
        {
            await terminal
                .ErrorScreen.Progress()
                .AutoClear(true)
                .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn())
                .StartAsync(context => FollowAsync(context, terminal.Time, work, reader, git))
                .ConfigureAwait(false);
        }

        await work.ConfigureAwait(false);
    }

    private static async Task FollowAsync(ProgressContext context, TimeProvider time, Task work, DiffReader reader, GitProgram git)
    {
        var count = git.TryAsk(GitDiffs.Count) ?? "";
        var total = int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var commits) ? Math.Max(commits, 1) : 1;
        var task = context.AddTask("Commits", maxValue: total);
        while (!work.IsCompleted)
        {
            Show(task, reader.Commits, total);
            await Task.WhenAny(work, Task.Delay(Pace, time)).ConfigureAwait(false);
        }

        Show(task, reader.Commits, total);
    }

    private static void Show(ProgressTask task, int done, int total)
    {
        task.Value = Math.Min(done, total);
        task.Description = string.Create(CultureInfo.InvariantCulture, $"{done} of {total} commits");
    }
}
