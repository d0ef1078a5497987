using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NodeData.Emulator;
using NodeData.Sdk.Tests.Doubles;
using NodeData.Sdk.Webhooks;
using static NodeData.Sdk.Tests.Webhooks.Signing.SignatureTestData;

namespace NodeData.Sdk.Tests.Credentials;

/// <summary>Tests for references of schemes that are not built in.</summary>
public sealed class SecretResolverTests
{
    private const string SecretValue = "hunter2hunter2";

    private static readonly Uri UnusedAddress = new("http://127.0.0.1:9/v1");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [SyncAndAsync]
    public async Task A_resolver_is_called_for_each_attempt_in_the_style_of_the_call(CallStyle callStyle)
    {
        var key = "nd_test_first";
        var resolver = new FakeSecretResolver("vault", _ => $"  {key}\n");
        await using var server = new ScriptedServer(request =>
        {
            key = "nd_test_second";
            return request.Index == 0 ? request.RespondAsync(503, "{}") : request.RespondAsync(200, TestClients.AccountJson);
        });
        using var node = CreateClient(server.BaseAddress, "vault:robots/7:key", resolver);
        resolver.Calls.Clear();

        await node.GetMe(callStyle);

        Assert.Contains("Bearer nd_test_first\r\n", server.Requests.First().Text, StringComparison.Ordinal);
        Assert.Contains("Bearer nd_test_second\r\n", server.Requests.Last().Text, StringComparison.Ordinal);
        Assert.Equal([(callStyle, "robots/7:key"), (callStyle, "robots/7:key")], resolver.Calls);
    }

