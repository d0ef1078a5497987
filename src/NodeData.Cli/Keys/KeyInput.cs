using NodeData.Cli.Failures;
using NodeData.Cli.Output;
using NodeData.Sdk;

namespace NodeData.Cli.Keys;

/// <summary>A key from standard input; in a terminal it is asked for and not shown.</summary>
internal static class KeyInput
{
    private const int MaxLength = 4096;

    /// <exception cref="CommandFailedException">What came is no key. It is not repeated.</exception>
    public static async Task<ApiKey> ReadAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        var text = terminal.IsInputTerminal
            ? await SecretPrompt.PromptAsync(terminal, "The key (not shown):", cancellationToken).ConfigureAwait(false)
            : await ReadAllAsync(cancellationToken).ConfigureAwait(false);
        return ApiKey.TryParse(text.Trim(), out var key)
            ? key
            : throw CommandFailedException.Usage(
                $"What came on standard input is no API key ({text.Trim().Length} characters). A key begins with nd_test_ or nd_live_, and comes alone."
            );
    }

    private static async Task<string> ReadAllAsync(CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(Terminal.OpenInput());
        var buffer = new char[MaxLength];
        var length = await reader.ReadBlockAsync(buffer, cancellationToken).ConfigureAwait(false);
        return new string(buffer, 0, length);
    }
}
