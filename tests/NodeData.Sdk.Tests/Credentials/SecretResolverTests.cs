using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NodeData.Emulator;
using NodeData.Sdk.Tests.Doubles;
using NodeData.Sdk.Webhooks;
using static NodeData.Sdk.Tests.Webhooks.Signing.Delivery;

namespace NodeData.Sdk.Tests.Credentials;

/// <summary>References of schemes that the client does not have by itself.</summary>
public sealed class SecretResolverTests
{
    private const string Hidden = "hunter2hunter2";

    private static readonly Uri Nowhere = new("http://127.0.0.1:9/v1");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [ThroughBothDoors]
    public async Task A_resolver_is_asked_at_each_attempt_through_the_calls_own_door(Door door)
    {
        var key = "nd_test_first";
        var resolver = new ScriptedResolver("vault", _ => $"  {key}\n");
        await using var server = new ScriptedServer(request =>
        {
            key = "nd_test_second";
            return request.Index == 0 ? request.AnswerAsync(503, "{}") : request.AnswerAsync(200, Clients.Me);
        });
        using var node = Client(server.BaseAddress, "vault:robots/7:key", resolver);
        resolver.Asked.Clear();

        await node.GetMe(door);

        Assert.Contains("Bearer nd_test_first\r\n", server.Requests.First().Text, StringComparison.Ordinal);
        Assert.Contains("Bearer nd_test_second\r\n", server.Requests.Last().Text, StringComparison.Ordinal);
        Assert.Equal([(door, "robots/7:key"), (door, "robots/7:key")], resolver.Asked);
    }

    [Fact]
    public async Task Resolvers_among_the_services_serve_every_client_and_the_webhook_secrets()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        var settings = Hosts.SettingsOf(emulator);
        settings["NodeData:ApiKey"] = "vault:key";
        settings["NodeData:WebhookSecrets"] = "vault:hooks";
        settings["NodeData:Clients:billing:ApiKey"] = "vault:key";
        settings["NodeData:Clients:billing:BaseAddress"] = emulator.BaseAddress.AbsoluteUri;
        using var host = new Hosts(
            settings,
            services =>
            {
                services.AddNodeData();
                services.AddNodeData("billing");
                services.AddSingleton<ISecretResolver>(
                    new ScriptedResolver("vault", target => target == "key" ? emulator.TestKey.Reveal() : $"{Secret}, {OtherSecret}")
                );
            }
        );
        await host.Host.StartAsync(Token);

