using NodeData.Cli.Failures;
using NodeData.Cli.Output;
using NodeData.Sdk;

namespace NodeData.Cli.Keys;

/// <summary>Reads a key from standard input; in a terminal, prompts for it without showing it.</summary>
internal static class KeyInput
{
    private const int MaxLength = 4096;

    /// <exception cref="CommandFailedException">The input is not an API key. The message does not repeat it.</exception>
    public static async Task<ApiKey> ReadAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        var text = terminal.IsInputTerminal
            ? await SecretPrompt.PromptAsync(terminal, "API key (not shown):", cancellationToken).ConfigureAwait(false)
            : await ReadAllAsync(cancellationToken).ConfigureAwait(false);
        return ApiKey.TryParse(text.Trim(), out var key)
            ? key
            : throw CommandFailedException.Usage(
                $"Standard input is not an API key ({text.Trim().Length} characters). Pass only the key, which begins with nd_test_ or nd_live_."
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
