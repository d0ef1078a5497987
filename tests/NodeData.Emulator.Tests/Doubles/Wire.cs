using System.Text;

namespace NodeData.Emulator.Tests.Doubles;

/// <summary>An emulator and a plain HTTP client before it: what a program in any language would see.</summary>
internal sealed class Wire : IAsyncDisposable
{
    // So that what never comes is a failure and no standstill.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(3);

    // Each request on a connection of its own: .NET sends a request again, without a word, where a connection of before breaks.
    private readonly HttpClient _client = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero })
    {
        Timeout = LongestWait,
    };

    private Wire(NodeDataEmulator emulator) => Emulator = emulator;

    public NodeDataEmulator Emulator { get; }

    public string TestKey => Emulator.TestKey.Reveal();

    public string LiveKey => Emulator.LiveKey.Reveal();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Starts an emulator: with all defaults and a time that stands still where no options are given.</summary>
    public static async Task<Wire> OpenAsync(EmulatorOptions? options = null) =>
        new(await NodeDataEmulator.StartAsync(options ?? new EmulatorOptions { TimeProvider = StandingTime.Instance }, Token));

    /// <summary>Sends a request with a key: the test key where none is named.</summary>
    public Task<Reply> Send(
        string method,
        string path,
        string? body = null,
        string? key = null,
        params (string Name, string Value)[] headers
    )
    {
        var request = Request(method, path, body);
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key ?? TestKey}");
        return Send(request, headers);
    }

    /// <summary>Sends a request without a key.</summary>
    public Task<Reply> SendWithoutKey(string method, string path, string? body = null, params (string Name, string Value)[] headers) =>
        Send(Request(method, path, body), headers);

    /// <summary>Creates a key that must come about.</summary>
    public async Task<Reply> Create(string name = "made", string mode = "test", string? key = null, string more = "")
    {
        var reply = await Send("POST", "/v1/keys", $$"""{"name":"{{name}}","mode":"{{mode}}"{{more}}}""", key);
        Assert.True(reply.Status == 201, reply.Text);
        return reply;
    }

    /// <summary>Creates a restricted key and gives its text.</summary>
    public async Task<string> CreateRestricted() => (await Create(more: ""","scopes":["models:read"]""")).Member("secret")!;

    /// <summary>Creates a webhook endpoint that must come about; for all event types where none is named.</summary>
    public async Task<Reply> CreateEndpoint(string url = "https://example.com/hook", string? key = null, params string[] events)
    {
        var list = string.Join(',', events.Select(type => $"\"{type}\""));
        var reply = await Send("POST", "/v1/webhook_endpoints", $$"""{"url":"{{url}}","events":[{{list}}]}""", key);
        Assert.True(reply.Status == 201, reply.Text);
        return reply;
    }

    /// <summary>The names of all keys of the mode, newest first, of up to 100.</summary>
    public async Task<string[]> Names(string? key = null)
    {
        var reply = await Send("GET", "/v1/keys?limit=100", key: key);
        return [.. reply.Items.Select(item => item.GetProperty("name").GetString()!)];
    }

    /// <summary>Moves the clock on once a request waits on it, and gives the answer.</summary>
    public async Task<Reply> AdvanceWhenHeld(TimeSpan by, Task<Reply> held)
    {
        await Until(() => Emulator.Clock.ActiveTimerCount > 0);
        Emulator.Clock.Advance(by);
        return await held.WaitAsync(LongestWait, Token);
    }

    /// <summary>Asks the emulator for something again and again until something holds that is its own business.</summary>
    public async Task Until(Func<bool> holds)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(LongestWait);
        while (!holds())
        {
            patience.Token.ThrowIfCancellationRequested();
            await SendWithoutKey("GET", "/v1/me");
        }
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Emulator.DisposeAsync();
    }

    private async Task<Reply> Send(HttpRequestMessage request, (string Name, string Value)[] headers)
    {
        using (request)
        {
            foreach (var (name, value) in headers)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }

            using var response = await _client.SendAsync(request, Token);
            return await Reply.ReadAsync(response);
        }
    }

    private HttpRequestMessage Request(string method, string path, string? body) =>
        new(new HttpMethod(method), new Uri(Emulator.BaseAddress, path))
        {
            Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"),
        };
}
