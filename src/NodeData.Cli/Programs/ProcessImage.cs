using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace NodeData.Cli.Programs;

/// <summary>System calls that .NET does not provide: replacing the process with another program, and asking a process to terminate.</summary>
internal static class ProcessImage
{
    private const int TerminateSignal = 15; // SIGTERM
    private const int BrokenPipeSignal = 13; // SIGPIPE
    private const nint DefaultHandler = 0; // SIG_DFL

    /// <summary>Replaces this process with another program, which keeps the process ID, the parent and the terminal.</summary>
    /// <returns>The system's error code. The method returns only if it fails.</returns>
    public static int Replace(IReadOnlyList<string> command, IReadOnlyList<string> environment)
    {
        // .NET ignores SIGPIPE, and the new program would inherit that.
        _ = signal(BrokenPipeSignal, DefaultHandler);
        return Exec(ToNativeStrings(command), ToNativeStrings(environment));
    }

    /// <summary>Asks a process to terminate, as a service manager does.</summary>
    public static void Terminate(Process process)
    {
        if (OperatingSystem.IsWindows())
        {
            process.Kill(entireProcessTree: true);
        }
        else
        {
            _ = kill(process.Id, TerminateSignal);
        }
    }

    private static int Exec(nint[] arguments, nint[] environment)
    {
        _ = execvpe(arguments[0], arguments, environment);
        return Marshal.GetLastPInvokeError();
    }

    // Null-terminated, as C requires. Never freed: the memory is released with the process.
    private static nint[] ToNativeStrings(IReadOnlyList<string> texts) => [.. texts.Select(ToNativeString), 0];

    private static nint ToNativeString(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var memory = Marshal.AllocHGlobal(bytes.Length + 1);
        Marshal.Copy(bytes, 0, memory, bytes.Length);
        Marshal.WriteByte(memory, bytes.Length, 0);
        return memory;
    }

#pragma warning disable IDE1006, SYSLIB1054 // The C library's names; everything passed is plain memory, so there is no marshalling to generate.
    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int execvpe(nint program, nint[] arguments, nint[] environment);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint signal(int number, nint handler);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int process, int number);
#pragma warning restore IDE1006, SYSLIB1054
}
