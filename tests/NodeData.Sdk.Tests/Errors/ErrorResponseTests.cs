using System.Net;
using NodeData.Sdk.Tests.Doubles;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace NodeData.Sdk.Tests.Errors;

public sealed class ErrorResponseTests : IDisposable
{
    private readonly WireMockServer _server = WireMockServer.Start();
    private readonly AutoAdvanceClock _clock = new();
    private readonly NodeClient _node;

    public ErrorResponseTests() => _node = TestClients.Create(new Uri(_server.Url + "/v1"), _clock);

    public void Dispose()
    {
        _node.Dispose();
        _server.Dispose();
    }

    [Theory]
    [SyncAndAsync]
    public async Task The_standard_error_shape_is_read_completely(CallStyle callStyle)
    {
        Respond(
            400,
            """{"error":{"code":"validation_failed","message":"That license is unknown.","field":"license","request_id":"req_01HZ"},"price_cents":5}"""
        );

        var error = await Assert.ThrowsAsync<NodeDataBadRequestException>(() => _node.GetMe(callStyle));

        Assert.Equal(HttpStatusCode.BadRequest, error.Status);
        Assert.Equal("validation_failed", error.Code);
        Assert.Equal("license", error.Field);
        Assert.Equal("req_01HZ", error.RequestId);
        Assert.Equal(5, error.Details["price_cents"].GetInt32());
        Assert.Equal(
            "GET /me returned 400 validation_failed: That license is unknown. Field: license. Request ID: req_01HZ.",
            error.Message
        );
    }

    [Theory]
    [SyncAndAsync]
    public async Task The_gateways_maintenance_shape_has_a_retry_after_and_is_not_retried(CallStyle callStyle)
    {
        Respond(503, """{"error":"maintenance","message":"Back soon.","retry_after_seconds":3600}""");

        var error = await Assert.ThrowsAsync<NodeDataMaintenanceException>(() => _node.GetMe(callStyle));

        Assert.Equal("maintenance", error.Code);
        Assert.Equal(TimeSpan.FromHours(1), error.RetryAfter);
        Assert.Contains("Try again in 3600 s", error.Message, StringComparison.Ordinal);
        Assert.Single(_server.LogEntries);
        Assert.Empty(_clock.Delays);
    }

