using System.Diagnostics;
using System.Text.Json;
using NodeData.Cli.Tests.Doubles;

namespace NodeData.Cli.Tests.Webhooks.Listening;

/// <summary>A run of <c>webhooks listen --json</c>, read line by line.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private readonly Conversation _conversation;
    private readonly Dictionary<string, int> _taken = [];

    private Listener(Conversation conversation) => _conversation = conversation;

    public string Output => _conversation.Output;

    /// <summary>Starts it, and waits until it listens.</summary>
    public static async Task<(Listener Listener, JsonElement Listening)> StartAsync(Tool tool, string forwardTo, params string[] more)
    {
        var listener = Start(tool, ["--forward-to", forwardTo, "--print-secret", .. more]);
        return (listener, await listener.NextAsync("listening"));
    }

    public static Listener Start(Tool tool, params string[] arguments) =>
        new(new Conversation(tool.StartOf(Tool.Program, ["webhooks", "listen", "--json", .. arguments])));

    /// <summary>The next object of a kind.</summary>
    public async Task<JsonElement> NextAsync(string kind)
    {
        var index = _taken.GetValueOrDefault(kind);
        await _conversation.WaitForAsync(_ => All(kind).Count > index, $"another {kind}");
        _taken[kind] = index + 1;
        return All(kind)[index];
    }

    /// <summary>Every object of a kind until now.</summary>
    public List<JsonElement> All(string kind) =>
        [
            .. _conversation
                .Lines.Where(line => line.StartsWith('{'))
                .Select(line => JsonSerializer.Deserialize<JsonElement>(line))
                .Where(line => line.GetProperty("kind").GetString() == kind),
        ];

    public Task SaysAsync(string text) => _conversation.WaitForAsync(text);

    /// <summary>Sends a signal, waits for the end, and gives the exit code.</summary>
    public async Task<int> EndAsync(string signal = "INT")
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_conversation.ProcessId}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        return await _conversation.EndAsync();
    }

    public ValueTask DisposeAsync() => _conversation.DisposeAsync();
}
