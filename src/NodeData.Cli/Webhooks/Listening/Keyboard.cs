using System.Threading.Channels;
using NodeData.Cli.Output;

namespace NodeData.Cli.Webhooks.Listening;

/// <summary>Reads key presses while other tasks run. There are none without a terminal.</summary>
internal sealed class Keyboard(Terminal terminal)
{
    public bool IsAvailable { get; } = terminal.IsInputTerminal && terminal.IsErrorTerminal;

    /// <summary>Reads keys until the quit key is pressed.</summary>
    /// <param name="onKeyPressed">Handles a key.</param>
    /// <param name="quitKey">The quit key.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task RunAsync(Func<char, Task> onKeyPressed, char quitKey, CancellationToken cancellationToken)
    {
        if (!IsAvailable)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, terminal.Time, cancellationToken).ConfigureAwait(false);
        }

        var keys = Channel.CreateUnbounded<char>();
        // Waiting for a key cannot be canceled; a background thread does not keep the process alive.
        new Thread(() => Read(keys.Writer)) { IsBackground = true, Name = "keyboard" }.Start();
        await foreach (var key in keys.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            if (key == quitKey)
            {
                return;
            }

            await onKeyPressed(key).ConfigureAwait(false);
        }

        await Task.Delay(Timeout.InfiniteTimeSpan, terminal.Time, cancellationToken).ConfigureAwait(false);
    }

    private static void Read(ChannelWriter<char> keys)
    {
        try
        {
            while (true)
            {
                keys.TryWrite(char.ToLowerInvariant(Console.ReadKey(intercept: true).KeyChar));
            }
        }
        catch (Exception exception) when (exception is InvalidOperationException or IOException)
        {
            // The terminal was closed.
            keys.TryComplete();
        }
    }
}