        Assert.StartsWith("usr_", (await host.Node.Me.GetAsync(Token)).Id, StringComparison.Ordinal);
        Assert.Equal(KeyMode.Test, host.Services.GetRequiredKeyedService<NodeClient>("billing").Mode);
        using var signer = new WebhookSigner(OtherSecret);
        Assert.True(host.Node.Webhooks.Verify("{}", signer.Sign("{}", DateTimeOffset.UtcNow)).IsValid);
    }

    [Fact]
    public async Task A_receiver_without_a_client_takes_the_resolvers_of_the_services()
    {
        using var host = new Hosts(
            new() { ["NodeData:WebhookSecrets"] = "vault:hooks" },
            services =>
            {
                services.AddSingleton<ISecretResolver>(new ScriptedResolver("vault", _ => Secret));
                services.AddNodeDataWebhookReceiver("shop", on => on.Any((_, _) => Task.CompletedTask));
            }
        );

        await host.Host.StartAsync(Token);

        Assert.NotNull(host.Services.GetRequiredService<WebhookReceiver>());
    }

    [Fact]
    public void Of_several_resolvers_of_one_scheme_the_last_one_counts()
    {
        var options = new NodeClientOptions { ApiKey = "vault:key", BaseAddress = Nowhere };
        options.SecretResolvers.Add(new ScriptedResolver("vault", _ => "nd_test_first"));
        options.SecretResolvers.Add(new ScriptedResolver("vault", _ => "nd_live_second"));

        using var node = new NodeClient(options);

        Assert.Equal(KeyMode.Live, node.Mode);
    }

    [Fact]
    public void An_unknown_scheme_names_the_known_ones_and_the_package_of_the_TPM()
    {
        var without = Refusal("tpm:0x01500016");
        Assert.Contains("It knows env:NAME, file:PATH. tpm:HANDLE needs the package NodeData.Sdk.Tpm", without, StringComparison.Ordinal);
        Assert.Contains("services.AddNodeDataTpm()", without, StringComparison.Ordinal);

        var with = Refusal($"{Hidden}:{Hidden}", new ScriptedResolver("vault", _ => ""), new ScriptedResolver("tpm", _ => ""));
        Assert.StartsWith("NodeClientOptions.ApiKey holds a reference with a scheme", with, StringComparison.Ordinal);
        Assert.Contains("It knows env:NAME, file:PATH, vault:, tpm:. An API key itself", with, StringComparison.Ordinal);
        Assert.DoesNotContain(Hidden, with, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_resolver_says_is_told_with_the_setting_and_what_it_did_not_write_for_us_is_not()
    {
        Assert.Equal(
            "NodeClientOptions.ApiKey (vault:key): the vault is sealed. Open it.",
            Refusal(
                "vault:key",
                new ScriptedResolver("vault", _ => throw new NodeDataConfigurationException("the vault is sealed. Open it."))
            )
        );
        Assert.StartsWith(
            "NodeClientOptions.ApiKey (vault:key): the resolver of vault: gave nothing",
            Refusal("vault:key", new ScriptedResolver("vault", _ => null!)),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "NodeClientOptions.ApiKey (vault:key) is not a Node Data key",
            Refusal("vault:key", new ScriptedResolver("vault", _ => Hidden)),
            StringComparison.Ordinal
        );
        // A key put behind the scheme by mistake.
        Assert.StartsWith(
            "NodeClientOptions.ApiKey (vault:nd_test_…1234) is empty",
            Refusal($"vault:{Clients.TestKey}", new ScriptedResolver("vault", _ => "")),
            StringComparison.Ordinal
        );

        var options = OptionsOf("vault:key", new ScriptedResolver("vault", _ => throw new FormatException(Hidden)));
        var error = Assert.Throws<NodeDataConfigurationException>(() => new NodeClient(options));
        Assert.Contains("the resolver of vault: failed (FormatException)", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Hidden, error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [ThroughBothDoors]
    public async Task The_callers_cancellation_stays_one(Door door)
    {
        using var caller = new CancellationTokenSource();
        var cancel = false;
        var resolver = new ScriptedResolver(
            "vault",
            _ =>
            {
                if (cancel)
                {
                    caller.Cancel();
                    caller.Token.ThrowIfCancellationRequested();
                }

                return Clients.TestKey;
            }
        );
        using var node = Client(Nowhere, "vault:key", resolver);
        cancel = true;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => node.GetMe(door, caller.Token));
    }

    [Theory]
    [InlineData("env", "which the client reads itself")]
    [InlineData("file", "which the client reads itself")]
    [InlineData("v", "two or more of a-z 0-9 -")]
    [InlineData("Vault", "two or more of a-z 0-9 -")]
    [InlineData("vault:", "two or more of a-z 0-9 -")]
    public void A_scheme_that_no_reference_can_have_is_refused(string scheme, string said) =>
        Assert.Contains(said, Refusal(Clients.TestKey, new ScriptedResolver(scheme, _ => "")), StringComparison.Ordinal);

    [Fact]
    public void A_host_with_a_mistake_in_its_resolvers_does_not_start()
    {
        using var host = new Hosts(
            new() { ["NodeData:ApiKey"] = Clients.TestKey },
            services => services.AddNodeData(options => options.SecretResolvers.Add(null!))
        );

        var error = Assert.Throws<OptionsValidationException>(() => host.Services.GetRequiredService<NodeClient>());

        Assert.Contains("NodeClientOptions.SecretResolvers holds null", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_resolver_can_read_a_secret_of_its_own()
    {
        var variable = $"NODE_DATA_TEST_{Guid.NewGuid():N}";
        Environment.SetEnvironmentVariable(variable, $" {Hidden} ");
        try
        {
            Assert.Equal(Hidden, new SecretReference($"env:{variable}").Resolve("VaultOptions.Token"));
            Assert.Equal(Hidden, new SecretReference(Hidden).Resolve("VaultOptions.Token"));
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, null);
        }

        var error = Assert.Throws<NodeDataConfigurationException>(() => new SecretReference("env:").Resolve("VaultOptions.Token"));
        Assert.StartsWith("VaultOptions.Token: env: names no variable", error.Message, StringComparison.Ordinal);
    }

    private static NodeClientOptions OptionsOf(string key, params ISecretResolver[] resolvers)
    {
        var options = new NodeClientOptions { ApiKey = key, BaseAddress = Nowhere };
        foreach (var resolver in resolvers)
        {
            options.SecretResolvers.Add(resolver);
        }

        return options;
    }

    private static NodeClient Client(Uri address, string key, ISecretResolver resolver) =>
        Clients.Of(address, key: key, configure: options => options.SecretResolvers.Add(resolver));

    private static string Refusal(string key, params ISecretResolver[] resolvers) =>
        Assert.Throws<NodeDataConfigurationException>(() => new NodeClient(OptionsOf(key, resolvers))).Message;
}
