using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.AspNetCore.Tests;

/// <summary>Tests of the configuration, and of its validation at startup.</summary>
public sealed class MappingTests
{
    private const string OtherSecret = "whsec_test_fedcba9876543210fedcba9876543210";

    [Fact]
    public async Task A_secret_that_is_rotated_in_the_configuration_is_used_for_the_next_request()
    {
        IConfigurationRoot? configuration = null;
        await using var server = await TestServer.StartAsync(
            app =>
            {
                configuration = (IConfigurationRoot)app.Configuration;
                Map(app);
            },
            settings: new() { ["NodeData:WebhookSecrets"] = OtherSecret }
        );

        using var before = await server.DeliverAsync();
        configuration!["NodeData:WebhookSecrets"] = $"{TestServer.Secret},{OtherSecret}";
        configuration.Reload();
        using var after = await server.DeliverAsync();

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (before.StatusCode, after.StatusCode));
    }

    [Fact]
    public async Task An_invalid_configuration_change_keeps_the_last_valid_secret()
    {
        IConfigurationRoot? configuration = null;
        await using var server = await TestServer.StartAsync(app =>
        {
            configuration = (IConfigurationRoot)app.Configuration;
            Map(app);
        });

        configuration!["NodeData:WebhookSecrets"] = "nonsense";
        configuration.Reload();
        using var after = await server.DeliverAsync();

        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        Assert.Contains(server.LogRecords, line => line.Message.Contains("NodeData:WebhookSecrets", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_environment_variable_is_sufficient()
    {
        Environment.SetEnvironmentVariable("NODE_DATA_WEBHOOK_SECRET", $"{TestServer.Secret}, {OtherSecret}");
        try
        {
            await using var server = await TestServer.StartAsync(Map, settings: []);
            using var response = await server.DeliverAsync();
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
        finally
        {
            Environment.SetEnvironmentVariable("NODE_DATA_WEBHOOK_SECRET", null);
        }
    }

    [Fact]
    public void A_missing_secret_fails_at_startup_and_names_the_settings()
    {
        var exception = Assert.Throws<NodeDataConfigurationException>(() => Map(TestServer.Build(settings: [])));

        Assert.Contains("NODE_DATA_WEBHOOK_SECRET", exception.Message, StringComparison.Ordinal);
        Assert.Contains("NodeData:WebhookSecrets", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("whsec_test_0123456789abcdef,whsec_live_0123456789abcdef", "both modes")]
    [InlineData("nd_test_0123456789abcdef0123456789abcdef", "API key")]
    [InlineData("whsec_short", "NodeData:WebhookSecrets")]
    public void Invalid_secrets_fail_at_startup_with_a_remedy(string secrets, string expected)
    {
        var exception = Assert.Throws<NodeDataConfigurationException>(() =>
            Map(TestServer.Build(settings: new() { ["NodeData:WebhookSecrets"] = secrets }))
        );

        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("0123456789abcdef", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_of_the_wrong_mode_fails_at_startup() =>
        Assert.Throws<NodeDataConfigurationException>(() =>
            TestServer
                .Build()
                .MapNodeDataWebhooks(
                    TestServer.Path,
                    on => on.Any((_, _) => Task.CompletedTask),
                    options => options.RequiredMode = KeyMode.Live
                )
        );

    [Fact]
    public async Task Two_clients_have_separate_receivers_and_secrets()
    {
        var seen = new List<string>();
        await using var server = await TestServer.StartAsync(
            app =>
            {
                app.MapNodeDataWebhooks("/test", on => on.Any((_, _) => Note(seen, "test")));
                app.MapNodeDataWebhooks("/live", on => on.Any((_, _) => Note(seen, "live")), options => options.ClientName = "billing");
            },
            settings: new()
            {
                ["NodeData:WebhookSecrets"] = TestServer.Secret,
                ["NodeData:Clients:billing:WebhookSecrets:0"] = "whsec_live_0123456789abcdef",
            }
        );

        using var accepted = await server.DeliverAsync(path: "/test");
        using var rejected = await server.DeliverAsync(path: "/live");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (accepted.StatusCode, rejected.StatusCode));
        Assert.Equal(["test"], seen);
    }

    [Fact]
    public void A_duplicate_receiver_name_is_rejected_with_a_remedy()
    {
        var application = TestServer.Build();
        Map(application.MapGroup("/a"));

        var exception = Assert.Throws<NodeDataConfigurationException>(() => Map(application.MapGroup("/b")));

        Assert.Contains("name:", exception.Message, StringComparison.Ordinal);
        application.MapGroup("/c").MapNodeDataWebhooks(TestServer.Path, on => on.Any((_, _) => Task.CompletedTask), name: "other");
    }

    [Fact]
    public async Task The_claim_store_of_the_container_is_used_with_the_route_as_receiver_name()
    {
        var store = new InMemoryWebhookClaimStore();
        await using var server = await TestServer.StartAsync(Map, builder => builder.Services.AddSingleton<IWebhookClaimStore>(store));

        using var response = await server.DeliverAsync();

        var key = new WebhookClaimKey(TestServer.Path, "ev_1", "any");
        var claim = new WebhookClaim(key, "another", TimeSpan.FromSeconds(30), TimeSpan.FromDays(7));
        Assert.Equal(WebhookClaimResult.Completed, await store.ClaimAsync(claim, TestContext.Current.CancellationToken));
    }

    private static void Map(WebApplication application) =>
        application.MapNodeDataWebhooks(TestServer.Path, on => on.Any((_, _) => Task.CompletedTask), TestServer.UseLongTimeout);

    private static void Map(Microsoft.AspNetCore.Routing.RouteGroupBuilder group) =>
        group.MapNodeDataWebhooks(TestServer.Path, on => on.Any((_, _) => Task.CompletedTask), TestServer.UseLongTimeout);

    private static Task Note<T>(List<T> seen, T value)
    {
        seen.Add(value);
        return Task.CompletedTask;
    }
}
