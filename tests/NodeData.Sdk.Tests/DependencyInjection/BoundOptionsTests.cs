using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NodeData.Emulator;
using NodeData.Sdk.Configuration.EnvLocal;
using NodeData.Sdk.DependencyInjection;
using NodeData.Sdk.Tests.Doubles;
using static NodeData.Sdk.Tests.Webhooks.Signing.SignatureTestData;

namespace NodeData.Sdk.Tests.DependencyInjection;

/// <summary>Tests for options that an application binds to a section of its own with a configuration binder.</summary>
public sealed class BoundOptionsTests
{
    private const string SectionPath = "Elsewhere";
    private const string EnvironmentSecret = "whsec_test_fromTheEnvironment1234";

    public static TheoryData<string> Bindings => ["Configure", "Configure before", "BindConfiguration", "Bind", "delegate"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Bindings))]
    public async Task A_bound_section_keeps_every_secret(string binding)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        var settings = CreateSettings(emulator);
        settings[$"{SectionPath}:WebhookSecrets:0"] = Secret;
        settings[$"{SectionPath}:WebhookSecrets:1"] = OtherSecret;
        using var host = await StartAsync(binding, settings, emulator);

        Assert.Equal(KeyMode.Test, (await host.Node.Me.GetAsync(Token)).Key!.Mode);
        Assert.True(Accepts(host, emulator, Secret) && Accepts(host, emulator, OtherSecret));
        Assert.Equal(5, host.Services.GetRequiredService<IOptionsMonitor<NodeClientOptions>>().CurrentValue.MaxRetries);
    }

    [Theory]
    [MemberData(nameof(Bindings))]
    public async Task Bound_secrets_separated_by_commas_are_kept(string binding)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        var settings = CreateSettings(emulator);
        settings[$"{SectionPath}:WebhookSecrets"] = $"{Secret}, {OtherSecret}";
        using var host = await StartAsync(binding, settings, emulator);

        Assert.True(Accepts(host, emulator, Secret) && Accepts(host, emulator, OtherSecret));
    }

    [Theory]
    [MemberData(nameof(Bindings))]
    public async Task A_bound_section_without_secrets_leaves_those_of_the_environment(string binding)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        var settings = CreateSettings(emulator);
        settings.Remove($"{SectionPath}:ApiKey");
        using var host = await StartAsync(binding, settings, emulator);

        Assert.Equal(KeyMode.Test, (await host.Node.Me.GetAsync(Token)).Key!.Mode);
        Assert.True(Accepts(host, emulator, EnvironmentSecret));
    }

    [Theory]
    [MemberData(nameof(Bindings))]
    public async Task An_invalid_bound_key_stops_the_host_and_is_named_by_its_path(string binding)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        var settings = CreateSettings(emulator);
        settings[$"{SectionPath}:ApiKey"] = "hunter2";
        settings[$"{SectionPath}:WebhookSecrets:0"] = "hunter3";

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(binding, settings, emulator));

        Assert.Contains($"{SectionPath}:ApiKey is not a Node Data key", error.Message, StringComparison.Ordinal);
        Assert.Contains($"{SectionPath}:WebhookSecrets:0 is not a Node Data webhook secret", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_without_a_host_can_be_bound()
    {
        var section = CreateConfiguration(new() { ["N:ApiKey"] = "nd_test_abc", ["N:WebhookSecrets:0"] = Secret }).GetSection("N");

        var options = section.Get<NodeClientOptions>()!;
        var bound = new NodeClientOptions();
        section.Bind(bound);

        Assert.All([options, bound], each => Assert.Equal(new SecretReference("nd_test_abc"), each.ApiKey));
        Assert.All([options, bound], each => Assert.Equal([new SecretReference(Secret)], each.WebhookSecrets));
    }

    private static async Task<TestHost> StartAsync(string binding, Dictionary<string, string?> settings, NodeDataEmulator emulator)
    {
        var section = CreateConfiguration(settings).GetSection(SectionPath);
        var host = new TestHost(
            settings,
            services =>
            {
                services.AddSingleton(
                    new EnvLocalVariables(
                        "/nowhere",
                        new Dictionary<string, string>
                        {
                            ["NODE_DATA_API_KEY"] = emulator.TestKey.Reveal(),
                            ["NODE_DATA_WEBHOOK_SECRET"] = EnvironmentSecret,
                        }
                    )
                );
                if (binding == "Configure before")
                {
                    services.Configure<NodeClientOptions>(section);
                }

                services.AddNodeData(options => options.TimeProvider = emulator.Clock);
                _ = binding switch
                {
                    "Configure" => services.Configure<NodeClientOptions>(section),
                    "BindConfiguration" => services.AddOptions<NodeClientOptions>().BindConfiguration(SectionPath).Services,
                    "Bind" => services.AddOptions<NodeClientOptions>().Bind(section).Services,
                    "delegate" => services.AddNodeData(options => section.Bind(options)).Services,
                    _ => services,
                };
            }
        );
        await host.Host.StartAsync(Token);
        return host;
    }

    private static Dictionary<string, string?> CreateSettings(NodeDataEmulator emulator) =>
        new()
        {
            ["NodeData:MaxRetries"] = "1",
            [$"{SectionPath}:ApiKey"] = emulator.TestKey.Reveal(),
            [$"{SectionPath}:BaseAddress"] = emulator.BaseAddress.AbsoluteUri,
            [$"{SectionPath}:ExpectedMode"] = "test",
            [$"{SectionPath}:MaxRetries"] = "5",
        };

    private static IConfigurationRoot CreateConfiguration(Dictionary<string, string?> settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings).Build();

    private static bool Accepts(TestHost host, NodeDataEmulator emulator, string secret) =>
        host
            .Services.GetRequiredKeyedService<RegisteredClient>("")
            .WebhookSecrets.Verifier.Verify(Body, CreateHeader(secret, unixSeconds: emulator.Clock.GetUtcNow().ToUnixTimeSeconds()))
            .IsValid;
}
