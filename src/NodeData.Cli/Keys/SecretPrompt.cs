using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using NodeData.Cli.Output;

namespace NodeData.Cli.Keys;

/// <summary>
/// Reads a line from a terminal without showing it. The echo of the terminal is off from before the prompt until the line is read: <c>Console.ReadKey</c> turns
/// it on again between two keys, which would show a pasted secret.
/// </summary>
internal static class SecretPrompt
{
    private const int StandardInput = 0;
    private const int AfterFlush = 2; // TCSAFLUSH: discards input that was typed, and shown, before
    private const byte Echo = 0x8; // ECHO

    // The offset of c_lflag, the fourth flag field of struct termios: four bytes each on Linux, eight on macOS.
    private static readonly int LocalFlags = OperatingSystem.IsMacOS() ? 24 : 12;

    public static async Task<string> PromptAsync(Terminal terminal, string prompt, CancellationToken cancellationToken)
    {
        var settings = new byte[256];
        var hasSettings = !OperatingSystem.IsWindows() && tcgetattr(StandardInput, settings) == 0;
        var hidden = (byte[])settings.Clone();
        hidden[LocalFlags] &= unchecked((byte)~Echo);
        try
        {
            if (hasSettings)
            {
                _ = tcsetattr(StandardInput, AfterFlush, hidden);
            }

            await terminal.Error.WriteAsync($"{prompt} ").ConfigureAwait(false);
            return await Task.Run(ReadLine, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (hasSettings)
            {
                _ = tcsetattr(StandardInput, AfterFlush, settings);
            }

            await terminal.Error.WriteLineAsync().ConfigureAwait(false);
        }
    }

    private static string ReadLine()
    {
        // .NET's stream of a terminal would echo the input.
        using var input = OperatingSystem.IsWindows()
            ? Terminal.OpenInput()
            : new FileStream(new SafeFileHandle(StandardInput, ownsHandle: false), FileAccess.Read, bufferSize: 1);
        using var reader = new StreamReader(input);
        return reader.ReadLine() ?? "";
    }

#pragma warning disable IDE1006, SYSLIB1054 // The names of the C library; all arguments are blittable, so there is no marshalling to generate.
    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int tcgetattr(int descriptor, byte[] settings);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int tcsetattr(int descriptor, int when, byte[] settings);
#pragma warning restore IDE1006, SYSLIB1054
}
