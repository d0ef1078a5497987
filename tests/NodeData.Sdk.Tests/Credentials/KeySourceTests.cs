using Microsoft.Extensions.DependencyInjection;
using NodeData.Emulator;
using NodeData.Sdk.Configuration.EnvLocal;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.Credentials;

/// <summary>Tests for the remedy of a 401 response, which names the source of the key.</summary>
public sealed class KeySourceTests : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("nodedata-key-source-").FullName;
    private NodeDataEmulator _emulator = null!;
    private ApiKey _revoked = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var admin = _emulator.CreateClient();
        var key = await admin.Keys.CreateAsync("revoked", cancellationToken: Token);
        await admin.Keys.RevokeAsync(key.Id, Token);
        _revoked = key.Secret;
    }

    public async ValueTask DisposeAsync()
    {
        await _emulator.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public Task An_option() =>
        AssertSourceAsync(new NodeClientOptions { ApiKey = _revoked }, "It came from NodeClientOptions.ApiKey. Set an active key there.");

    [Fact]
    public async Task A_file()
    {
        var file = Path.Combine(_directory, "key");
        await File.WriteAllTextAsync(file, _revoked.Reveal(), Token);

        await AssertSourceAsync(
            new NodeClientOptions { ApiKey = $"file:{file}" },
            $"It came from NodeClientOptions.ApiKey (file:{file}). Set an active key there."
        );
    }

    [Fact]
    public async Task A_resolver()
    {
        var options = new NodeClientOptions { ApiKey = "vault:robots/7" };
        options.SecretResolvers.Add(new FakeSecretResolver("vault", _ => _revoked.Reveal()));

        await AssertSourceAsync(options, "It came from NodeClientOptions.ApiKey (vault:robots/7). Set an active key there.");
    }

    [Theory]
    [InlineData("", "NodeData:ApiKey")]
    [InlineData("billing", "NodeData:Clients:billing:ApiKey")]
    public async Task A_setting_in_the_configuration(string name, string path)
    {
        using var host = new TestHost(
            new() { [path] = _revoked.Reveal() },
            services => services.AddNodeData().Services.AddNodeData("billing").Services.ConfigureAll<NodeClientOptions>(SetAddress)
        );
        var client = name.Length == 0 ? host.Node : host.Services.GetRequiredKeyedService<NodeClient>(name);

        await AssertSourceAsync(client, $"It came from {path}. Set an active key there.");
    }

    [Fact]
    public async Task A_variable()
    {
        using var host = new TestHost(
            [],
            services =>
            {
                services.AddSingleton(
                    new EnvLocalVariables("/app/.env.local", new Dictionary<string, string> { ["NODE_DATA_API_KEY"] = _revoked.Reveal() })
                );
                services.AddNodeData(SetAddress);
            }
        );

        await AssertSourceAsync(host.Node, "It came from NODE_DATA_API_KEY in /app/.env.local. Set an active key there.");
    }

    [Fact]
    public async Task A_provider()
    {
        using var client = new NodeClient(new ApiKeyCredential(_revoked), new NodeClientOptions { BaseAddress = _emulator.BaseAddress });

        await AssertSourceAsync(client, "It came from the client's IApiKeyProvider, which must return an active key.");
    }

    private async Task AssertSourceAsync(NodeClientOptions options, string expected)
    {
        SetAddress(options);
        using var client = new NodeClient(options);
        await AssertSourceAsync(client, expected);
    }

    private static async Task AssertSourceAsync(NodeClient client, string expected)
    {
        var error = await Assert.ThrowsAsync<NodeDataAuthenticationException>(() => client.Me.GetAsync(Token));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        error = Assert.Throws<NodeDataAuthenticationException>(() => client.Me.Get(Token));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private void SetAddress(NodeClientOptions options) => options.BaseAddress = _emulator.BaseAddress;
}
