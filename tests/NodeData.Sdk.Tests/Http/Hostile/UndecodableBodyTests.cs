using System.Net;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.Http.Hostile;

/// <summary>A body that is not in the encoding that its headers name: the status decides, as if there were no body.</summary>
public sealed class UndecodableBodyTests
{
    public static TheoryData<CallStyle, string> Cases
    {
        get
        {
            var cases = new TheoryData<CallStyle, string>();
            foreach (var encoding in new[] { "gzip", "deflate", "br" })
            {
                cases.Add(CallStyle.Sync, encoding);
                cases.Add(CallStyle.Async, encoding);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_401_refreshes_the_key_and_is_not_retried(CallStyle callStyle, string encoding)
    {
        await using var server = new ScriptedServer(request => RespondAsync(request, 401, encoding));
        using var node = TestClients.Create(server.BaseAddress);

        var error = await Assert.ThrowsAsync<NodeDataAuthenticationException>(() => node.GetMe(callStyle));

        Assert.Null(error.Body);
        Assert.Single(server.Requests);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_429_obeys_its_Retry_After(CallStyle callStyle, string encoding)
    {
        await using var server = new ScriptedServer(request => RespondAsync(request, 429, encoding, "Retry-After: 30"));
        using var node = TestClients.Create(server.BaseAddress);

        var error = await Assert.ThrowsAsync<NodeDataRateLimitException>(() => node.CreateKey(callStyle, new CreateApiKeyOptions("x")));

        Assert.Equal(TimeSpan.FromSeconds(30), error.RetryAfter);
        Assert.Single(server.Requests);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_success_is_a_response_format_error(CallStyle callStyle, string encoding)
    {
        await using var server = new ScriptedServer(request => RespondAsync(request, 200, encoding));
        using var node = TestClients.Create(server.BaseAddress);

        var error = await Assert.ThrowsAsync<NodeDataResponseFormatException>(() => node.GetMe(callStyle));

        Assert.Equal(HttpStatusCode.OK, error.Status);
        Assert.Contains("Content-Encoding", error.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    private static Task RespondAsync(ReceivedRequest request, int status, string encoding, params string[] headers) =>
        request.RespondAsync(status, "this text is in no encoding at all", [.. headers, $"Content-Encoding: {encoding}"]);
}
