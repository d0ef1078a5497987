using System.Net;
using System.Text.Json;
using NodeData.Sdk.Tests.Doubles;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace NodeData.Sdk.Tests.Http;

/// <summary>Tests responses with a success status: how they are read, and which of them are errors.</summary>
public sealed class SuccessfulResponseTests : IDisposable
{
    private readonly WireMockServer _server = WireMockServer.Start();
    private readonly NodeClient _node;

    public SuccessfulResponseTests() => _node = TestClients.Create(new Uri(_server.Url + "/v1"));

    public void Dispose()
    {
        _node.Dispose();
        _server.Dispose();
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("[]", "not the expected JSON")]
    [InlineData("null", "null")]
    [InlineData("<html></html>", "not the expected JSON")]
    [InlineData("{}", "not the expected JSON")]
    [InlineData("{\"id\":null}", "not the expected JSON")]
    [InlineData("{\"id\":\"usr_1\",\"created_at\":\"0000-01-01T00:00:00Z\"}", "$.created_at")]
    [InlineData("{\"id\":\"usr_1\",\"key\":{\"scopes\":[7]}}", "not the expected JSON")]
    [InlineData("{\"id\":\"usr_1\",\"key\":{\"scopes\":[null]}}", "not the expected JSON")]
    [InlineData("{\"id\":\"usr_1\"", "not the expected JSON")]
    public async Task A_success_that_cannot_be_read_is_an_error_and_is_not_retried(string body, string expected)
    {
        Respond(body);

        foreach (var callStyle in Enum.GetValues<CallStyle>())
        {
            var error = await Assert.ThrowsAsync<NodeDataResponseFormatException>(() => _node.GetMe(callStyle));
            Assert.Equal(HttpStatusCode.OK, error.Status);
            Assert.Equal("req_ok", error.RequestId);
            Assert.Contains(expected, error.Message, StringComparison.Ordinal);
            Assert.Contains("GET /me", error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(2, _server.LogEntries.Count);
    }

    [Fact]
    public async Task A_response_that_is_not_UTF8_is_an_error()
    {
        _server
            .Given(Request.Create().UsingAnyMethod())
            .RespondWith(Response.Create().WithBody([.. "{\"id\":\"usr_1\",\"name\":\""u8, 0xff, .. "\"}"u8]));

        var error = await Assert.ThrowsAsync<NodeDataResponseFormatException>(() => _node.GetMe(CallStyle.Async));

        Assert.Contains("GET /me", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [SyncAndAsync]
    public async Task An_unpaired_surrogate_does_not_lose_the_response(CallStyle callStyle)
    {
        Respond("""{"id":"usr_1","name":"half \ud83e","more":"\udd16","\ud83e":1}""");

        var account = await _node.GetMe(callStyle);

        Assert.Equal("half \ufffd", account.Name);
        Assert.Equal("\ufffd", account.AdditionalMembers["more"].GetString());
        Assert.Equal(1, account.AdditionalMembers["\ufffd"].GetInt32());
    }

    [Fact]
    public async Task The_exception_does_not_contain_an_unreadable_body()
    {
        Respond($$"""{"id":"key_1","secret":{{TestClients.TestKey}}}""");

        var error = await Assert.ThrowsAsync<NodeDataResponseFormatException>(() =>
            _node.CreateKey(CallStyle.Async, new CreateApiKeyOptions("x"))
        );

        Assert.DoesNotContain("abcdefgh", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [SyncAndAsync]
    public async Task Missing_and_null_members_are_null(CallStyle callStyle)
    {
        Respond("""{"id":"usr_1","slug":null,"name":null,"email":null,"created_at":null,"key":{"id":null,"mode":null,"scopes":null}}""");

        var account = await _node.GetMe(callStyle);

        Assert.Equal("usr_1", account.Id);
        Assert.Null(account.Name);
        Assert.Null(account.CreatedAt);
        Assert.Null(account.Key!.Mode);
        Assert.Null(account.Key.Scopes);
    }

    [Fact]
    public async Task Missing_scopes_are_not_full_access_and_an_empty_list_is()
    {
        Respond(
            """{"items":[{"id":"key_1"},{"id":"key_2","scopes":null},{"id":"key_3","scopes":[]},{"id":"key_4","scopes":["models:read","robots:drive"]}]}"""
        );

        var keys = await _node.ListKeys(CallStyle.Async);

        Assert.Null(keys[0].Scopes);
        Assert.Null(keys[1].Scopes);
        Assert.Same(ApiKeyScopeSet.FullAccess, keys[2].Scopes);
        Assert.True(keys[3].Scopes!.Allows("robots:drive"));
        Assert.False(keys[3].Scopes!.Allows(ApiKeyScope.PayoutsRead));
    }

    [Fact]
    public async Task Values_newer_than_the_client_stay_readable()
    {
        Respond("""{"id":"key_1","mode":"sandbox","status":"sleeping","created_at":"2026-01-02T03:04:05.678Z"}""");

        var key = await _node.GetKey(CallStyle.Async, "key_1");

        Assert.Null(key.Mode);
        Assert.Equal("sandbox", key.RawMode);
        Assert.Equal("sleeping", key.Status!.Value.Value);
        Assert.Equal(678, key.CreatedAt!.Value.Millisecond);
    }

    [Fact]
    public async Task Unknown_members_stay_readable_and_a_secret_among_them_is_masked()
    {
        Respond(
            $$$"""
            {"id":"key_1","rank":7,"secret":"{{{TestClients.LiveKey}}}","nested":{"list":[{"secret":"plain"},"{{{TestClients.TestKey}}}"],"ok":true}}
            """
        );

        var key = await _node.GetKey(CallStyle.Async, "key_1");

        Assert.Equal(7, key.AdditionalMembers["rank"].GetInt32());
        Assert.Equal("nd_live_…1234", key.AdditionalMembers["secret"].GetString());
        var nested = key.AdditionalMembers["nested"];
        Assert.Equal("…", nested.GetProperty("list")[0].GetProperty("secret").GetString());
        Assert.Equal("nd_test_…1234", nested.GetProperty("list")[1].GetString());
        Assert.True(nested.GetProperty("ok").GetBoolean());
        Assert.DoesNotContain("abcdefgh", JsonSerializer.Serialize(key), StringComparison.Ordinal);
    }

    [Theory]
    [SyncAndAsync]
    public async Task A_body_over_the_limit_is_rejected_with_or_without_a_content_length(CallStyle callStyle)
    {
        var large = $$"""{"id":"usr_1","name":"{{new string('x', 5000)}}"}""";
        Respond(large);
        using var bounded = TestClients.Create(new Uri(_server.Url + "/v1"), configure: options => options.MaxResponseBytes = 5000);
        using var exact = TestClients.Create(new Uri(_server.Url + "/v1"), configure: options => options.MaxResponseBytes = large.Length);

        var error = await Assert.ThrowsAsync<NodeDataResponseFormatException>(() => bounded.GetMe(callStyle));
        Assert.Contains("larger than 5000 bytes", error.Message, StringComparison.Ordinal);
        Assert.Equal(5000, (await exact.GetMe(callStyle)).Name!.Length);

        await using var endless = new ScriptedServer(async request =>
        {
            await request.WriteAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            while (true)
            {
                await request.WriteAsync($"1000\r\n{new string(' ', 4096)}\r\n");
            }
        });
        using var node = TestClients.Create(endless.BaseAddress);
        await Assert.ThrowsAsync<NodeDataResponseFormatException>(() => node.GetMe(callStyle));
    }

    [Fact]
    public async Task The_largest_content_length_is_over_the_limit()
    {
        await using var server = new ScriptedServer(async request =>
        {
            await request.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Length: {long.MaxValue}\r\n\r\n");
            while (true)
            {
                await request.WriteAsync(new string(' ', 4096));
            }
        });
        using var node = TestClients.Create(server.BaseAddress, configure: options => options.MaxResponseBytes = 5000);

        foreach (var callStyle in Enum.GetValues<CallStyle>())
        {
            var error = await Assert.ThrowsAsync<NodeDataResponseFormatException>(() => node.GetMe(callStyle));
            Assert.Contains("larger than 5000 bytes", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_error_with_an_endless_body_is_reported_as_that_error()
    {
        await using var endless = new ScriptedServer(async request =>
        {
            await request.WriteAsync("HTTP/1.1 403 Forbidden\r\nTransfer-Encoding: chunked\r\n\r\n");
            while (true)
            {
                await request.WriteAsync($"1000\r\n{new string('x', 4096)}\r\n");
            }
        });
        using var node = TestClients.Create(endless.BaseAddress);

        var error = await Assert.ThrowsAsync<NodeDataPermissionException>(() => node.GetMe(CallStyle.Async));

        Assert.Equal(64 * 1024, error.Body!.Length);
    }

    [Fact]
    public async Task A_byte_order_mark_is_ignored()
    {
        Respond('\uFEFF' + TestClients.AccountJson);

        Assert.Equal("Ada", (await _node.GetMe(CallStyle.Sync)).Name);
    }

    [Theory]
    [InlineData("""{"id":"key_9"}""")]
    [InlineData("""{"id":"key_9","secret":null}""")]
    [InlineData("""{"id":"key_9","secret":"something else"}""")]
    [InlineData("""{"id":"key_9","secret":"nd_live_abcdefghijklmnopqrst1234"}""")]
    public async Task A_created_key_without_its_secret_is_an_error_that_names_the_key_to_revoke(string body)
    {
        Respond(body, 201);

        var error = await Assert.ThrowsAsync<NodeDataResponseFormatException>(() =>
            _node.CreateKey(CallStyle.Async, new CreateApiKeyOptions("x"))
        );

        Assert.Contains("key_9", error.Message, StringComparison.Ordinal);
        Assert.Contains("revoke", error.Message, StringComparison.Ordinal);
    }

    private void Respond(string body, int status = 200) =>
        _server
            .Given(Request.Create().UsingAnyMethod())
            .RespondWith(Response.Create().WithStatusCode(status).WithHeader("x-request-id", "req_ok").WithBody(body));
}
