using System.Threading.Channels;
using NodeData.Cli.Output;

namespace NodeData.Cli.Webhooks.Listening;

/// <summary>The keys that are pressed while something else goes on; none where nobody sits before it.</summary>
internal sealed class Keyboard(Terminal terminal)
{
    public bool IsAvailable { get; } = terminal.IsInputTerminal && terminal.IsErrorTerminal;

    /// <summary>Reads keys until one ends it.</summary>
    /// <param name="onKeyPressed">What a key does.</param>
    /// <param name="quitKey">The key that ends it.</param>
    /// <param name="cancellationToken">Ends it too.</param>
    public async Task RunAsync(Func<char, Task> onKeyPressed, char quitKey, CancellationToken cancellationToken)
    {
        if (!IsAvailable)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, terminal.Time, cancellationToken).ConfigureAwait(false);
        }

        var keys = Channel.CreateUnbounded<char>();
        // Waiting for a key cannot be cancelled; such a thread keeps no program alive.
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
            // The terminal went away.
            keys.TryComplete();
        }
    }
}
