#if NET10_0_OR_GREATER
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Redis.Tests.Fleet;

/// <summary>A process that receives events, and the file of the events that it handled.</summary>
internal sealed class ReceiverProcess : IAsyncDisposable
{
    private const string Listening = "listening ";
    private const string Secret = "whsec_test_0123456789abcdef0123456789abcdef";

    private readonly WebhookSigner _signer = new(WebhookSecret.Parse(Secret));
    private readonly Process _process;
    private readonly string _effects;
    private readonly HttpClient _http;
    private readonly StringBuilder _output;

    private ReceiverProcess(Process process, string effects, Uri address, StringBuilder output)
    {
        (_process, _effects, _output) = (process, effects, output);
        _http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(5) };
    }

    /// <summary>The ids of the handled events in order, one for each run of the handler.</summary>
    public IReadOnlyList<string> Handled =>
        [.. File.ReadAllText(_effects).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0])];

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<ReceiverProcess> StartAsync(string redis, string directory, TimeSpan lease)
    {
        var effects = Path.Combine(directory, $"{Guid.NewGuid():N}.effects");
        var program = typeof(ReceiverProcess).Assembly.Location.Replace(
            "NodeData.Sdk.Redis.Tests",
            "NodeData.Sdk.ReceiverProgram",
            StringComparison.Ordinal
        );
        var start = new ProcessStartInfo(
            "dotnet",
            [program, redis, effects, lease.TotalMilliseconds.ToString(CultureInfo.InvariantCulture)]
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["NODE_DATA_WEBHOOK_SECRET"] = Secret;
        var process = Process.Start(start)!;
        var output = new StringBuilder();
        var listening = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        void OnOutput(object sender, DataReceivedEventArgs line)
        {
            lock (output)
            {
                output.AppendLine(line.Data);
            }

            if (line.Data?.StartsWith(Listening, StringComparison.Ordinal) is true)
            {
                listening.TrySetResult(line.Data[Listening.Length..]);
            }
        }

        process.OutputDataReceived += OnOutput;
        process.ErrorDataReceived += OnOutput;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var exited = process.WaitForExitAsync(Token);
        return await Task.WhenAny(listening.Task, exited) == listening.Task
            ? new ReceiverProcess(process, effects, new Uri(await listening.Task), output)
            : throw new InvalidOperationException($"The receiver did not start:\n{output}");
    }

    /// <summary>Sends an event with a current signature.</summary>
    /// <returns>The status code; null if there was no response.</returns>
    public async Task<int?> DeliverAsync(string id)
    {
        var body = Encoding.UTF8.GetBytes($$$"""{"id":"{{{id}}}","type":"payout.paid","data":{}}""");
        using var request = new HttpRequestMessage(HttpMethod.Post, "webhooks") { Content = new ByteArrayContent(body) };
        request.Headers.Add(WebhookVerifier.HeaderName, _signer.Sign(body, TimeProvider.System.GetUtcNow()));
        try
        {
            using var response = await _http.SendAsync(request, Token);
            return (int)response.StatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or SocketException)
        {
            return null;
        }
    }

    /// <summary>Sends the specified bytes and signature.</summary>
    /// <returns>The status code.</returns>
    public async Task<int> SendForgedAsync(byte[] body, string signature)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "webhooks") { Content = new ByteArrayContent(body) };
        request.Headers.TryAddWithoutValidation(WebhookVerifier.HeaderName, signature);
        using var response = await _http.SendAsync(request, Token);
        return (int)response.StatusCode;
    }

    /// <summary>Gets the peak resident memory of the process.</summary>
    public long GetPeakMemoryBytes()
    {
        var line = File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    /// <summary>Releases the handler of an event whose id starts with "slow".</summary>
    public void ReleaseHandler(string id) => File.WriteAllText($"{_effects}.{id}", "");

    /// <summary>Sends SIGKILL and waits until the process has exited.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public Task SuspendAsync() => SignalAsync("-STOP");

    public Task ResumeAsync() => SignalAsync("-CONT");

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        _http.Dispose();
        _signer.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(Token);
    }
}
#endif