    [Fact]
    public async Task Registered_resolvers_are_used_for_every_client_and_the_webhook_secrets()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        var settings = TestHost.CreateSettings(emulator);
        settings["NodeData:ApiKey"] = "vault:key";
        settings["NodeData:WebhookSecrets"] = "vault:hooks";
        settings["NodeData:Clients:billing:ApiKey"] = "vault:key";
        settings["NodeData:Clients:billing:BaseAddress"] = emulator.BaseAddress.AbsoluteUri;
        using var host = new TestHost(
            settings,
            services =>
            {
                services.AddNodeData();
                services.AddNodeData("billing");
                services.AddSingleton<ISecretResolver>(
                    new FakeSecretResolver("vault", target => target == "key" ? emulator.TestKey.Reveal() : $"{Secret}, {OtherSecret}")
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
    public async Task A_receiver_without_a_client_uses_the_registered_resolvers()
    {
        using var host = new TestHost(
            new() { ["NodeData:WebhookSecrets"] = "vault:hooks" },
            services =>
            {
                services.AddSingleton<ISecretResolver>(new FakeSecretResolver("vault", _ => Secret));
                services.AddNodeDataWebhookReceiver("shop", on => on.Any((_, _) => Task.CompletedTask));
            }
        );

        await host.Host.StartAsync(Token);

        Assert.NotNull(host.Services.GetRequiredService<WebhookReceiver>());
    }

    [Fact]
    public void The_last_of_several_resolvers_for_one_scheme_is_used()
    {
        var options = new NodeClientOptions { ApiKey = "vault:key", BaseAddress = UnusedAddress };
        options.SecretResolvers.Add(new FakeSecretResolver("vault", _ => "nd_test_first"));
        options.SecretResolvers.Add(new FakeSecretResolver("vault", _ => "nd_live_second"));

        using var node = new NodeClient(options);

        Assert.Equal(KeyMode.Live, node.Mode);
    }

    [Fact]
    public void The_message_for_an_unknown_scheme_names_the_known_schemes_and_the_TPM_package()
    {
        var without = GetError("tpm:0x01500016");
        Assert.Contains(
            "Known schemes: env:NAME, file:PATH. tpm:HANDLE needs the package NodeData.Sdk.Tpm",
            without,
            StringComparison.Ordinal
        );
        Assert.Contains("services.AddNodeDataTpm()", without, StringComparison.Ordinal);

        var with = GetError(
            $"{SecretValue}:{SecretValue}",
            new FakeSecretResolver("vault", _ => ""),
            new FakeSecretResolver("tpm", _ => "")
        );
        Assert.StartsWith("NodeClientOptions.ApiKey holds a reference with an unknown scheme", with, StringComparison.Ordinal);
        Assert.Contains("Known schemes: env:NAME, file:PATH, vault:, tpm:. An API key begins", with, StringComparison.Ordinal);
        Assert.DoesNotContain(SecretValue, with, StringComparison.Ordinal);
    }

    [Fact]
    public void The_message_of_a_configuration_exception_is_reported_with_the_setting_and_that_of_another_exception_is_not()
    {
        Assert.Equal(
            "NodeClientOptions.ApiKey (vault:key): the vault is sealed. Open it.",
            GetError(
                "vault:key",
                new FakeSecretResolver("vault", _ => throw new NodeDataConfigurationException("the vault is sealed. Open it."))
            )
        );
        Assert.StartsWith(
            "NodeClientOptions.ApiKey (vault:key): the resolver for vault: returned null",
            GetError("vault:key", new FakeSecretResolver("vault", _ => null!)),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "NodeClientOptions.ApiKey (vault:key) is not a Node Data key",
            GetError("vault:key", new FakeSecretResolver("vault", _ => SecretValue)),
            StringComparison.Ordinal
        );
        // A key placed after the scheme by mistake.
        Assert.StartsWith(
            "NodeClientOptions.ApiKey (vault:nd_test_…1234) is empty",
            GetError($"vault:{TestClients.TestKey}", new FakeSecretResolver("vault", _ => "")),
            StringComparison.Ordinal
        );

        var options = CreateOptions("vault:key", new FakeSecretResolver("vault", _ => throw new FormatException(SecretValue)));
        var error = Assert.Throws<NodeDataConfigurationException>(() => new NodeClient(options));
        Assert.Contains("the resolver for vault: failed (FormatException)", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(SecretValue, error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [SyncAndAsync]
    public async Task The_callers_cancellation_is_propagated(CallStyle callStyle)
    {
        using var caller = new CancellationTokenSource();
        var cancel = false;
        var resolver = new FakeSecretResolver(
            "vault",
            _ =>
            {
                if (cancel)
                {
                    caller.Cancel();
                    caller.Token.ThrowIfCancellationRequested();
                }

                return TestClients.TestKey;
            }
        );
        using var node = CreateClient(UnusedAddress, "vault:key", resolver);
        cancel = true;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => node.GetMe(callStyle, caller.Token));
    }

    [Theory]
    [InlineData("env", "which is reserved for the client")]
    [InlineData("file", "which is reserved for the client")]
    [InlineData("v", "two or more of a-z 0-9 -")]
    [InlineData("Vault", "two or more of a-z 0-9 -")]
    [InlineData("vault:", "two or more of a-z 0-9 -")]
    public void An_invalid_scheme_is_rejected(string scheme, string expected) =>
        Assert.Contains(expected, GetError(TestClients.TestKey, new FakeSecretResolver(scheme, _ => "")), StringComparison.Ordinal);

    [Fact]
    public void A_host_with_an_invalid_resolver_does_not_start()
    {
        using var host = new TestHost(
            new() { ["NodeData:ApiKey"] = TestClients.TestKey },
            services => services.AddNodeData(options => options.SecretResolvers.Add(null!))
        );

        var error = Assert.Throws<OptionsValidationException>(() => host.Services.GetRequiredService<NodeClient>());

        Assert.Contains("NodeClientOptions.SecretResolvers contains null", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reference_can_be_resolved_by_a_resolver_for_its_own_secret()
    {
        var variable = $"NODE_DATA_TEST_{Guid.NewGuid():N}";
        Environment.SetEnvironmentVariable(variable, $" {SecretValue} ");
        try
        {
            Assert.Equal(SecretValue, new SecretReference($"env:{variable}").Resolve("VaultOptions.Token"));
            Assert.Equal(SecretValue, new SecretReference(SecretValue).Resolve("VaultOptions.Token"));
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, null);
        }

        var error = Assert.Throws<NodeDataConfigurationException>(() => new SecretReference("env:").Resolve("VaultOptions.Token"));
        Assert.StartsWith("VaultOptions.Token: env: has no variable name", error.Message, StringComparison.Ordinal);
    }

    private static NodeClientOptions CreateOptions(string key, params ISecretResolver[] resolvers)
    {
        var options = new NodeClientOptions { ApiKey = key, BaseAddress = UnusedAddress };
        foreach (var resolver in resolvers)
        {
            options.SecretResolvers.Add(resolver);
        }

        return options;
    }

    private static NodeClient CreateClient(Uri address, string key, ISecretResolver resolver) =>
        TestClients.Create(address, key: key, configure: options => options.SecretResolvers.Add(resolver));

    private static string GetError(string key, params ISecretResolver[] resolvers) =>
        Assert.Throws<NodeDataConfigurationException>(() => new NodeClient(CreateOptions(key, resolvers))).Message;
}
