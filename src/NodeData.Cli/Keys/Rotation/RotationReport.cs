using NodeData.Cli.Output;
using NodeData.Sdk;
using Spectre.Console;

namespace NodeData.Cli.Keys.Rotation;

/// <summary>Writes the progress of a rotation to standard error; in a terminal, also a countdown of the overlap.</summary>
internal sealed class RotationReport(Terminal terminal) : IProgress<ApiKeyRotationProgress>
{
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource<DateTimeOffset> _overlap = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The last progress report; null if the rotation has not started.</summary>
    public ApiKeyRotationProgress? LastProgress { get; private set; }

    public void Report(ApiKeyRotationProgress value)
    {
        LastProgress = value;
        if (ProgressText.Format(value) is not { } text)
        {
            return;
        }

        var line = $"node-data: {PlainText.Sanitize(text)}";
        if (terminal.IsErrorTerminal)
        {
            // The screen keeps the countdown below the line.
            terminal.ErrorScreen.Write(new Text(line + "\n"));
        }
        else
        {
            terminal.Error.WriteLine(line);
        }

        var isWaiting = value.Stage == ApiKeyRotationStage.Overlapping || value.Stage == ApiKeyRotationStage.RollingBack;
        if (isWaiting && value.OverlapEndsAt is { } end)
        {
            _overlap.TrySetResult(end);
        }
    }

    /// <summary>Waits for a rotation; in a terminal, shows a countdown during its overlap.</summary>
    public async Task<ApiKeyRotation> FollowAsync(Task<ApiKeyRotation> rotation)
    {
        if (terminal.IsErrorTerminal && await Task.WhenAny(rotation, _overlap.Task).ConfigureAwait(false) == _overlap.Task)
        {
            await ShowCountdownAsync(rotation, await _overlap.Task.ConfigureAwait(false)).ConfigureAwait(false);
        }

        return await rotation.ConfigureAwait(false);
    }

    private Task ShowCountdownAsync(Task rotation, DateTimeOffset end) =>
        terminal
            .ErrorScreen.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn())
            .StartAsync(async context =>
            {
                var started = terminal.Time.GetUtcNow();
                var task = context.AddTask("Both keys work", maxValue: Math.Max(1, (end - started).TotalSeconds));
                while (!rotation.IsCompleted)
                {
                    var now = terminal.Time.GetUtcNow();
                    task.Value = (now - started).TotalSeconds;
                    task.Description = $"Both keys work for another {FormatRemaining(end - now)}";
                    await Task.WhenAny(rotation, Task.Delay(RefreshInterval, terminal.Time, CancellationToken.None)).ConfigureAwait(false);
                }
            });

    private static string FormatRemaining(TimeSpan remaining) =>
        remaining <= TimeSpan.Zero ? "0:00:00"
        : remaining < TimeSpan.FromDays(1) ? remaining.ToString(@"h\:mm\:ss", System.Globalization.CultureInfo.InvariantCulture)
        : remaining.ToString(@"d'd 'h\:mm\:ss", System.Globalization.CultureInfo.InvariantCulture);
}
