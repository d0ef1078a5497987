using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace NodeData.Sdk.Credentials;

/// <summary>Who owns an open file. The platform's own library has no call for it.</summary>
internal static class FileOwner
{
    // From <linux/stat.h> and <fcntl.h>: the same on every architecture, unlike what stat gives.
    private const int EmptyPathFlag = 0x1000;
    private const uint OwnerMask = 0x8;
    private const int StatusSize = 256;
    private const int OwnerOffset = 20;

    private static readonly byte[] EmptyPathBytes = [0];

    /// <summary>Whether the user that this process runs as owns the file. Yes where it cannot be told: off Linux, or on a C library of before 2018.</summary>
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
