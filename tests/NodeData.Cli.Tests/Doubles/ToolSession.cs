using System.Diagnostics;
using System.Text;

namespace NodeData.Cli.Tests.Doubles;

/// <summary>An interactive run of the tool: a test waits for output and types input while the tool runs.</summary>
internal sealed class ToolSession : IAsyncDisposable
{
    // The limit of each wait, so that missing output fails the test instead of blocking it.
    private static readonly TimeSpan WaitTimeout = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly Lock _lock = new();
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private readonly Task _reading;
    private TaskCompletionSource _more = CreateSignal();

    public ToolSession(ProcessStartInfo start)
    {
        _process = Process.Start(start)!;
        _reading = Task.WhenAll(ReadAsync(_process.StandardOutput, _output), ReadAsync(_process.StandardError, _error));
    }

    /// <summary>The output so far: standard output followed by standard error. Their relative order is not kept.</summary>
    public string Output
    {
        get
        {
            lock (_lock)
            {
                return $"{_output}{_error}";
            }
        }
    }

    /// <summary>The complete lines of standard output so far.</summary>
    public string[] Lines
    {
        get
        {
            lock (_lock)
            {
                return _output.ToString().Split('\n')[..^1];
            }
        }
    }

    public int ProcessId => _process.Id;

    public static ToolSession StartInTerminal(Tool tool, params string[] arguments) => new(tool.CreateTerminalStartInfo(arguments));

    /// <summary>Waits until a text is printed.</summary>
    public Task WaitForAsync(string text) => WaitForAsync(output => output.Contains(text, StringComparison.Ordinal), $"'{text}'");

    /// <summary>Waits until the output satisfies a condition.</summary>
    public async Task WaitForAsync(Func<string, bool> predicate, string description)
    {
        while (true)
        {
            // Read before the output is checked: once reading has completed, no more output arrives.
            var isCompleted = _reading.IsCompleted;
            Task more;
            lock (_lock)
            {
                if (predicate(Output))
                {
                    return;
                }

                more = _more.Task;
            }

            Assert.False(isCompleted, $"The tool exited without printing {description}:\n{Output}");
            await WaitWithTimeoutAsync(Task.WhenAny(more, _reading), $"printing {description}");
        }
    }

    public async Task TypeAsync(string text)
    {
        await _process.StandardInput.WriteAsync(text);
        await _process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Waits until the tool exits. Returns its exit code.</summary>
    public async Task<int> WaitForExitAsync()
    {
        await WaitWithTimeoutAsync(_reading, "exiting");
        await WaitWithTimeoutAsync(_process.WaitForExitAsync(TestContext.Current.CancellationToken), "exiting");
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _reading.WaitAsync(WaitTimeout);
        _process.Dispose();
    }

    private async Task WaitWithTimeoutAsync(Task task, string description)
    {
        try
        {
            await task.WaitAsync(WaitTimeout, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"Timed out after {WaitTimeout} without {description}:\n{Output}");
        }
    }

    private static TaskCompletionSource CreateSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task ReadAsync(StreamReader reader, StringBuilder read)
    {
        var buffer = new char[1024];
        while (await reader.ReadAsync(buffer, CancellationToken.None) is > 0 and var length)
        {
            lock (_lock)
            {
                read.Append(buffer, 0, length);
                _more.SetResult();
                _more = CreateSignal();
            }
        }
    }
}
