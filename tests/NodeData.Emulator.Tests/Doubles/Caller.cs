using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using NodeData.Sdk;

namespace NodeData.Emulator.Tests.Doubles;

/// <summary>Asks an emulator with a bare HttpClient and raw text, so that nothing of the SDK's client is believed.</summary>
internal sealed class Caller(NodeDataEmulator emulator) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The key that goes along; null for none.</summary>
    public string? Key { get; set; } = emulator.TestKey.Reveal();

    public Task<Reply> GetAsync(string path) => SendAsync("GET", path);

    public Task<Reply> PostAsync(string path, string body, string? idempotencyKey = null) => SendAsync("POST", path, body, idempotencyKey);

    public Task<Reply> DeleteAsync(string path) => SendAsync("DELETE", path);

    public async Task<Reply> CreateAsync(string name = "x", string mode = "test", string more = "") =>
        await PostAsync("/keys", $$"""{"name":"{{name}}","mode":"{{mode}}"{{more}}}""");

    public async Task<Reply> SendAsync(string method, string path, string? body = null, string? idempotencyKey = null)
    {
        var prefix =
            path.StartsWith("/control", StringComparison.Ordinal) || path.StartsWith("/api", StringComparison.Ordinal) ? "" : "/v1";
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(emulator.BaseAddress, prefix + path));
        request.Headers.Authorization = Key is null ? null : new AuthenticationHeaderValue("Bearer", Key);
        if (idempotencyKey is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        }

        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _http.SendAsync(request, Token);
        var headers = response
            .Headers.Concat(response.Content.Headers)
            .ToDictionary(header => header.Key, header => string.Join(',', header.Value), StringComparer.OrdinalIgnoreCase);
        return new Reply((int)response.StatusCode, await response.Content.ReadAsStringAsync(Token), headers);
    }

    /// <summary>Waits until a request that meets a delay has come as far as that.</summary>
    public async Task UntilDelayedAsync()
    {
        while (emulator.Clock.ArmedTimers == 0)
        {
            Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    public Caller With(ApiKey key) => new(emulator) { Key = key.Reveal() };

    public Caller With(string? key) => new(emulator) { Key = key };

    public void Dispose() => _http.Dispose();
}

/// <summary>An answer as it came.</summary>
internal sealed record Reply(int Status, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string? this[string member] =>
        Json.TryGetProperty(member, out var value) && value.ValueKind is not JsonValueKind.Null ? value.ToString() : null;

    public string? Code => Json.GetProperty("error").GetProperty("code").GetString();

    public string? Field => Json.GetProperty("error").TryGetProperty("field", out var named) ? named.GetString() : null;
}