    [Theory]
    [SyncAndAsync]
    public async Task An_HTML_page_is_a_server_error_with_its_text(CallStyle callStyle)
    {
        Respond(500, "<html>Bad things</html>", "text/html");

        var error = await Assert.ThrowsAsync<NodeDataServerException>(() => _node.GetMe(callStyle));

        Assert.Equal(HttpStatusCode.InternalServerError, error.Status);
        Assert.Equal("<html>Bad things</html>", error.Body);
        Assert.Null(error.Code);
        Assert.StartsWith("GET /me returned 500.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unpaired_surrogate_leaves_the_rest_readable()
    {
        Respond(404, """{"error":{"code":"not_found","message":"No \ud83e here.","request_id":"req_7"}}""");

        var error = await Assert.ThrowsAsync<NodeDataNotFoundException>(() => _node.GetMe(CallStyle.Async));

        Assert.Equal(("not_found", "req_7"), (error.Code, error.RequestId));
        Assert.Contains("No \ufffd here.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("{\"error\":7}")]
    [InlineData("{\"error\":null,\"message\":{}}")]
    [InlineData("{\"error\":{\"code\":null,\"message\":[],\"retry_after_seconds\":-1}}")]
    [InlineData("{\"error\":{\"co")]
    public async Task An_unusable_body_leaves_the_status(string body)
    {
        Respond(404, body);

        var error = await Assert.ThrowsAsync<NodeDataNotFoundException>(() => _node.GetMe(CallStyle.Async));

        Assert.Null(error.Code);
        Assert.Null(error.RetryAfter);
        Assert.Equal(body.Length == 0 ? null : body, error.Body);
    }

    public static TheoryData<int, string?, Type> Statuses { get; } =
        new()
        {
            { 400, null, typeof(NodeDataBadRequestException) },
            { 401, "invalid_key", typeof(NodeDataAuthenticationException) },
            { 402, "purchase_required", typeof(NodeDataPaymentRequiredException) },
            { 403, "scope_required", typeof(NodeDataPermissionException) },
            { 404, "not_found", typeof(NodeDataNotFoundException) },
            { 409, "conflict", typeof(NodeDataConflictException) },
            { 429, "rate_limited", typeof(NodeDataRateLimitException) },
            { 500, null, typeof(NodeDataServerException) },
            { 502, null, typeof(NodeDataServerException) },
            { 503, null, typeof(NodeDataServerException) },
            { 503, "maintenance", typeof(NodeDataMaintenanceException) },
            { 504, null, typeof(NodeDataServerException) },
            { 405, null, typeof(NodeDataApiException) },
            { 418, "teapot", typeof(NodeDataApiException) },
        };

    [Theory]
    [MemberData(nameof(Statuses))]
    public async Task Each_status_maps_to_its_exception_with_the_request_id(int status, string? code, Type type)
    {
        _server
            .Given(Request.Create().UsingAnyMethod())
            .RespondWith(
                Response
                    .Create()
                    .WithStatusCode(status)
                    .WithHeader("x-request-id", "req_header")
                    .WithHeader("X-RateLimit-Remaining", "41")
                    .WithHeader("X-RateLimit-Reset", "1785585660")
                    .WithBody(code is null ? "{}" : $$$"""{"error":{"code":"{{{code}}}","message":"No."}}""")
            );

        foreach (var callStyle in Enum.GetValues<CallStyle>())
        {
            var error = await Assert.ThrowsAnyAsync<NodeDataApiException>(() => _node.GetMe(callStyle));
            Assert.IsType(type, error);
            Assert.Equal(status, (int)error.Status);
            Assert.Equal(code, error.Code);
            Assert.Equal("req_header", error.RequestId);
            Assert.Contains("req_header", error.Message, StringComparison.Ordinal);
            Assert.Equal(new RateLimit(41, DateTimeOffset.FromUnixTimeSeconds(1785585660)), error.RateLimit);
        }
    }

    [Theory]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_an_error_and_is_not_followed(int status)
    {
        _server
            .Given(Request.Create().WithPath("/v1/me"))
            .RespondWith(Response.Create().WithStatusCode(status).WithHeader("Location", _server.Url + "/elsewhere"));

        foreach (var callStyle in Enum.GetValues<CallStyle>())
        {
            var error = await Assert.ThrowsAsync<NodeDataApiException>(() => _node.GetMe(callStyle));
            Assert.Equal(status, (int)error.Status);
            Assert.Contains("Redirects are never followed", error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(2, _server.LogEntries.Count);
    }

    [Theory]
    [SyncAndAsync]
    public async Task A_redirect_that_the_callers_handler_followed_is_rejected(CallStyle callStyle)
    {
        _server
            .Given(Request.Create().WithPath("/v1/me"))
            .RespondWith(Response.Create().WithStatusCode(302).WithHeader("Location", _server.Url + "/elsewhere"));
        _server.Given(Request.Create().WithPath("/elsewhere")).RespondWith(Response.Create().WithBody(TestClients.AccountJson));
        using var http = new HttpClient();
        using var node = new NodeClient(
            http,
            new NodeClientOptions { ApiKey = TestClients.TestKey, BaseAddress = new Uri(_server.Url + "/v1") }
        );

        var error = await Assert.ThrowsAsync<NodeDataConfigurationException>(() => node.GetMe(callStyle));

        Assert.Contains("AllowAutoRedirect = false", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_that_the_service_echoes_is_masked_everywhere()
    {
        Respond(
            403,
            """{"error":{"code":"scope_required","message":"TEST may not","hint":"LIVE"},"secret":"something","key":"nd\u005flive_abcdefghijklmnopqrst1234"}"""
                .Replace("TEST", TestClients.TestKey, StringComparison.Ordinal)
                .Replace("LIVE", TestClients.LiveKey, StringComparison.Ordinal)
        );

        var error = await Assert.ThrowsAsync<NodeDataPermissionException>(() => _node.GetMe(CallStyle.Async));

        var printed = $"{error} {error.Body} {string.Join(' ', error.Details.Values)}";
        Assert.DoesNotContain("abcdefgh", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("abcdefgh", string.Join(' ', error.Details.Values), StringComparison.Ordinal);
        Assert.DoesNotContain("something", string.Join(' ', error.Details.Values), StringComparison.Ordinal);
        Assert.DoesNotContain("abcdefgh", error.Body, StringComparison.Ordinal);
        Assert.Contains("nd_test_…1234", printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_of_the_service_stays_on_one_line()
    {
        Respond(400, """{"error":{"code":"x","message":"one\nERROR two\u0007"}}""");

        var error = await Assert.ThrowsAsync<NodeDataBadRequestException>(() => _node.GetMe(CallStyle.Async));

        Assert.DoesNotContain(error.Message, char.IsControl);
    }

    private void Respond(int status, string body, string contentType = "application/json") =>
        _server
            .Given(Request.Create().UsingAnyMethod())
            .RespondWith(Response.Create().WithStatusCode(status).WithHeader("Content-Type", contentType).WithBody(body));
}
