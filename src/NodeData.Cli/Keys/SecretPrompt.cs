using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using NodeData.Cli.Output;

namespace NodeData.Cli.Keys;

/// <summary>
/// A line that is typed or pasted into a terminal and not shown. The terminal's echo is off before the question is printed and until the line is read: .NET's own
/// reading of keys turns it on again between two keys, and a pasted secret would be seen.
/// </summary>
internal static class SecretPrompt
{
    private const int StandardInput = 0;
    private const int AfterFlush = 2; // TCSAFLUSH: what was typed before, and shown, is no part of the answer
    private const byte Echo = 0x8; // ECHO

    // The fourth of the flags that struct termios begins with: four bytes each on Linux, eight on macOS.
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
        // .NET's own stream of a terminal would show what is typed.
        using var input = OperatingSystem.IsWindows()
            ? Terminal.OpenInput()
            : new FileStream(new SafeFileHandle(StandardInput, ownsHandle: false), FileAccess.Read, bufferSize: 1);
        using var reader = new StreamReader(input);
        return reader.ReadLine() ?? "";
    }

#pragma warning disable IDE1006, SYSLIB1054 // The C library's names; everything passed is plain bytes, so there is no marshalling to generate.
    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int tcgetattr(int descriptor, byte[] settings);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int tcsetattr(int descriptor, int when, byte[] settings);
#pragma warning restore IDE1006, SYSLIB1054
}
