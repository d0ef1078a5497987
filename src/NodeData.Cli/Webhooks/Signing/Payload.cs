using System.CommandLine;
using NodeData.Cli.CommandLine;
using NodeData.Cli.Failures;
using NodeData.Cli.Output;

namespace NodeData.Cli.Webhooks.Signing;

/// <summary>Reads the body of a delivery, byte for byte, from a file or from standard input.</summary>
internal static class Payload
{
    private const string StandardInput = "-";

    public static Option<string?> CreateOption() =>
        new("--payload") { Description = "File with the body, byte for byte; - for standard input (the default)", HelpName = "FILE" };

    /// <exception cref="CommandFailedException">The file cannot be read, or standard input is a terminal.</exception>
    public static async Task<byte[]> ReadAsync(Invocation invocation, Option<string?> option, CancellationToken cancellationToken)
    {
        var path = invocation.Get(option);
        if (path is null && invocation.Terminal.IsInputTerminal)
        {
            throw CommandFailedException.Usage(
                "The body is missing. Pass its file with --payload, or pipe it to standard input. Every byte counts."
            );
        }

        return path is null or StandardInput
            ? await ReadInputAsync(cancellationToken).ConfigureAwait(false)
            : await ReadFileAsync(path, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<byte[]> ReadInputAsync(CancellationToken cancellationToken)
    {
        var bytes = new MemoryStream();
        var input = Terminal.OpenInput();
        await using (input.ConfigureAwait(false))
        {
            await input.CopyToAsync(bytes, cancellationToken).ConfigureAwait(false);
        }

        return bytes.ToArray();
    }

    private static async Task<byte[]> ReadFileAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CommandFailedException.Usage(
                $"--payload: the file '{path}' cannot be read. Name an existing file, or - for standard input.",
                exception
            );
        }
    }
}
