using System.IO.Pipes;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace NodeData.Cli.Git;

/// <summary>
/// Increases the capacity of a pipe beyond the 64 KiB of Linux, so that git continues while its output is read; otherwise both sides take turns and spend half
/// of the time waiting. On other systems, and if the limit of the system is reached, the capacity does not change.
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
#pragma warning disable IDE1006, SYSLIB1054 // The name of the C library; LibraryImport would need unsafe code in this project.
    private static extern int fcntl(SafePipeHandle descriptor, int command, nint argument);
#pragma warning restore IDE1006, SYSLIB1054
}
