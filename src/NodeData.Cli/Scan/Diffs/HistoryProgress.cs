using System.Globalization;
using NodeData.Cli.Git;
using NodeData.Cli.Output;
using Spectre.Console;

namespace NodeData.Cli.Scan.Diffs;

/// <summary>Shows the progress of a history scan on standard error if that is a terminal.</summary>
internal static class HistoryProgress
{
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits for the work and shows its progress.</summary>
    public static async Task ShowAsync(Terminal terminal, Task work, DiffReader reader, GitProgram git)
    {
        if (terminal.IsErrorTerminal)
        {
            await terminal
                .ErrorScreen.Progress()
                .AutoClear(true)
                .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn())
                .StartAsync(context => UpdateAsync(context, terminal.Time, work, reader, git))
                .ConfigureAwait(false);
        }

        await work.ConfigureAwait(false);
    }

    private static async Task UpdateAsync(ProgressContext context, TimeProvider time, Task work, DiffReader reader, GitProgram git)
    {
        var count = git.TryGetOutput(GitArguments.CommitCount) ?? "";
        var total = int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var commits) ? Math.Max(commits, 1) : 1;
        var task = context.AddTask("Commits", maxValue: total);
        while (!work.IsCompleted)
        {
            Update(task, reader.CommitCount, total);
            await Task.WhenAny(work, Task.Delay(RefreshInterval, time)).ConfigureAwait(false);
        }

        Update(task, reader.CommitCount, total);
    }

    private static void Update(ProgressTask task, int completed, int total)
    {
        task.Value = Math.Min(completed, total);
        task.Description = string.Create(CultureInfo.InvariantCulture, $"{completed} of {total} commits");
    }
}
