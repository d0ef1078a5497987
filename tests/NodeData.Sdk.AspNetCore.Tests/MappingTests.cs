using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.AspNetCore.Tests;

/// <summary>What stands in the configuration, and what is refused when the application starts.</summary>
public sealed class MappingTests
{
    private const string OtherSecret = "whsec_test_fedcba9876543210fedcba9876543210";

    [Fact]
    public async Task A_secret_that_is_replaced_in_the_configuration_is_used_by_the_next_delivery()
    {
        IConfigurationRoot? configuration = null;
        await using var site = await Site.StartAsync(
            app =>
            {
                configuration = (IConfigurationRoot)app.Configuration;
                Map(app);
            },
            settings: new() { ["NodeData:WebhookSecrets"] = OtherSecret }
        );

        using var before = await site.DeliverAsync();
        configuration!["NodeData:WebhookSecrets"] = $"{Site.Secret},{OtherSecret}";
        configuration.Reload();
        using var after = await site.DeliverAsync();

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (before.StatusCode, after.StatusCode));
    }

    [Fact]
    public async Task A_change_that_cannot_be_used_leaves_the_last_good_secret()
    {
        IConfigurationRoot? configuration = null;
        await using var site = await Site.StartAsync(app =>
        {
            configuration = (IConfigurationRoot)app.Configuration;
            Map(app);
        });

        configuration!["NodeData:WebhookSecrets"] = "nonsense";
        configuration.Reload();
        using var after = await site.DeliverAsync();

        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        Assert.Contains(site.Log, line => line.Message.Contains("NodeData:WebhookSecrets", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_environment_is_enough()
    {
        Environment.SetEnvironmentVariable("NODE_DATA_WEBHOOK_SECRET", $"{Site.Secret}, {OtherSecret}");
        try
        {
            await using var site = await Site.StartAsync(Map, settings: []);
            using var answer = await site.DeliverAsync();
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
        finally
        {
            Environment.SetEnvironmentVariable("NODE_DATA_WEBHOOK_SECRET", null);
        }
    }

    [Fact]
    public void Without_a_secret_the_application_does_not_start_and_says_where_to_put_it()
    {
        var refusal = Assert.Throws<NodeDataConfigurationException>(() => Map(Site.Make(settings: [])));

        Assert.Contains("NODE_DATA_WEBHOOK_SECRET", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("NodeData:WebhookSecrets", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("whsec_test_0123456789abcdef,whsec_live_0123456789abcdef", "both modes")]
    [InlineData("nd_test_0123456789abcdef0123456789abcdef", "API key")]
    [InlineData("whsec_short", "NodeData:WebhookSecrets")]
    public void Secrets_that_cannot_be_used_stop_the_application_with_the_cure(string secrets, string told)
    {
        var refusal = Assert.Throws<NodeDataConfigurationException>(() =>
            Map(Site.Make(settings: new() { ["NodeData:WebhookSecrets"] = secrets }))
        );

        Assert.Contains(told, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("0123456789abcdef", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mode_other_than_the_required_one_stops_the_application() =>
        Assert.Throws<NodeDataConfigurationException>(() =>
            Site.Make()
                .MapNodeDataWebhooks(Site.Path, on => on.Any((_, _) => Task.CompletedTask), options => options.RequiredMode = KeyMode.Live)
        );

    [Fact]
    public async Task Two_clients_have_a_receiver_each_with_their_own_secrets()
    {
        var seen = new List<string>();
        await using var site = await Site.StartAsync(
            app =>
            {
                app.MapNodeDataWebhooks("/test", on => on.Any((_, _) => Note(seen, "test")));
                app.MapNodeDataWebhooks("/live", on => on.Any((_, _) => Note(seen, "live")), options => options.ClientName = "billing");
            },
            settings: new()
            {
                ["NodeData:WebhookSecrets"] = Site.Secret,
                ["NodeData:Clients:billing:WebhookSecrets:0"] = "whsec_live_0123456789abcdef",
            }
        );

        using var right = await site.DeliverAsync(path: "/test");
        using var wrong = await site.DeliverAsync(path: "/live");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (right.StatusCode, wrong.StatusCode));
        Assert.Equal(["test"], seen);
    }

    [Fact]
    public void Two_receivers_of_one_name_are_refused_with_the_cure()
    {
        var application = Site.Make();
        Map(application.MapGroup("/a"));

        var refusal = Assert.Throws<NodeDataConfigurationException>(() => Map(application.MapGroup("/b")));

        Assert.Contains("name:", refusal.Message, StringComparison.Ordinal);
        application.MapGroup("/c").MapNodeDataWebhooks(Site.Path, on => on.Any((_, _) => Task.CompletedTask), name: "other");
    }

    [Fact]
    public async Task The_delivery_log_of_the_container_is_used_under_the_name_of_the_route()
    {
        var log = new InMemoryWebhookClaimStore();
        await using var site = await Site.StartAsync(Map, builder => builder.Services.AddSingleton<IWebhookClaimStore>(log));

        using var answer = await site.DeliverAsync();

        var key = new WebhookClaimKey(Site.Path, "ev_1", "any");
        var claim = new WebhookClaim(key, "another", TimeSpan.FromSeconds(30), TimeSpan.FromDays(7));
        Assert.Equal(WebhookClaimResult.Completed, await log.ClaimAsync(claim, TestContext.Current.CancellationToken));
    }

    private static void Map(WebApplication application) =>
        application.MapNodeDataWebhooks(Site.Path, on => on.Any((_, _) => Task.CompletedTask), Site.Patient);

    private static void Map(Microsoft.AspNetCore.Routing.RouteGroupBuilder group) =>
        group.MapNodeDataWebhooks(Site.Path, on => on.Any((_, _) => Task.CompletedTask), Site.Patient);

    private static Task Note<T>(List<T> seen, T value)
    {
        seen.Add(value);
        return Task.CompletedTask;
    }
}
