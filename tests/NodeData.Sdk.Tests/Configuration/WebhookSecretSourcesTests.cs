using Microsoft.Extensions.Configuration;
using NodeData.Sdk.Configuration;
using NodeData.Sdk.DependencyInjection;
using NodeData.Sdk.Tests.Doubles;
using static NodeData.Sdk.Tests.Webhooks.Signing.SignatureTestData;

namespace NodeData.Sdk.Tests.Configuration;

/// <summary>Tests for the sources and the validation of webhook secrets. Not run in parallel, because they change the environment of the process.</summary>
[Collection(nameof(WebhookSecretSourcesTests))]
[CollectionDefinition(nameof(WebhookSecretSourcesTests), DisableParallelization = true)]
public sealed class WebhookSecretSourcesTests : IDisposable
{
    private const string Variable = "NODE_DATA_WEBHOOK_SECRET";

    private readonly string _directory = Directory.CreateTempSubdirectory("nodedata-tests-").FullName;

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(Variable, null);
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public void The_environment_is_the_default()
    {
        Assert.Empty(Read(new NodeClientOptions()));

        Environment.SetEnvironmentVariable(Variable, $" {Secret} , file:{CreateFile(OtherSecret)},");

        Assert.Equal([Secret, OtherSecret], Read(new NodeClientOptions()));
        Assert.Equal([SecretWithoutMode], Read(new NodeClientOptions { WebhookSecrets = [SecretWithoutMode] }));
        Assert.Empty(Read(new NodeClientOptions { WebhookSecrets = [] }));
    }

    [Fact]
    public void Code_takes_precedence_over_the_configuration_and_that_over_the_environment()
    {
        Environment.SetEnvironmentVariable(Variable, Secret);

        Assert.Equal([Secret], Read(CreateOptions("", ("NodeData:MaxRetries", "1"))));
        Assert.Equal([Secret], Read(CreateOptions("", ("NodeData:WebhookSecrets", " "))));
        var options = CreateOptions("", ("NodeData:WebhookSecrets", OtherSecret));
        Assert.Equal([OtherSecret], Read(options));
        options.WebhookSecrets = [SecretWithoutMode];
        Assert.Equal([SecretWithoutMode], Read(options));
    }

    [Fact]
    public void A_named_client_uses_neither_the_secrets_of_the_environment_nor_those_of_another_client()
    {
        Environment.SetEnvironmentVariable(Variable, Secret);
        var options = CreateOptions("billing", ("NodeData:WebhookSecrets", Secret));

        Assert.Empty(Read(options));
        var missing = WebhookSecretSources.Create(options).CreateMissingError().Message;
        Assert.Contains("Set NodeData:Clients:billing:WebhookSecrets to the endpoint's secret", missing, StringComparison.Ordinal);
        Assert.DoesNotContain(Variable, missing, StringComparison.Ordinal);
        Assert.Equal([OtherSecret], Read(CreateOptions("billing", ("NodeData:Clients:billing:WebhookSecrets", OtherSecret))));
    }

    [Fact]
    public void A_string_with_commas_and_an_array_are_equivalent()
    {
        string[] both = [Secret, OtherSecret];

        Assert.Equal(both, Read(CreateOptions("", ("NodeData:WebhookSecrets", $"{Secret},\n {OtherSecret}"))));
        Assert.Equal(both, Read(CreateOptions("", ("NodeData:WebhookSecrets:0", Secret), ("NodeData:WebhookSecrets:1", OtherSecret))));
        Assert.Equal(
            both,
            Read(
                CreateOptions(
                    "",
                    ("NodeData:WebhookSecrets:0", Secret),
                    ("NodeData:WebhookSecrets:1", ""),
                    ("NodeData:WebhookSecrets:2", $"file:{CreateFile(OtherSecret)}")
                )
            )
        );
    }

    [Fact]
    public void A_file_can_contain_several_secrets_and_duplicates_are_removed()
    {
        var file = CreateFile($"\uFEFF{OtherSecret}\r\n{Secret}, {OtherSecret}\n");

        Assert.Equal([Secret, OtherSecret], Read(new NodeClientOptions { WebhookSecrets = [Secret, $"file:{file}"] }));
    }

