using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace NodeData.Cli.Programs;

/// <summary>What .NET has no call for: becoming another program, and asking one to end.</summary>
internal static class ProcessImage
{
    private const int TerminateSignal = 15; // SIGTERM
    private const int BrokenPipeSignal = 13; // SIGPIPE
    private const nint DefaultHandler = 0; // SIG_DFL

    /// <summary>Becomes another program, which has this one's place: its process id, its parent, its terminal.</summary>
    /// <returns>Only where it failed: the system's error.</returns>
    public static int Replace(IReadOnlyList<string> command, IReadOnlyList<string> environment)
    {
        // .NET ignores this one, and a program inherits that.
        _ = signal(BrokenPipeSignal, DefaultHandler);
        return Exec(ToNativeStrings(command), ToNativeStrings(environment));
    }

    /// <summary>Asks a program to end, as a service manager does.</summary>
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

    // Ended by a null, as C has it. Never freed: the memory goes with the program.
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
