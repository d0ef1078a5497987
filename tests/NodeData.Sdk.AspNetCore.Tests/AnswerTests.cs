using System.Net;
using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.AspNetCore.Tests;

/// <summary>What the sender is answered, at a socket.</summary>
public sealed class AnswerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_signed_event_is_handled_and_answered_200_with_an_empty_body()
    {
        var seen = new List<string?>();
        await using var site = await Site.StartAsync(app =>
            app.MapNodeDataWebhooks(Site.Path, on => on.PayoutPaid((e, _) => Note(seen, e.Event.Id)), Site.Patient)
        );

        using var answer = await site.DeliverAsync();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(Token));
        Assert.Equal(["ev_1"], seen);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("nonsense")]
    public async Task A_missing_or_odd_content_type_does_not_matter(string? type)
    {
        await using var site = await StartAsync();
        var body = Site.PayoutPaid();
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (type is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        using var answer = await site.PostAsync(content, site.Sign(body));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Forged_stale_and_malformed_look_alike_byte_for_byte()
    {
        await using var site = await StartAsync();
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        string?[] signatures = [null, "", "garbage", $"t={now},v1={new string('0', 64)}", $"t={now - 4000},v1={new string('0', 64)}"];

        var answers = new List<string>();
        foreach (var signature in signatures)
        {
            using var answer = await site.PostAsync(new StringContent(Site.PayoutPaid()), signature);
            answer.Headers.Date = null;
            answers.Add(
                $"{(int)answer.StatusCode} {answer.Headers} {answer.Content.Headers} {await answer.Content.ReadAsStringAsync(Token)}"
            );
        }

        Assert.StartsWith("401 ", answers[0], StringComparison.Ordinal);
        Assert.Single(answers.Distinct());
    }

    [Fact]
    public async Task An_error_page_of_the_application_is_not_shown_to_the_sender()
    {
        await using var site = await Site.StartAsync(app =>
        {
            app.UseStatusCodePages();
            app.MapNodeDataWebhooks(Site.Path, on => on.Any((_, _) => Task.CompletedTask), Site.Patient);
        });

        using var answer = await site.PostAsync(new StringContent("{}"), "garbage");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(Token));
    }

    [Fact]
    public async Task Only_post_is_answered()
    {
        await using var site = await StartAsync();

        using var answer = await site.Http.GetAsync(new Uri(Site.Path, UriKind.Relative), Token);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
    }

    [Fact]
    public async Task Signed_but_no_object_is_422()
    {
        await using var site = await StartAsync();

        using var answer = await site.DeliverAsync("[]");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
    }

    [Fact]
    public async Task A_failing_handler_is_500_without_a_word_of_why()
    {
        await using var site = await Site.StartAsync(app =>
            app.MapNodeDataWebhooks(Site.Path, on => on.Any((_, _) => throw new InvalidOperationException("the books are closed")))
        );

        using var answer = await site.DeliverAsync();

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(Token));
        Assert.Contains(site.Log, line => line.Exception?.Message == "the books are closed");
    }

    [Fact]
    public async Task In_progress_is_409_with_retry_after_in_whole_seconds()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var finish = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var site = await Site.StartAsync(app =>
            app.MapNodeDataWebhooks(
                Site.Path,
                on =>
                    on.Any(
                        async (_, _) =>
                        {
                            begun.SetResult();
                            await finish.Task;
                        }
                    ),
                Site.Patient
            )
        );

        var first = site.DeliverAsync();
        await begun.Task;
        using var second = await site.DeliverAsync();
        finish.SetResult();

        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.InRange(second.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
        Assert.Equal(HttpStatusCode.OK, (await first).StatusCode);
    }

    [Fact]
    public async Task A_route_behind_the_applications_own_authorization_stays_open_to_the_service()
    {
        await using var site = await Site.StartAsync(
            app =>
            {
                app.UseAuthentication();
                app.UseAuthorization();
                app.MapNodeDataWebhooks(Site.Path, on => on.Any((_, _) => Task.CompletedTask), Site.Patient);
            },
            builder =>
            {
                builder.Services.AddAuthentication();
                builder.Services.AddAuthorization(options =>
                    options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAssertion(_ => false).Build()
                );
            }
        );

        using var answer = await site.DeliverAsync();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task The_signature_header_given_twice_is_refused_like_any_other_mistake()
    {
        await using var site = await StartAsync();
        var body = Site.PayoutPaid();
        using var request = new HttpRequestMessage(HttpMethod.Post, Site.Path) { Content = new StringContent(body) };
        request.Headers.TryAddWithoutValidation(WebhookVerifier.HeaderName, [site.Sign(body), site.Sign(body)]);

        using var answer = await site.Http.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private static Task<Site> StartAsync() =>
        Site.StartAsync(app => app.MapNodeDataWebhooks(Site.Path, on => on.Any((_, _) => Task.CompletedTask), Site.Patient));

    private static Task Note<T>(List<T> seen, T value)
    {
        seen.Add(value);
        return Task.CompletedTask;
    }
}