    [Theory]
    [InlineData(
        "nd_test_abcdefghijklmnopqrst1234",
        $"{Variable} holds an API key (nd_…). Put it in NodeClientOptions.ApiKey; a webhook secret begins with"
    )]
    [InlineData($"{Secret},'{OtherSecret}'", $"{Variable} (number 2 of 2) is enclosed in quotes")]
    [InlineData("whsec_test_short", $"{Variable} has fewer than 16 characters")]
    [InlineData("whsec_live_…1234", $"{Variable} is a placeholder")]
    [InlineData("vault:hunter2hunter2", $"{Variable} holds a reference with an unknown scheme")]
    [InlineData("env:NODE_DATA_NOT_THERE", $"{Variable}: the environment variable 'NODE_DATA_NOT_THERE' is not set")]
    [InlineData("file:/not/there", $"{Variable}: the file '/not/there' does not exist")]
    [InlineData(
        $"{Secret},{SecretWithoutMode},{LiveSecret}",
        $"{Variable} holds secrets of both modes (whsec_test_…cdef and whsec_live_…cdef)"
    )]
    public void An_invalid_secret_is_reported_with_the_remedy_and_without_the_secret(string text, string expected)
    {
        Environment.SetEnvironmentVariable(Variable, text);

        var error = Assert.Throws<NodeDataConfigurationException>(() => Read(new NodeClientOptions()));

        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("abcdefgh", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("01234567", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_source_is_reported_by_its_own_name()
    {
        var empty = CreateFile("\n");

        Assert.StartsWith(
            "NodeClientOptions.WebhookSecrets[1] is empty",
            GetError(new() { WebhookSecrets = [Secret, ""] }),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "NodeClientOptions.WebhookSecrets[0] is null",
            GetError(new() { WebhookSecrets = [null!] }),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            $"NodeData:WebhookSecrets:1 (file:{empty}) is empty",
            GetError(CreateOptions("", ("NodeData:WebhookSecrets:0", Secret), ("NodeData:WebhookSecrets:1", $"file:{empty}"))),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "NodeData:WebhookSecrets holds secrets of both modes",
            GetError(CreateOptions("", ("NodeData:WebhookSecrets", $"{Secret},{LiveSecret}"))),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_secret_of_the_other_mode_is_rejected_and_one_without_a_mode_is_accepted()
    {
        var live = new NodeClientOptions { WebhookSecrets = [LiveSecret], ExpectedMode = KeyMode.Test };
        Assert.Contains(
            "a live secret (whsec_live_…cdef), and NodeClientOptions.ExpectedMode is Test",
            GetError(live),
            StringComparison.Ordinal
        );

        live.ExpectedMode = null;
        var error = Assert.Throws<NodeDataConfigurationException>(() => WebhookSecretSources.Create(live).Read(KeyMode.Test));
        Assert.Contains("and the client's key is a test key", error.Message, StringComparison.Ordinal);

        Assert.Single(WebhookSecretSources.Create(live).Read(KeyMode.Live));
        live.WebhookSecrets = [SecretWithoutMode];
        Assert.Single(WebhookSecretSources.Create(live).Read(KeyMode.Live));
        Assert.Single(WebhookSecretSources.Create(live).Read(KeyMode.Test));
    }

    [Fact]
    public void An_invalid_secret_fails_the_creation_of_the_client_and_a_missing_one_does_not()
    {
        var address = new Uri("http://127.0.0.1:9/v1");
        TestClients.Create(address).Dispose();

        var error = Assert.Throws<NodeDataConfigurationException>(() =>
            TestClients.Create(address, configure: options => options.WebhookSecrets = [LiveSecret])
        );

        Assert.Contains("the client's key is a test key", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_setting_of_ambiguous_shape_is_rejected()
    {
        var both = CreateOptions("", ("NodeData:WebhookSecrets", Secret), ("NodeData:WebhookSecrets:0", Secret));
        Assert.Equal(["NodeData:WebhookSecrets is both a string and an array. Keep one of them."], both.UnreadableSettings);

        var nested = CreateOptions("", ("NodeData:WebhookSecrets:new:value", Secret));
        Assert.StartsWith(
            "NodeData:WebhookSecrets:new is not a secret",
            Assert.Single(nested.UnreadableSettings),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Printing_the_options_shows_no_secret()
    {
        var printed = System.Text.Json.JsonSerializer.Serialize(new NodeClientOptions { WebhookSecrets = [Secret] });

        Assert.Contains("whsec_test_", printed, StringComparison.Ordinal);
        Assert.DoesNotContain("01234567", printed, StringComparison.Ordinal);
    }

    private static NodeClientOptions CreateOptions(string name, params (string Path, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Path, (string?)setting.Value)))
            .Build();
        var options = new NodeClientOptions();
        new NodeClientOptionsSetup([], configuration).Configure(name, options);
        return options;
    }

    private static IEnumerable<string> Read(NodeClientOptions options) =>
        WebhookSecretSources.Create(options).Read(clientMode: null).Select(secret => secret.Reveal());

    private static string GetError(NodeClientOptions options) => Assert.Throws<NodeDataConfigurationException>(() => Read(options)).Message;

    private string CreateFile(string text)
    {
        var path = Path.Combine(_directory, Path.GetRandomFileName());
        File.WriteAllText(path, text);
        return path;
    }
}
