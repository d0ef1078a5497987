using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace NodeData.Sdk.Credentials;

/// <summary>Determines the owner of an open file. .NET has no API for it.</summary>
internal static class FileOwner
{
    // From <linux/stat.h> and <fcntl.h>. The layout of statx, unlike that of stat, is the same on every architecture.
    private const int EmptyPathFlag = 0x1000;
    private const uint OwnerMask = 0x8;
    private const int StatusSize = 256;
    private const int OwnerOffset = 20;

    private static readonly byte[] EmptyPathBytes = [0];

    /// <summary>
    /// Determines whether the user of the process owns the file. Returns true if the owner is unknown: outside Linux, or with a C library older than 2018.
    /// </summary>
    public static bool IsCurrentUser(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux())
        {
            return true;
        }

        var status = new byte[StatusSize];
        try
        {
            return GetStatus(file, EmptyPathBytes, EmptyPathFlag, OwnerMask, status) != 0
                || BitConverter.ToUInt32(status, OwnerOffset) == GetUser();
        }
        catch (EntryPointNotFoundException)
        {
            return true;
        }
    }

    [DllImport("libc", EntryPoint = "statx")]
    private static extern int GetStatus(SafeFileHandle file, byte[] path, int flags, uint mask, byte[] status);

    [DllImport("libc", EntryPoint = "geteuid")]
    private static extern uint GetUser();
}
