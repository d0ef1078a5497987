using System.Text;

namespace NodeData.Emulator.Tests.Doubles;

/// <summary>An emulator and a plain HTTP client before it: what a program in any language would see.</summary>
internal sealed class EmulatorClient : IAsyncDisposable
{
    // So that what never comes is a failure and no standstill.
    private static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(3);

    // Each request on a connection of its own: .NET sends a request again, without a word, where a connection of before breaks.
    private readonly HttpClient _client = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero }) { Timeout = MaxWait };

    private EmulatorClient(NodeDataEmulator emulator) => Emulator = emulator;

    public NodeDataEmulator Emulator { get; }

    public string TestKey => Emulator.TestKey.Reveal();

    public string LiveKey => Emulator.LiveKey.Reveal();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Starts an emulator: with all defaults and a time that stands still where no options are given.</summary>
    public static async Task<EmulatorClient> StartAsync(EmulatorOptions? options = null) =>
        new(await NodeDataEmulator.StartAsync(options ?? new EmulatorOptions { TimeProvider = FrozenTimeProvider.Instance }, Token));

    /// <summary>Sends a request with a key: the test key where none is named.</summary>
    public Task<ApiResponse> Send(
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
    public Task<ApiResponse> SendWithoutKey(
        string method,
        string path,
        string? body = null,
        params (string Name, string Value)[] headers
    ) => Send(Request(method, path, body), headers);

    /// <summary>Creates a key that must come about.</summary>
    public async Task<ApiResponse> Create(string name = "made", string mode = "test", string? key = null, string more = "")
    {
        var response = await Send("POST", "/v1/keys", $$"""{"name":"{{name}}","mode":"{{mode}}"{{more}}}""", key);
        Assert.True(response.Status == 201, response.Text);
        return response;
    }

    /// <summary>Creates a restricted key and gives its text.</summary>
    public async Task<string> CreateRestricted() => (await Create(more: ""","scopes":["models:read"]""")).Member("secret")!;

    /// <summary>Creates a webhook endpoint that must come about; for all event types where none is named.</summary>
    public async Task<ApiResponse> CreateEndpoint(string url = "https://example.com/hook", string? key = null, params string[] events)
    {
        var list = string.Join(',', events.Select(type => $"\"{type}\""));
        var response = await Send("POST", "/v1/webhook_endpoints", $$"""{"url":"{{url}}","events":[{{list}}]}""", key);
        Assert.True(response.Status == 201, response.Text);
        return response;
    }

    /// <summary>The names of all keys of the mode, newest first, of up to 100.</summary>
    public async Task<string[]> ListKeyNames(string? key = null)
    {
        var response = await Send("GET", "/v1/keys?limit=100", key: key);
        return [.. response.Items.Select(item => item.GetProperty("name").GetString()!)];
    }

    /// <summary>Moves the clock on once a request waits on it, and gives the answer.</summary>
    public async Task<ApiResponse> AdvanceWhenWaiting(TimeSpan by, Task<ApiResponse> pending)
    {
        await WaitUntil(() => Emulator.Clock.ActiveTimerCount > 0);
        Emulator.Clock.Advance(by);
        return await pending.WaitAsync(MaxWait, Token);
    }

    /// <summary>Asks the emulator for something again and again until something holds that is its own business.</summary>
    public async Task WaitUntil(Func<bool> condition)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Token);
        timeout.CancelAfter(MaxWait);
        while (!condition())
        {
            timeout.Token.ThrowIfCancellationRequested();
            await SendWithoutKey("GET", "/v1/me");
        }
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Emulator.DisposeAsync();
    }

    private async Task<ApiResponse> Send(HttpRequestMessage request, (string Name, string Value)[] headers)
    {
        using (request)
        {
            foreach (var (name, value) in headers)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }

            using var response = await _client.SendAsync(request, Token);
            return await ApiResponse.ReadAsync(response);
        }
    }

    private HttpRequestMessage Request(string method, string path, string? body) =>
        new(new HttpMethod(method), new Uri(Emulator.BaseAddress, path))
        {
            Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"),
        };
}
