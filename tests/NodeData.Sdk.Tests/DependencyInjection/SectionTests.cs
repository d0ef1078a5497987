using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodeData.Sdk.Configuration.EnvLocal;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.DependencyInjection;

/// <summary>Tests for values and members of the configuration section that cannot be meant.</summary>
public sealed class SectionTests
{
    private const string Key = "nd_test_abcdefghijklmnopqrst1234";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_null_in_code_is_rejected_and_does_not_fall_back(bool keyInConfiguration)
    {
        var settings = new Dictionary<string, string?>();
        if (keyInConfiguration)
        {
            settings["NodeData:ApiKey"] = Key;
        }

        var configuration = new ConfigurationBuilder().Build();
        var error = await StartAndFailAsync(settings, options => options.ApiKey = configuration["Missing"]);

        Assert.Contains("NodeClientOptions.ApiKey is null", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_null_among_the_webhook_secrets_is_rejected()
    {
        var configuration = new ConfigurationBuilder().Build();

        var error = await StartAndFailAsync([], options => options.WebhookSecrets = [configuration["Missing"]]);

        Assert.Contains("NodeClientOptions.WebhookSecrets[0] is null", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ApiKey")]
    [InlineData("WebhookSecrets")]
    [InlineData("BaseAddress")]
    [InlineData("MaxRetries")]
    public async Task A_null_in_the_section_is_rejected_and_does_not_fall_back(string option)
    {
        var error = await StartAndFailAsync(new() { [$"NodeData:{option}"] = null });

        Assert.Contains($"NodeData:{option} is null", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ApiKey")]
    [InlineData("BaseAddress")]
    public async Task A_section_in_place_of_a_value_is_rejected(string option)
    {
        var error = await StartAndFailAsync(new() { [$"NodeData:{option}:Value"] = Key });

        Assert.Contains($"NodeData:{option} contains nested settings", error, StringComparison.Ordinal);
        Assert.DoesNotContain("abcdefgh", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_null_reference_has_a_text_and_is_rejected_by_a_client()
    {
        SecretReference missing = (string?)null;

        Assert.Equal("(null)", missing.ToString());
        Assert.Equal((SecretReference)(string?)null, missing);
        Assert.NotEqual(new SecretReference(""), missing);
        Assert.Null(missing.Scheme);
        var error = Assert.Throws<NodeDataConfigurationException>(() => new NodeClient((string)null!));
        Assert.Contains("NodeClientOptions.ApiKey is null", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<NodeDataConfigurationException>(() => missing.Resolve("Tpm:Authorization"));
        Assert.StartsWith("Tpm:Authorization is null", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NodeData:BaseAdress", "Did you mean BaseAddress?")]
    [InlineData("NodeData:apikeys", "Did you mean ApiKey?")]
    [InlineData("NodeData:Timeout", "Did you mean TotalTimeout?")]
    [InlineData("NodeData:Client:billing:ApiKey", "Did you mean Clients?")]
    [InlineData("NodeData:TimeProvider", "It can be set only in code.")]
    [InlineData("NodeData:Robots", "is not a setting of Node Data and is ignored.")]
    public async Task An_unknown_member_is_logged_once_with_the_nearest_name(string path, string expected)
    {
        using var host = new TestHost(new() { ["NodeData:ApiKey"] = Key, [path] = "hunter2" }, services => services.AddNodeData());

        await host.Host.StartAsync(Token);
        host.SetSetting(path, "hunter3");
        _ = host.Node;

        var warning = Assert.Single(host.LogRecords, record => record.Level == LogLevel.Warning);
        Assert.StartsWith(string.Join(':', path.Split(':')[..2]), warning.Message, StringComparison.Ordinal);
        Assert.Contains(expected, warning.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_member_of_a_named_client_is_logged()
    {
        using var host = new TestHost(
            new() { ["NodeData:Clients:billing:ApiKey"] = Key, ["NodeData:Clients:billing:MaxRetry"] = "1" },
            services => services.AddNodeData("billing")
        );

        await host.Host.StartAsync(Token);

        var warning = Assert.Single(host.LogRecords, record => record.Level == LogLevel.Warning);
        Assert.StartsWith("NodeData:Clients:billing:MaxRetry ", warning.Message, StringComparison.Ordinal);
        Assert.Contains("Did you mean MaxRetries?", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Known_members_are_not_logged()
    {
        using var host = new TestHost(
            new()
            {
                ["NodeData:apikey"] = Key,
                ["NodeData:Clients:billing:ApiKey"] = Key,
                ["NodeData:Webhooks:Redis:ConnectionString"] = "localhost",
                ["NodeData:WebhookSecrets:0"] = "whsec_test_abcdefghijklmnopqrst1234",
            },
            services => services.AddNodeData()
        );

        await host.Host.StartAsync(Token);

        Assert.DoesNotContain(host.LogRecords, record => record.Level >= LogLevel.Warning);
    }

    private static async Task<string> StartAndFailAsync(Dictionary<string, string?> settings, Action<NodeClientOptions>? configure = null)
    {
        using var host = new TestHost(
            settings,
            services =>
            {
                services.AddSingleton(
                    new EnvLocalVariables(
                        "/nowhere",
                        new Dictionary<string, string>
                        {
                            ["NODE_DATA_API_KEY"] = Key,
                            ["NODE_DATA_WEBHOOK_SECRET"] = "whsec_test_abcdefghijklmnopqrst1234",
                        }
                    )
                );
                services.AddNodeData(configure);
            }
        );
        return (await Assert.ThrowsAsync<OptionsValidationException>(() => host.Host.StartAsync(Token))).Message;
    }
}
