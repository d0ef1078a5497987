using System.IO.Pipes;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace NodeData.Cli.Git;

/// <summary>
/// Gives a pipe more room than the 64 KiB of Linux, so that git goes on while what it printed is read: with both sides taking turns, half of the time would be
/// waiting. Elsewhere, and where the system has no more room to give, the pipe stays as it is.
/// </summary>
internal static class Pipe
{
    private const int SetPipeSize = 1031;
    private const int Capacity = 1024 * 1024;

    public static void IncreaseCapacity(Stream stream)
    {
        if (OperatingSystem.IsLinux() && stream is PipeStream { SafePipeHandle: var handle })
        {
            _ = fcntl(handle, SetPipeSize, Capacity);
        }
    }

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
#pragma warning disable IDE1006, SYSLIB1054 // The C library's name; LibraryImport would need unsafe code in this project.
    private static extern int fcntl(SafePipeHandle descriptor, int command, nint argument);
#pragma warning restore IDE1006, SYSLIB1054
}
