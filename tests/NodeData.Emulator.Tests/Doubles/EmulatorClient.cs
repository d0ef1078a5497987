using System.Text;

namespace NodeData.Emulator.Tests.Doubles;

/// <summary>An emulator with a plain HTTP client: the API as a program in any language uses it.</summary>
internal sealed class EmulatorClient : IAsyncDisposable
{
    // A missing response fails the test instead of blocking it.
    private static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(3);

    // A new connection for each request: .NET silently sends a request again if a pooled connection breaks.
    private readonly HttpClient _client = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero }) { Timeout = MaxWait };

    private EmulatorClient(NodeDataEmulator emulator) => Emulator = emulator;

    public NodeDataEmulator Emulator { get; }

    public string TestKey => Emulator.TestKey.Reveal();

    public string LiveKey => Emulator.LiveKey.Reveal();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Starts an emulator; without options, with the defaults and frozen time.</summary>
    public static async Task<EmulatorClient> StartAsync(EmulatorOptions? options = null) =>
        new(await NodeDataEmulator.StartAsync(options ?? new EmulatorOptions { TimeProvider = FrozenTimeProvider.Instance }, Token));

    /// <summary>Sends a request with a key; by default, the test key.</summary>
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

    /// <summary>Creates a key and asserts success.</summary>
    public async Task<ApiResponse> Create(string name = "made", string mode = "test", string? key = null, string more = "")
    {
        var response = await Send("POST", "/v1/keys", $$"""{"name":"{{name}}","mode":"{{mode}}"{{more}}}""", key);
        Assert.True(response.Status == 201, response.Text);
        return response;
    }

    /// <summary>Creates a restricted key and returns its text.</summary>
    public async Task<string> CreateRestricted() => (await Create(more: ""","scopes":["models:read"]""")).Member("secret")!;

    /// <summary>Creates a webhook endpoint, by default for all event types, and asserts success.</summary>
    public async Task<ApiResponse> CreateEndpoint(string url = "https://example.com/hook", string? key = null, params string[] events)
    {
        var list = string.Join(',', events.Select(type => $"\"{type}\""));
        var response = await Send("POST", "/v1/webhook_endpoints", $$"""{"url":"{{url}}","events":[{{list}}]}""", key);
        Assert.True(response.Status == 201, response.Text);
        return response;
    }

    /// <summary>Lists the names of the keys of the mode, newest first, at most 100.</summary>
    public async Task<string[]> ListKeyNames(string? key = null)
    {
        var response = await Send("GET", "/v1/keys?limit=100", key: key);
        return [.. response.Items.Select(item => item.GetProperty("name").GetString()!)];
    }

    /// <summary>Advances the clock when a request waits for it, and returns the response.</summary>
    public async Task<ApiResponse> AdvanceWhenWaiting(TimeSpan by, Task<ApiResponse> pending)
    {
        await WaitUntil(() => Emulator.Clock.ActiveTimerCount > 0);
        Emulator.Clock.Advance(by);
        return await pending.WaitAsync(MaxWait, Token);
    }

    /// <summary>Sends requests until a condition on the emulator's state is true.</summary>
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
