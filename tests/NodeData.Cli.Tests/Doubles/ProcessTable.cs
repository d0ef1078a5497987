using System.Runtime.Versioning;
using System.Text;

namespace NodeData.Cli.Tests.Doubles;

/// <summary>
/// Watches the table of processes: each program that the tool starts waits at its beginning until the arguments and the environment of every process on the
/// machine were noted.
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
        // Open both ways, so that neither side waits for the other to open it.
        _started = Open(GetPath("started"));
        _gate = Open(GetPath("gate"));
        _recording = Task.Factory.StartNew(Record, TaskCreationOptions.LongRunning);
    }

    /// <summary>What was seen: the arguments and the environment of a process, as they stand in /proc.</summary>
    public HashSet<(string Arguments, string Environment)> Records { get; } = [];

    public static async Task<ProcessTable> StartAsync(Tool tool)
    {
        (await tool.RunProgramAsync("mkfifo", Path.Combine(tool.Home, "started"), Path.Combine(tool.Home, "gate"))).RequireExitCode(0);
        return new ProcessTable(tool);
    }

    /// <summary>Puts a program in front of everything on the path, which waits to be seen and then runs a command.</summary>
    public void Add(string name, string command) =>
        SinkTool.AddProgram(_tool, name, $"echo {name} > '{GetPath("started")}'\nread -r _ < '{GetPath("gate")}'\n{command}");

    /// <summary>Ends the watch; gives what was seen of a program that was added.</summary>
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
                // It has ended, or is somebody else's.
            }
        }
    }

    private static string Read(string process, string file) => Encoding.Latin1.GetString(File.ReadAllBytes(Path.Combine(process, file)));

    private string GetPath(string name) => Path.Combine(_tool.Home, name);
}
