using System.Net;
using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.AspNetCore.Tests;

/// <summary>Tests of the responses that a sender receives over a socket.</summary>
public sealed class ResponseTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_signed_event_is_handled_and_returns_200_with_an_empty_body()
    {
        var seen = new List<string?>();
        await using var server = await TestServer.StartAsync(app =>
            app.MapNodeDataWebhooks(TestServer.Path, on => on.PayoutPaid((e, _) => Note(seen, e.Event.Id)), TestServer.UseLongTimeout)
        );

        using var response = await server.DeliverAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(Token));
        Assert.Equal(["ev_1"], seen);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("nonsense")]
    public async Task A_missing_or_unexpected_content_type_is_accepted(string? type)
    {
        await using var server = await StartAsync();
        var body = TestServer.CreatePayoutPaid();
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (type is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        using var response = await server.PostAsync(content, server.Sign(body));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Forged_stale_and_malformed_signatures_return_identical_responses()
    {
        await using var server = await StartAsync();
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        string?[] signatures = [null, "", "garbage", $"t={now},v1={new string('0', 64)}", $"t={now - 4000},v1={new string('0', 64)}"];

        var responses = new List<string>();
        foreach (var signature in signatures)
        {
            using var response = await server.PostAsync(new StringContent(TestServer.CreatePayoutPaid()), signature);
            response.Headers.Date = null;
            responses.Add(
                $"{(int)response.StatusCode} {response.Headers} {response.Content.Headers} {await response.Content.ReadAsStringAsync(Token)}"
            );
        }

        Assert.StartsWith("401 ", responses[0], StringComparison.Ordinal);
        Assert.Single(responses.Distinct());
    }

    [Fact]
    public async Task A_status_code_page_of_the_application_is_not_returned()
    {
        await using var server = await TestServer.StartAsync(app =>
        {
            app.UseStatusCodePages();
            app.MapNodeDataWebhooks(TestServer.Path, on => on.Any((_, _) => Task.CompletedTask), TestServer.UseLongTimeout);
        });

        using var response = await server.PostAsync(new StringContent("{}"), "garbage");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(Token));
    }

    [Fact]
    public async Task Only_POST_is_allowed()
    {
        await using var server = await StartAsync();

        using var response = await server.Client.GetAsync(new Uri(TestServer.Path, UriKind.Relative), Token);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    [Fact]
    public async Task A_signed_body_that_is_not_a_JSON_object_returns_422()
    {
        await using var server = await StartAsync();

        using var response = await server.DeliverAsync("[]");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
    }

    [Fact]
    public async Task A_failing_handler_returns_500_with_an_empty_body()
    {
        await using var server = await TestServer.StartAsync(app =>
            app.MapNodeDataWebhooks(TestServer.Path, on => on.Any((_, _) => throw new InvalidOperationException("The ledger is closed.")))
        );

        using var response = await server.DeliverAsync();

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(Token));
        Assert.Contains(server.LogRecords, line => line.Exception?.Message == "The ledger is closed.");
    }

    [Fact]
    public async Task An_event_in_progress_returns_409_with_Retry_After_in_whole_seconds()
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var finish = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await TestServer.StartAsync(app =>
            app.MapNodeDataWebhooks(
                TestServer.Path,
                on =>
                    on.Any(
                        async (_, _) =>
                        {
                            started.SetResult();
                            await finish.Task;
                        }
                    ),
                TestServer.UseLongTimeout
            )
        );

        var first = server.DeliverAsync();
        await started.Task;
        using var second = await server.DeliverAsync();
        finish.SetResult();

        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.InRange(second.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
        Assert.Equal(HttpStatusCode.OK, (await first).StatusCode);
    }

    [Fact]
    public async Task The_route_is_exempt_from_the_authorization_of_the_application()
    {
        await using var server = await TestServer.StartAsync(
            app =>
            {
                app.UseAuthentication();
                app.UseAuthorization();
                app.MapNodeDataWebhooks(TestServer.Path, on => on.Any((_, _) => Task.CompletedTask), TestServer.UseLongTimeout);
            },
            builder =>
            {
                builder.Services.AddAuthentication();
                builder.Services.AddAuthorization(options =>
                    options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAssertion(_ => false).Build()
                );
            }
        );

        using var response = await server.DeliverAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_repeated_signature_header_returns_401()
    {
        await using var server = await StartAsync();
        var body = TestServer.CreatePayoutPaid();
        using var request = new HttpRequestMessage(HttpMethod.Post, TestServer.Path) { Content = new StringContent(body) };
        request.Headers.TryAddWithoutValidation(WebhookVerifier.HeaderName, [server.Sign(body), server.Sign(body)]);

        using var response = await server.Client.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    private static Task<TestServer> StartAsync() =>
        TestServer.StartAsync(app =>
            app.MapNodeDataWebhooks(TestServer.Path, on => on.Any((_, _) => Task.CompletedTask), TestServer.UseLongTimeout)
        );

    private static Task Note<T>(List<T> seen, T value)
    {
        seen.Add(value);
        return Task.CompletedTask;
    }
}
