using NodeData.Cli.Output;
using NodeData.Sdk;
using Spectre.Console;

namespace NodeData.Cli.Keys.Rotation;

/// <summary>Tells each step of a rotation as a line on standard error, and how long the overlap still is where somebody watches.</summary>
internal sealed class RotationReport(Terminal terminal) : IProgress<ApiKeyRotationProgress>
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource<DateTimeOffset> _overlap = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The step told last; null where nothing was begun.</summary>
    public ApiKeyRotationProgress? Last { get; private set; }

    public void Report(ApiKeyRotationProgress value)
    {
        Last = value;
        if (ProgressText.Of(value) is not { } text)
        {
            return;
        }

        var line = $"node-data: {PlainText.Of(text)}";
        if (terminal.IsErrorTerminal)
        {
            // Through the screen, which keeps the countdown below it.
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

    /// <summary>Waits for a rotation; in a terminal with a countdown during its overlap.</summary>
    public async Task<ApiKeyRotation> FollowAsync(Task<ApiKeyRotation> rotation)
    {
        if (terminal.IsErrorTerminal && await Task.WhenAny(rotation, _overlap.Task).ConfigureAwait(false) == _overlap.Task)
        {
            await CountDownAsync(rotation, await _overlap.Task.ConfigureAwait(false)).ConfigureAwait(false);
        }

        return await rotation.ConfigureAwait(false);
    }

    private Task CountDownAsync(Task rotation, DateTimeOffset end) =>
        terminal
            .ErrorScreen.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn())
            .StartAsync(async context =>
            {
                var begun = terminal.Time.GetUtcNow();
                var task = context.AddTask("Both keys work", maxValue: Math.Max(1, (end - begun).TotalSeconds));
                while (!rotation.IsCompleted)
                {
                    var now = terminal.Time.GetUtcNow();
                    task.Value = (now - begun).TotalSeconds;
                    task.Description = $"Both keys work, for {Left(end - now)} yet";
                    await Task.WhenAny(rotation, Task.Delay(Tick, terminal.Time, CancellationToken.None)).ConfigureAwait(false);
                }
            });

    private static string Left(TimeSpan left) =>
        left <= TimeSpan.Zero ? "0:00:00"
        : left < TimeSpan.FromDays(1) ? left.ToString(@"h\:mm\:ss", System.Globalization.CultureInfo.InvariantCulture)
        : left.ToString(@"d'd 'h\:mm\:ss", System.Globalization.CultureInfo.InvariantCulture);
}
