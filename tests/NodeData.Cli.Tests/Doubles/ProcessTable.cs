using System.Runtime.Versioning;
using System.Text;

namespace NodeData.Cli.Tests.Doubles;

/// <summary>
/// Records the process table: each program that the tool starts waits at its start until the arguments and the environment of every process on the machine are
/// recorded.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed class ProcessTable : IAsyncDisposable
{
    private const string End = "end";

    private readonly Tool _tool;
    private readonly FileStream _started;
    private readonly FileStream _gate;
    private readonly Task _recording;

    private ProcessTable(Tool tool)
    {
        _tool = tool;
        // Opened for reading and writing, so that neither side waits for the other to open the pipe.
        _started = Open(GetPath("started"));
        _gate = Open(GetPath("gate"));
        _recording = Task.Factory.StartNew(Record, TaskCreationOptions.LongRunning);
    }

    /// <summary>The recorded processes: the arguments and the environment from /proc.</summary>
    public HashSet<(string Arguments, string Environment)> Records { get; } = [];

    public static async Task<ProcessTable> StartAsync(Tool tool)
    {
        (await tool.RunProgramAsync("mkfifo", Path.Combine(tool.Home, "started"), Path.Combine(tool.Home, "gate"))).RequireExitCode(0);
        return new ProcessTable(tool);
    }

    /// <summary>Adds a program to the front of the PATH that waits until it is recorded and then runs a command.</summary>
    public void Add(string name, string command) =>
        SinkTool.AddProgram(_tool, name, $"echo {name} > '{GetPath("started")}'\nread -r _ < '{GetPath("gate")}'\n{command}");

    /// <summary>Stops recording. Returns the records of a program that was added.</summary>
    public async Task<List<(string Arguments, string Environment)>> GetRecordsAsync(string name)
    {
        await StopAsync();
        return [.. Records.Where(process => process.Arguments.Contains($"{_tool.Home}/bin/{name}\0", StringComparison.Ordinal))];
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _started.DisposeAsync();
        await _gate.DisposeAsync();
    }

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);

    private async Task StopAsync()
    {
        if (!_recording.IsCompleted)
        {
            await _started.WriteAsync(Encoding.ASCII.GetBytes($"{End}\n"), TestContext.Current.CancellationToken);
        }

        await _recording;
    }

    private void Record()
    {
        var line = new StringBuilder();
        while (_started.ReadByte() is >= 0 and var character)
        {
            if (character != '\n')
            {
                line.Append((char)character);
                continue;
            }

            if (line.ToString() == End)
            {
                return;
            }

            line.Clear();
            RecordProcesses();
            _gate.Write("go\n"u8);
        }
    }

    private void RecordProcesses()
    {
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(path => char.IsAsciiDigit(Path.GetFileName(path)[0])))
        {
            try
            {
                Records.Add((Read(process, "cmdline"), Read(process, "environ")));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // The process has exited, or belongs to another user.
            }
        }
    }

    private static string Read(string process, string file) => Encoding.Latin1.GetString(File.ReadAllBytes(Path.Combine(process, file)));

    private string GetPath(string name) => Path.Combine(_tool.Home, name);
}
