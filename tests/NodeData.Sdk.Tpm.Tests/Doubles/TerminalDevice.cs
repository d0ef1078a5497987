using System.Buffers.Binary;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace NodeData.Sdk.Tpm.Tests.Doubles;

/// <summary>
/// A character device that is connected to a TPM: a raw pseudo-terminal, whose other side is forwarded to swtpm's socket. A TPM device of the kernel would
/// require a driver that containers do not have.
/// </summary>
internal sealed partial class TerminalDevice : IAsyncDisposable
{
    private const int ReadWrite = 2;
    private const int NoControllingTerminal = 0x100; // O_NOCTTY
    private const int CloseOnExec = 0x80000; // O_CLOEXEC: a program that another test starts must not keep the device open
    private const int ApplyNow = 0; // TCSANOW

    private readonly SafeFileHandle _master;
    private readonly FileStream _keepOpen;
    private readonly FileStream _stream;
    private readonly Task _serving;
    private volatile bool _isDisposed;

    /// <param name="port">The port of swtpm; 0 for a device that never responds.</param>
    public TerminalDevice(int port)
    {
        var master = OpenTerminal(ReadWrite | NoControllingTerminal | CloseOnExec);
        Assert.True(master >= 0 && Grant(master) == 0 && Unlock(master) == 0, "No pseudo-terminal is available.");
        var name = new byte[128];
        Assert.Equal(0, GetName(master, name, name.Length));
        Path = Encoding.ASCII.GetString(name.AsSpan(0, name.AsSpan().IndexOf((byte)0)));
        var mode = new byte[256]; // larger than any struct termios
        Assert.Equal(0, GetMode(master, mode));
        MakeRaw(mode);
        Assert.Equal(0, SetMode(master, ApplyNow, mode));

        _master = new SafeFileHandle(master, ownsHandle: true);
        _stream = new FileStream(_master, FileAccess.ReadWrite, bufferSize: 0);
        // Kept open, so that the terminal does not hang up between two connections.
        _keepOpen = new FileStream(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        _serving = Task.Factory.StartNew(() => Serve(port), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public string Path { get; }

    public async ValueTask DisposeAsync()
    {
        // Unblocks the serving thread: a read of a device cannot be canceled.
        _isDisposed = true;
        _keepOpen.WriteByte(0);
        await _serving;
        await _stream.DisposeAsync();
        _master.Dispose();
        await _keepOpen.DisposeAsync();
    }

    private void Serve(int port)
    {
        var command = new byte[4096];
        var response = new byte[4096];
        try
        {
            while (ReadMessage(_stream, command) is > 0 and var length)
            {
                if (port == 0)
                {
                    continue;
                }

                using var tpm = new TcpClient("127.0.0.1", port);
                tpm.GetStream().Write(command.AsSpan(0, length));
                _stream.Write(response.AsSpan(0, ReadMessage(tpm.GetStream(), response)));
            }
        }
        catch (IOException)
        {
            // The terminal hung up.
        }
    }

    // Reads a command or a response, which may arrive in parts; returns 0 at the end.
    private int ReadMessage(Stream stream, byte[] buffer)
    {
        const int Header = 10;
        var length = 0;
        while (length < Header || length < BinaryPrimitives.ReadInt32BigEndian(buffer.AsSpan(2)))
        {
            var read = stream.Read(buffer, length, buffer.Length - length);
            if (read == 0 || _isDisposed)
            {
                return 0;
            }

            length += read;
        }

        return length;
    }

    [LibraryImport("libc", EntryPoint = "posix_openpt")]
    private static partial int OpenTerminal(int flags);

    [LibraryImport("libc", EntryPoint = "grantpt")]
    private static partial int Grant(int master);

    [LibraryImport("libc", EntryPoint = "unlockpt")]
    private static partial int Unlock(int master);

    [LibraryImport("libc", EntryPoint = "ptsname_r")]
    private static partial int GetName(int master, [Out] byte[] name, nint length);

    [LibraryImport("libc", EntryPoint = "tcgetattr")]
    private static partial int GetMode(int terminal, [Out] byte[] mode);

    [LibraryImport("libc", EntryPoint = "cfmakeraw")]
    private static partial void MakeRaw([In, Out] byte[] mode);

    [LibraryImport("libc", EntryPoint = "tcsetattr")]
    private static partial int SetMode(int terminal, int when, [In] byte[] mode);
}
