using Microsoft.Extensions.Configuration;
using NodeData.Sdk.Configuration;
using NodeData.Sdk.DependencyInjection;
using NodeData.Sdk.Tests.Doubles;
using static NodeData.Sdk.Tests.Webhooks.Signing.Delivery;

namespace NodeData.Sdk.Tests.Configuration;

/// <summary>Where webhook secrets come from, and what is refused of them. Not in parallel: the environment is that of the process.</summary>
[Collection(nameof(WebhookSecretPlacesTests))]
[CollectionDefinition(nameof(WebhookSecretPlacesTests), DisableParallelization = true)]
public sealed class WebhookSecretPlacesTests : IDisposable
{
    private const string Variable = "NODE_DATA_WEBHOOK_SECRET";

    private readonly string _directory = Directory.CreateTempSubdirectory("nodedata-tests-").FullName;

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(Variable, null);
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public void The_environment_serves_where_nothing_else_was_said()
    {
        Assert.Empty(Read(new NodeClientOptions()));

        Environment.SetEnvironmentVariable(Variable, $" {Secret} , file:{FileOf(OtherSecret)},");

        Assert.Equal([Secret, OtherSecret], Read(new NodeClientOptions()));
        Assert.Equal([SecretWithoutMode], Read(new NodeClientOptions { WebhookSecrets = [SecretWithoutMode] }));
        Assert.Empty(Read(new NodeClientOptions { WebhookSecrets = [] }));
    }

    [Fact]
    public void Code_beats_the_configuration_which_beats_the_environment()
    {
        Environment.SetEnvironmentVariable(Variable, Secret);

        Assert.Equal([Secret], Read(Configured("", ("NodeData:MaxRetries", "1"))));
        Assert.Equal([Secret], Read(Configured("", ("NodeData:WebhookSecrets", " "))));
        var options = Configured("", ("NodeData:WebhookSecrets", OtherSecret));
        Assert.Equal([OtherSecret], Read(options));
        options.WebhookSecrets = [SecretWithoutMode];
        Assert.Equal([SecretWithoutMode], Read(options));
    }

    [Fact]
    public void A_named_client_takes_neither_the_environments_secrets_nor_anothers()
    {
        Environment.SetEnvironmentVariable(Variable, Secret);
        var options = Configured("billing", ("NodeData:WebhookSecrets", Secret));

        Assert.Empty(Read(options));
        var missing = WebhookSecretPlaces.Of(options).Missing().Message;
        Assert.Contains("Set NodeData:Clients:billing:WebhookSecrets to the endpoint's secret", missing, StringComparison.Ordinal);
        Assert.DoesNotContain(Variable, missing, StringComparison.Ordinal);
        Assert.Equal([OtherSecret], Read(Configured("billing", ("NodeData:Clients:billing:WebhookSecrets", OtherSecret))));
    }

    [Fact]
    public void A_text_with_commas_and_an_array_say_the_same()
    {
        string[] both = [Secret, OtherSecret];

        Assert.Equal(both, Read(Configured("", ("NodeData:WebhookSecrets", $"{Secret},\n {OtherSecret}"))));
        Assert.Equal(both, Read(Configured("", ("NodeData:WebhookSecrets:0", Secret), ("NodeData:WebhookSecrets:1", OtherSecret))));
        Assert.Equal(
            both,
            Read(
                Configured(
                    "",
                    ("NodeData:WebhookSecrets:0", Secret),
                    ("NodeData:WebhookSecrets:1", ""),
                    ("NodeData:WebhookSecrets:2", $"file:{FileOf(OtherSecret)}")
                )
            )
        );
    }

    [Fact]
    public void A_file_may_hold_several_and_one_named_twice_counts_once()
    {
        var file = FileOf($"\uFEFF{OtherSecret}\r\n{Secret}, {OtherSecret}\n");

        Assert.Equal([Secret, OtherSecret], Read(new NodeClientOptions { WebhookSecrets = [Secret, $"file:{file}"] }));
    }

