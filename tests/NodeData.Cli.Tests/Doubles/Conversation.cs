using System.Diagnostics;
using System.Text;

namespace NodeData.Cli.Tests.Doubles;

/// <summary>A run of the tool that a test talks to while it runs: it waits for what is printed, and types.</summary>
internal sealed class Conversation : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Lock _gate = new();
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private readonly CancellationTokenSource _patience;
    private readonly Task _reading;
    private TaskCompletionSource _more = NewSignal();

    public Conversation(ProcessStartInfo start)
    {
        _process = Process.Start(start)!;
        _patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        _patience.CancelAfter(Patience);
        _reading = Task.WhenAll(ReadAsync(_process.StandardOutput, _output), ReadAsync(_process.StandardError, _error));
    }

    /// <summary>Everything printed until now: standard output, and standard error behind it. The two come in no order.</summary>
    public string Output
    {
        get
        {
            lock (_gate)
            {
                return $"{_output}{_error}";
            }
        }
    }

    /// <summary>The whole lines of standard output until now.</summary>
    public string[] Lines
    {
        get
        {
            lock (_gate)
            {
                return _output.ToString().Split('\n')[..^1];
            }
        }
    }

    public int ProcessId => _process.Id;

    public static Conversation InTerminal(Tool tool, params string[] arguments) => new(tool.StartInTerminal(arguments));

    /// <summary>Waits until a text was printed.</summary>
    public Task WaitForAsync(string text) => WaitForAsync(output => output.Contains(text, StringComparison.Ordinal), $"'{text}'");

    /// <summary>Waits until of everything printed something holds.</summary>
    public async Task WaitForAsync(Func<string, bool> holds, string what)
    {
        while (true)
        {
            Task more;
            lock (_gate)
            {
                if (holds(Output))
                {
                    return;
                }

                more = _more.Task;
            }

            Assert.False(_reading.IsCompleted, $"It ended without printing {what}:\n{Output}");
            await Task.WhenAny(more, _reading).WaitAsync(_patience.Token);
        }
    }

    public async Task TypeAsync(string text)
    {
        await _process.StandardInput.WriteAsync(text);
        await _process.StandardInput.FlushAsync(_patience.Token);
    }

    /// <summary>Waits until it ends; gives its exit code.</summary>
    public async Task<int> EndAsync()
    {
        await _reading.WaitAsync(_patience.Token);
        await _process.WaitForExitAsync(_patience.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _reading;
        _process.Dispose();
        _patience.Dispose();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task ReadAsync(StreamReader reader, StringBuilder read)
    {
        var buffer = new char[1024];
        while (await reader.ReadAsync(buffer, CancellationToken.None) is > 0 and var length)
        {
            lock (_gate)
            {
                read.Append(buffer, 0, length);
                _more.SetResult();
                _more = NewSignal();
            }
        }
    }
}
