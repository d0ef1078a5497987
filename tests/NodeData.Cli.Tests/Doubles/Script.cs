using System.Diagnostics;
using System.Text;

namespace NodeData.Cli.Tests.Doubles;

/// <summary>
/// Writes an executable script. Another process writes the file: a file that this process has open for writing is briefly inherited by every program that a
/// parallel test starts, and the system does not execute a file that is open for writing (ETXTBSY).
/// </summary>
internal static class Script
{
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public static void Write(string path, byte[] script, UnixFileMode mode = OwnerOnly)
    {
        var start = new ProcessStartInfo("install", ["-m", Convert.ToString((int)mode, 8), "/dev/stdin", path])
        {
            RedirectStandardInput = true,
        };
        using var install = Process.Start(start)!;
        install.StandardInput.BaseStream.Write(script);
        install.StandardInput.Close();
        install.WaitForExit();
        Assert.Equal(0, install.ExitCode);
    }

    public static void Write(string path, string script, UnixFileMode mode = OwnerOnly) =>
        Write(path, Encoding.UTF8.GetBytes(script), mode);
}
