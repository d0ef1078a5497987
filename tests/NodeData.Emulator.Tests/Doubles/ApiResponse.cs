using System.Text.Json;

namespace NodeData.Emulator.Tests.Doubles;

/// <summary>A complete response.</summary>
internal sealed record ApiResponse(int Status, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Text);

    public JsonElement[] Items => [.. Json.GetProperty("items").EnumerateArray()];

    public string? RequestId => Header("x-request-id");

    public string? Code => ErrorMember("code");

    public string? Field => ErrorMember("field");

    public static async Task<ApiResponse> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var headers = response
            .Headers.Concat(response.Content.Headers)
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        return new ApiResponse((int)response.StatusCode, text, headers);
    }

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>Returns a string member; null if it is missing.</summary>
    public string? Member(string name) => Json.TryGetProperty(name, out var value) ? value.GetString() : null;

    public string? ErrorMember(string name) => Json.GetProperty("error").TryGetProperty(name, out var value) ? value.GetString() : null;

    /// <summary>Asserts an error in the first of the two error shapes, with the same request id in the body and in the header.</summary>
    public void AssertError(int status, string code, string? field = null)
    {
        Assert.True(status == Status, Text);
        Assert.Equal(code, Code);
        Assert.Equal(field, Field);
        Assert.NotEmpty(ErrorMember("message")!);
        Assert.StartsWith("req_", RequestId, StringComparison.Ordinal);
        Assert.Equal(RequestId, ErrorMember("request_id"));
    }
}
