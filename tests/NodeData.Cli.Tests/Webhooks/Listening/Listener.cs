using System.Diagnostics;
using System.Text.Json;
using NodeData.Cli.Tests.Doubles;

namespace NodeData.Cli.Tests.Webhooks.Listening;

/// <summary>A run of <c>webhooks listen --json</c>, read line by line.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private readonly ToolSession _session;
    private readonly Dictionary<string, int> _readCounts = [];

    private Listener(ToolSession session) => _session = session;

    public string Output => _session.Output;

    /// <summary>Starts a listener and waits until it listens.</summary>
    public static async Task<(Listener Listener, JsonElement Listening)> StartAsync(Tool tool, string forwardTo, params string[] more)
    {
        var listener = Start(tool, ["--forward-to", forwardTo, "--print-secret", .. more]);
        return (listener, await listener.NextAsync("listening"));
    }

    public static Listener Start(Tool tool, params string[] arguments) =>
        new(new ToolSession(tool.CreateStartInfo(Tool.Program, ["webhooks", "listen", "--json", .. arguments])));

    /// <summary>Waits for the next object of a kind.</summary>
    public async Task<JsonElement> NextAsync(string kind)
    {
        var index = _readCounts.GetValueOrDefault(kind);
        await _session.WaitForAsync(_ => GetAll(kind).Count > index, $"another {kind}");
        _readCounts[kind] = index + 1;
        return GetAll(kind)[index];
    }

    /// <summary>Returns the objects of a kind so far.</summary>
    public List<JsonElement> GetAll(string kind) =>
        [
            .. _session
                .Lines.Where(line => line.StartsWith('{'))
                .Select(line => JsonSerializer.Deserialize<JsonElement>(line))
                .Where(line => line.GetProperty("kind").GetString() == kind),
        ];

    public Task WaitForTextAsync(string text) => _session.WaitForAsync(text);

    /// <summary>Sends a signal, waits for the exit, and returns the exit code.</summary>
    public async Task<int> StopAsync(string signal = "INT")
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_session.ProcessId}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        return await _session.WaitForExitAsync();
    }

    public ValueTask DisposeAsync() => _session.DisposeAsync();
}