    [Theory]
    [InlineData(
        "nd_test_abcdefghijklmnopqrst1234",
        $"{Variable} holds an API key (nd_…). Put it in NodeClientOptions.ApiKey; a webhook secret begins with"
    )]
    [InlineData($"{Secret},'{OtherSecret}'", $"{Variable} (number 2 of 2) stands in quotes")]
    [InlineData("whsec_test_short", $"{Variable} has fewer than 16 characters")]
    [InlineData("whsec_live_…1234", $"{Variable} is a placeholder")]
    [InlineData("vault:hunter2hunter2", $"{Variable} holds a reference with a scheme that this client does not know")]
    [InlineData("env:NODE_DATA_NOT_THERE", $"{Variable}: the environment variable 'NODE_DATA_NOT_THERE' is not set")]
    [InlineData("file:/not/there", $"{Variable}: there is no file '/not/there'")]
    [InlineData(
        $"{Secret},{SecretWithoutMode},{LiveSecret}",
        $"{Variable} holds secrets of both modes (whsec_test_…cdef and whsec_live_…cdef)"
    )]
    public void What_cannot_be_used_is_named_with_its_cure_and_never_repeated(string text, string said)
    {
        Environment.SetEnvironmentVariable(Variable, text);

        var error = Assert.Throws<NodeDataConfigurationException>(() => Read(new NodeClientOptions()));

        Assert.StartsWith(said, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("abcdefgh", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("01234567", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_place_goes_by_its_own_name()
    {
        var empty = FileOf("\n");

        Assert.StartsWith(
            "NodeClientOptions.WebhookSecrets[1] is empty",
            Refusal(new() { WebhookSecrets = [Secret, ""] }),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "NodeClientOptions.WebhookSecrets[0] is null",
            Refusal(new() { WebhookSecrets = [null!] }),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            $"NodeData:WebhookSecrets:1 (file:{empty}) is empty",
            Refusal(Configured("", ("NodeData:WebhookSecrets:0", Secret), ("NodeData:WebhookSecrets:1", $"file:{empty}"))),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "NodeData:WebhookSecrets holds secrets of both modes",
            Refusal(Configured("", ("NodeData:WebhookSecrets", $"{Secret},{LiveSecret}"))),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Another_mode_than_the_clients_is_refused_and_none_goes_with_either()
    {
        var live = new NodeClientOptions { WebhookSecrets = [LiveSecret], ExpectedMode = KeyMode.Test };
        Assert.Contains(
            "a live secret (whsec_live_…cdef), and NodeClientOptions.ExpectedMode is Test",
            Refusal(live),
            StringComparison.Ordinal
        );

        live.ExpectedMode = null;
        var error = Assert.Throws<NodeDataConfigurationException>(() => WebhookSecretPlaces.Of(live).Read(KeyMode.Test));
        Assert.Contains("and the client's key is a test key", error.Message, StringComparison.Ordinal);

        Assert.Single(WebhookSecretPlaces.Of(live).Read(KeyMode.Live));
        live.WebhookSecrets = [SecretWithoutMode];
        Assert.Single(WebhookSecretPlaces.Of(live).Read(KeyMode.Live));
        Assert.Single(WebhookSecretPlaces.Of(live).Read(KeyMode.Test));
    }

    [Fact]
    public void A_mistake_shows_where_the_client_is_made_and_none_is_no_mistake()
    {
        var address = new Uri("http://127.0.0.1:9/v1");
        Clients.Of(address).Dispose();

        var error = Assert.Throws<NodeDataConfigurationException>(() =>
            Clients.Of(address, configure: options => options.WebhookSecrets = [LiveSecret])
        );

        Assert.Contains("the client's key is a test key", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_setting_of_no_clear_shape_is_refused()
    {
        var both = Configured("", ("NodeData:WebhookSecrets", Secret), ("NodeData:WebhookSecrets:0", Secret));
        Assert.Equal(["NodeData:WebhookSecrets is a text and an array as well. Keep one of them."], both.UnreadableSettings);

        var nested = Configured("", ("NodeData:WebhookSecrets:new:value", Secret));
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

    private static NodeClientOptions Configured(string name, params (string Path, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Path, (string?)setting.Value)))
            .Build();
        var options = new NodeClientOptions();
        new NodeClientOptionsSetup([], configuration).Configure(name, options);
        return options;
    }

    private static IEnumerable<string> Read(NodeClientOptions options) =>
        WebhookSecretPlaces.Of(options).Read(clientMode: null).Select(secret => secret.Reveal());

    private static string Refusal(NodeClientOptions options) => Assert.Throws<NodeDataConfigurationException>(() => Read(options)).Message;

    private string FileOf(string text)
    {
        var path = Path.Combine(_directory, Path.GetRandomFileName());
        File.WriteAllText(path, text);
        return path;
    }
}
